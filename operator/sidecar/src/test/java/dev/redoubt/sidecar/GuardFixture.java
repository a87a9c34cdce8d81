package dev.redoubt.sidecar;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Keyring;
import dev.redoubt.profiles.Profile;
import dev.redoubt.profiles.Profiles;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A guard with real sockets on free ports, in front of an application that a test writes as a handler. */
final class GuardFixture implements AutoCloseable {
    static final Timeouts TIMEOUTS = new Timeouts(
            Duration.ofSeconds(30),
            Duration.ofSeconds(30),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(10),
            Duration.ofMillis(50));

    final Vertx vertx = Vertx.vertx();
    final Path directory;
    final Guard guard;
    final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final HttpServer application;
    private final Captured audit = new Captured();
    private volatile long now = 1;

    /** Everything that was written so far. */
    private static final class Captured extends OutputStream {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public synchronized void write(int b) {
            bytes.write(b);
        }

        @Override
        public synchronized void write(byte[] from, int offset, int length) {
            bytes.write(from, offset, length);
        }

        synchronized String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }

    GuardFixture(GuardConfig config, Handler<HttpServerRequest> handler) throws IOException {
        this(config, TIMEOUTS, handler);
    }

    GuardFixture(GuardConfig config, Timeouts timeouts, PoolBounds pool, Handler<HttpServerRequest> handler)
            throws IOException {
        this(config, timeouts, pool, null, handler);
    }

    /** In front of an application that runs already. */
    GuardFixture(GuardConfig config, int upstream) throws IOException {
        this(config, TIMEOUTS, upstream);
    }

    GuardFixture(GuardConfig config, Timeouts timeouts, int upstream) throws IOException {
        this(config, timeouts, PoolBounds.DEFAULT, upstream);
    }

    /** In front of an application that runs already and listens on several ports. */
    GuardFixture(GuardConfig config, List<Settings.Port> ports) throws IOException {
        this(config, TIMEOUTS, PoolBounds.DEFAULT, ports, null);
    }

    GuardFixture(GuardConfig config, Timeouts timeouts, PoolBounds pool, int upstream) throws IOException {
        this(config, timeouts, pool, ports(firstPort(config, Profiles.builtIn()), upstream), null);
    }

    GuardFixture(GuardConfig config, Timeouts timeouts, Handler<HttpServerRequest> handler) throws IOException {
        this(config, timeouts, PoolBounds.DEFAULT, null, handler);
    }

    /** In front of an application whose wire API is the test's own. */
    GuardFixture(Profile profile, GuardConfig config, Handler<HttpServerRequest> handler) throws IOException {
        this(config, TIMEOUTS, PoolBounds.DEFAULT, null, handler, Profiles.of(List.of(profile)));
    }

    private GuardFixture(
            GuardConfig config,
            Timeouts timeouts,
            PoolBounds pool,
            List<Settings.Port> ports,
            Handler<HttpServerRequest> handler)
            throws IOException {
        this(config, timeouts, pool, ports, handler, Profiles.builtIn());
    }

    private GuardFixture(
            GuardConfig config,
            Timeouts timeouts,
            PoolBounds pool,
            List<Settings.Port> ports,
            Handler<HttpServerRequest> handler,
            Profiles profiles)
            throws IOException {
        directory = Files.createTempDirectory("redoubt-guard");
        application = handler == null
                ? null
                : vertx.createHttpServer(
                                new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                        .requestHandler(handler)
                        .listen()
                        .toCompletionStage()
                        .toCompletableFuture()
                        .join();
        mount("keyring.json", Guards.keyring().json());
        if (config != null) {
            mount(config);
        }
        List<Settings.Port> inFront =
                application == null ? ports : ports(firstPort(config, profiles), application.actualPort());
        guard = start(timeouts, pool, inFront, profiles);
    }

    private static String firstPort(GuardConfig config, Profiles profiles) {
        return config == null
                ? "http"
                : profiles.find(config.profile()).orElseThrow().ports().get(0).name();
    }

    private static List<Settings.Port> ports(String name, int upstream) {
        return List.of(new Settings.Port(name, 0, upstream));
    }

    private Guard start(Timeouts timeouts, PoolBounds pool, List<Settings.Port> ports, Profiles profiles)
            throws IOException {
        Settings settings = new Settings(
                Guards.NAMESPACE, Guards.PIPELINE, Guards.TARGET, ports, directory, 0, 0, 1, timeouts, pool);
        Guard starting = new Guard(settings, audit, () -> now, () -> Mount.read(directory), profiles);
        starting.start();
        // the ports are open before the mount was looked at
        starting.look();
        return starting;
    }

    int port() {
        return port(0);
    }

    /** The guard's port in front of the application's port of that number. */
    int port(int index) {
        return guard.ports().get(index);
    }

    /** Moves the clock of limits and precedence. */
    void pass(Duration time) {
        now += time.toNanos();
    }

    void mount(GuardConfig config) throws IOException {
        mount("guard.json", config.json().getBytes(StandardCharsets.UTF_8));
    }

    void mount(Keyring keyring) throws IOException {
        mount("keyring.json", keyring.json());
    }

    void mount(String name, byte[] content) throws IOException {
        Path written = Files.write(directory.resolve("." + name), content);
        Files.move(written, directory.resolve(name), StandardCopyOption.ATOMIC_MOVE);
    }

    void stopApplication() {
        application.close().toCompletionStage().toCompletableFuture().join();
    }

    URI uri(String target) {
        return URI.create("http://127.0.0.1:" + port() + target);
    }

    HttpRequest.Builder request(String target, String key) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri(target)).timeout(Duration.ofSeconds(20));
        return key == null ? request : request.header("Authorization", "Bearer " + key);
    }

    HttpResponse<String> get(String target, String key) {
        return send(request(target, key).GET().build());
    }

    HttpResponse<String> post(String target, String key, String body) {
        return send(request(target, key)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    HttpResponse<String> send(HttpRequest request) {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Asks the health server. */
    HttpResponse<String> health(String path) {
        return send(HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + guard.healthPort() + path))
                .build());
    }

    /** A socket to the guard, for what no client would send. */
    RawSocket raw() throws IOException {
        return new RawSocket(port());
    }

    /** The audit so far. */
    List<JsonNode> audit() {
        ObjectMapper json = new ObjectMapper();
        return audit.text()
                .lines()
                .map(line -> {
                    try {
                        return json.readTree(line);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .toList();
    }

    String auditText() {
        return audit.text();
    }

    @Override
    public void close() throws Exception {
        guard.stop();
        vertx.close().toCompletionStage().toCompletableFuture().join();
        try (Stream<Path> files = Files.walk(directory, new FileVisitOption[0])) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
