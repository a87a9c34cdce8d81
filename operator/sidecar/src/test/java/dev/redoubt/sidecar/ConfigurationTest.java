package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redoubt.policy.Bounds;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Mode;
import dev.redoubt.profiles.Profiles;
import dev.redoubt.sidecar.Configurations.Pushed;
import dev.redoubt.sidecar.recognizer.Observer;
import dev.redoubt.sidecar.recognizer.Recognizers;
import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;

class ConfigurationTest {
    private static void empty(HttpServerRequest request) {
        request.response().putHeader("content-type", "application/json").end(GuardTest.EMPTY_ANSWER);
    }

    private static GuardConfig revision(int maxResults) {
        return Guards.chroma(Mode.Enforce, Bounds.DEFAULT, maxResults, List.of());
    }

    private static byte[] json(GuardConfig config) {
        return config.json().getBytes(StandardCharsets.UTF_8);
    }

    private static String revision(GuardFixture guard) {
        return guard.guard
                .services()
                .configurations()
                .current()
                .map(Snapshot::revision)
                .orElse("none");
    }

    private static int query(GuardFixture guard) {
        return guard.post(GuardTest.QUERY, Guards.KEY, GuardTest.QUESTION).statusCode();
    }

    @Test
    void withoutAConfigurationEverythingIsRefusedAndNothingIsReady() throws Exception {
        try (GuardFixture guard = new GuardFixture(null, ConfigurationTest::empty)) {
            assertThat(query(guard)).isEqualTo(503);
            assertThat(guard.get("/api/v2/heartbeat", null).statusCode()).isEqualTo(503);
            assertThat(guard.health("/livez").statusCode()).isEqualTo(200);
            assertThat(guard.health("/readyz").statusCode()).isEqualTo(503);
            guard.mount(revision(10));
            await().until(() -> guard.health("/readyz").statusCode() == 200);
            assertThat(query(guard)).isEqualTo(200);
        }
    }

    @Test
    void aConfigurationThatSealsWaitsForItsKeys() throws Exception {
        GuardConfig sealing = Guards.chroma(Mode.Enforce, Bounds.DEFAULT, 10, List.of("document"));
        try (GuardFixture guard = new GuardFixture(null, ConfigurationTest::empty)) {
            // the fixture mounts keys; a guard that never saw them is what this is about
            Configurations waiting = new Configurations(
                    new AuditRecord.Place(Guards.NAMESPACE, Guards.PIPELINE, Guards.TARGET),
                    new SnapshotCompiler(Profiles.builtIn()),
                    new Limits(System::nanoTime),
                    new Recognizers(guard.vertx, Observer.NONE),
                    new Metrics(),
                    System::nanoTime);
            waiting.mounted(new Mount(json(sealing), null, null, null, null, null));
            assertThat(waiting.current()).isEmpty();
            assertThat(waiting.push(json(sealing))).isInstanceOf(Pushed.Waiting.class);
            assertThat(waiting.current()).isEmpty();
            waiting.mounted(new Mount(json(sealing), Guards.keyring().json(), null, null, null, null));
            assertThat(waiting.current()).isPresent();
            assertThat(guard.health("/readyz").statusCode()).isEqualTo(503);
        }
    }

    @Test
    void anUnknownProfileOrAForeignTargetIsNoConfiguration() throws Exception {
        try (GuardFixture guard = new GuardFixture(null, ConfigurationTest::empty)) {
            GuardConfig unknown = revision(10).with().profile("Nonesuch").build();
            guard.mount(unknown);
            await().until(() -> !guard.health("/metrics").body().contains("redoubt_configuration_errors_total 0.0"));
            assertThat(query(guard)).isEqualTo(503);
            assertThat(guard.guard.services().configurations().push(json(unknown)))
                    .isInstanceOf(Pushed.Invalid.class);
        }
    }

