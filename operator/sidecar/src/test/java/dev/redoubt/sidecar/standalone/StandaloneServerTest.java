package dev.redoubt.sidecar.standalone;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Guards of a configuration file with real sockets, in front of an application that only remembers what it is sent. */
class StandaloneServerTest {
    private static final String QUERY = "/api/v2/tenants/t/databases/d/collections/c/query";
    private static final String BODY =
            "{\"query_embeddings\": [[1]], \"n_results\": 5, \"where\": {\"note\": \"bob@example.com\"}}";

    @TempDir
    private Path folder;

    private final Queue<String> received = new ConcurrentLinkedQueue<>();
    private final Queue<String> told = new ConcurrentLinkedQueue<>();
    private final ByteArrayOutputStream audit = new ByteArrayOutputStream();
    private final HttpClient client = HttpClient.newHttpClient();
    private HttpServer application;
    private String config;
    private Path file;
    private StandaloneServer server;

    @BeforeEach
    void start() throws Exception {
        application = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        application.createContext("/", exchange -> {
            received.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            byte[] answer = "{\"ids\": [[]]}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        application.start();
        // by name, as in a composition of containers
        config =
                Folders.CHROMA.formatted("localhost:" + application.getAddress().getPort());
        file = Folders.with(folder, config);
        server = new StandaloneServer(file, audit, told::add);
    }

    @AfterEach
    void stop() {
        server.stop();
        application.stop(0);
    }

    private int query(String key) {
        try {
            HttpRequest request = HttpRequest.newBuilder(
                            URI.create("http://127.0.0.1:" + server.ports().get("docs") + QUERY))
                    .timeout(Duration.ofSeconds(20))
                    .header("X-Chroma-Token", key)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(BODY))
                    .build();
            return client.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void requestsAreGuardedAndRedactedOnTheirWayToAnotherHost() throws Exception {
        server.start(Keys.Existing);
        assertThat(query(Folders.KEY)).isEqualTo(200);
        assertThat(received)
                .singleElement()
                .asString()
                .contains("<EMAIL_ADDRESS>")
                .doesNotContain("bob");
        assertThat(query("nobody")).isEqualTo(401);
        assertThat(received).hasSize(1);
        await().untilAsserted(
                        () -> assertThat(audit.toString(StandardCharsets.UTF_8).lines())
                                .hasSize(2)
                                .allMatch(line -> line.contains("\"pipeline\":\"support\"")));
        assertThat(audit.toString(StandardCharsets.UTF_8)).doesNotContain(Folders.KEY);
        assertThat(told).noneMatch(message -> message.contains(Folders.KEY));
    }

    @Test
    void aChangedFileComesIntoForceByItself() throws Exception {
        server.start(Keys.Existing);
        try (ReloadWatch watch = new ReloadWatch(server, Duration.ofMillis(20))) {
            Folders.write(file, config.replace("action: Replace", "action: Remove"));
            await().until(() -> told.stream().anyMatch(message -> message.startsWith("reloaded docs")));
            assertThat(query(Folders.KEY)).isEqualTo(200);
            assertThat(received).singleElement().asString().contains("\"note\": \"\"");
        }
    }

    @Test
    void aChangedKeyFileLetsTheNewKeyInAndTheOldOneNoMore() throws Exception {
        server.start(Keys.Existing);
        String newKey = Folders.KEY + "-2";
        Folders.write(folder.resolve("assistant.key"), newKey + "\n");
        assertThat(server.reload()).isTrue();
        assertThat(query(newKey)).isEqualTo(200);
        assertThat(query(Folders.KEY)).isEqualTo(401);
    }

    @Test
    void aBadFileLeavesEverythingAsItWasUntilItIsGoodAgain() throws Exception {
        server.start(Keys.Existing);
        try (ReloadWatch watch = new ReloadWatch(server, Duration.ofMillis(20))) {
            Folders.write(file, config.replace("action: Replace", "action: Hide"));
            await().until(() ->
                    told.contains(file + ":16:72: expected is one of Replace, Mask, Hash, Tokenize, Encrypt,"
                            + " Remove, Block; the configuration of before stays in force"));
            assertThat(query(Folders.KEY)).isEqualTo(200);
            assertThat(received).singleElement().asString().contains("<EMAIL_ADDRESS>");
            Folders.write(file, config.replace("action: Replace", "action: Remove"));
            await().until(() -> told.stream().anyMatch(message -> message.startsWith("reloaded docs")));
            assertThat(query(Folders.KEY)).isEqualTo(200);
            assertThat(received).last().asString().contains("\"note\": \"\"");
        }
    }

    @Test
    void aBadFileIsComplainedOfOnce() throws Exception {
        server.start(Keys.Existing);
        Folders.write(file, config + "rubbish: 1\n");
        assertThat(server.isOutdated()).isTrue();
        assertThat(server.reload()).isFalse();
        assertThat(server.isOutdated()).isFalse();
    }

    @Test
    void addressesCannotChangeWhileServing() throws Exception {
        server.start(Keys.Existing);
        for (String changed : List.of(
                config.replace("localhost:", "127.0.0.1:"),
                config.replace("name: docs", "name: tickets").replace("target: docs", "target: tickets"),
                config.replace("name: support", "name: sales"))) {
            Folders.write(file, changed);
            assertThat(server.reload()).isFalse();
            assertThat(told).last().asString().contains("restart the guard for");
        }
        assertThat(query(Folders.KEY)).isEqualTo(200);
    }

    @Test
    void aPortThatIsTakenEndsTheStartAndNamesTheTarget() throws Exception {
        try (ServerSocket taken = new ServerSocket(0)) {
            Folders.write(file, config.replace("listen: 0", "listen: " + taken.getLocalPort()));
            assertThatThrownBy(() -> server.start(Keys.Existing))
                    .isInstanceOf(IOException.class)
                    .hasMessageStartingWith("target docs: port " + taken.getLocalPort());
            assertThat(server.ports()).isEmpty();
        }
    }
}
