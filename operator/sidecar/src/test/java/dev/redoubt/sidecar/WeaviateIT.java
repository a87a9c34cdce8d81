package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.policy.Bounds;
import dev.redoubt.policy.Mode;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Weaviate's official client, unmodified, with a real Weaviate: bare, and through the guard. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WeaviateIT {
    private static final Path SERVER = Path.of(System.getProperty("redoubt.root"), "e2e", "servers", "weaviate", "run");

    @TempDir
    private static Path directory;

    private Program weaviate;
    private GuardFixture guard;
    private ClientMatrix bare;
    private ClientMatrix guarded;

    @BeforeAll
    void useTheClient() throws Exception {
        Program.run(List.of(SERVER.resolveSibling("build").toString()), Map.of());
        int http = Program.freePort();
        int grpc = Program.freePort();
        weaviate = Program.start(
                List.of(SERVER.toString(), directory.resolve("data").toString(), "" + http, "" + grpc),
                Map.of(),
                directory.resolve("weaviate.log"));
        weaviate.awaitAnswer(URI.create("http://127.0.0.1:" + http + "/v1/.well-known/ready"));
        guard = new GuardFixture(
                Guards.store("Weaviate", Guards.chroma(Mode.Enforce, Bounds.DEFAULT, 10, List.of("note"))),
                List.of(new Settings.Port("http", 0, http), new Settings.Port("grpc", 0, grpc)));
        bare = run(http, grpc, "--direct");
        guarded = run(guard.port(0), guard.port(1));
    }

    private static ClientMatrix run(int http, int grpc, String... more) throws Exception {
        Map<String, String> environment = Map.of(
                "PYTHONPATH",
                PythonPackages.of(ClientMatrix.requirements("weaviate")).toString(),
                "REDOUBT_KEY",
                Guards.KEY,
                "REDOUBT_OTHER_KEY",
                Guards.SLOW_KEY);
        List<String> arguments = new ArrayList<>(List.of("--port", "" + http, "--grpc-port", "" + grpc));
        arguments.addAll(List.of(more));
        return ClientMatrix.of("weaviate.py", environment, arguments.toArray(String[]::new));
    }

    @AfterAll
    void stop() throws Exception {
        guard.close();
        weaviate.close();
    }

    @Test
    void everyDoorIsOpenAtTheBareServer() {
        assertThat(bare.closedDoors()).isEmpty();
    }

    @Test
    void noDoorIsOpenThroughTheGuard() {
        assertThat(guarded.openDoors()).isEmpty();
        assertThat(guarded.closedDoors()).hasSameSizeAs(bare.openDoors());
    }
}