    @Test
    void aBrokenFileLeavesTheConfigurationInForce() throws Exception {
        try (GuardFixture guard = new GuardFixture(revision(10), ConfigurationTest::empty)) {
            guard.mount("guard.json", "{\"revision\":".getBytes(StandardCharsets.UTF_8));
            guard.mount("keyring.json", "{".getBytes(StandardCharsets.UTF_8));
            await().until(() -> guard.health("/metrics").body().contains("redoubt_configuration_errors_total 2.0"));
            assertThat(query(guard)).isEqualTo(200);
            assertThat(revision(guard)).isEqualTo(revision(10).revision());
        }
    }

    @Test
    void theKubeletsSwapOfGenerationsIsSeen() throws Exception {
        try (GuardFixture guard = new GuardFixture(null, ConfigurationTest::empty)) {
            swap(guard.directory, "1", revision(10));
            await().until(() -> revision(guard).equals(revision(10).revision()));
            swap(guard.directory, "2", revision(11));
            await().until(() -> revision(guard).equals(revision(11).revision()));
        }
    }

    /** As the kubelet writes a volume: a directory per generation, and a link that is renamed into place. */
    private static void swap(Path directory, String name, GuardConfig config) throws Exception {
        Path generation = Files.createDirectory(directory.resolve("..generation" + name));
        Files.write(generation.resolve("guard.json"), json(config));
        Files.write(generation.resolve("keyring.json"), Guards.keyring().json());
        Path link = Files.createSymbolicLink(directory.resolve("..data_tmp"), generation.getFileName());
        Files.move(
                link, directory.resolve("..data"), StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Test
    void aPushIsNotUndoneByTheOlderFile() throws Exception {
        try (GuardFixture guard = new GuardFixture(revision(10), ConfigurationTest::empty)) {
            Configurations configurations = guard.guard.services().configurations();
            assertThat(configurations.push(json(revision(11))))
                    .isEqualTo(new Pushed.Loaded(revision(11).revision()));
            // the same content in a new file, as a resync writes it
            guard.mount(revision(10));
            configurations.mounted(Mount.read(guard.directory));
            assertThat(revision(guard)).isEqualTo(revision(11).revision());
            guard.mount(revision(11));
            configurations.mounted(Mount.read(guard.directory));
            guard.mount(revision(10));
            configurations.mounted(Mount.read(guard.directory));
            assertThat(revision(guard)).isEqualTo(revision(10).revision());
        }
    }

    @Test
    void newKeysComeIntoForceWithoutANewConfiguration() throws Exception {
        try (GuardFixture guard = new GuardFixture(revision(10), ConfigurationTest::empty)) {
            byte[] second = new byte[32];
            second[0] = 2;
            guard.mount(new dev.redoubt.policy.Keyring(
                    2, java.util.Map.of(1, Guards.keyring().keys().get(1), 2, second), new byte[32]));
            await().until(() -> guard.guard
                            .services()
                            .configurations()
                            .current()
                            .orElseThrow()
                            .keyVersion()
                    == 2);
        }
    }

    @Test
    void changingTheConfigurationUnderLoadLosesNothing() throws Exception {
        try (GuardFixture guard = new GuardFixture(revision(10), ConfigurationTest::empty)) {
            Map<Integer, Integer> statuses = new ConcurrentHashMap<>();
            List<CompletableFuture<?>> asked = new ArrayList<>();
            HttpRequest request = guard.request(GuardTest.QUERY, Guards.KEY)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(GuardTest.QUESTION))
                    .build();
            for (int round = 0; round < 10; round++) {
                for (int i = 0; i < 30; i++) {
                    asked.add(guard.client
                            .sendAsync(request, HttpResponse.BodyHandlers.discarding())
                            .thenAccept(response -> statuses.merge(response.statusCode(), 1, Integer::sum)));
                }
                assertThat(guard.guard.services().configurations().push(json(revision(11 + round))))
                        .isInstanceOf(Pushed.Loaded.class);
            }
            CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new)).join();
            assertThat(statuses).isEqualTo(Map.of(200, 300));
            await().until(() -> guard.audit().size() == 300);
            assertThat(guard.audit().stream()
                            .map(line -> line.get("revision").textValue())
                            .distinct())
                    .hasSizeGreaterThan(1);
        }
    }
}
