package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.policy.Mode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The official Milvus client, unmodified, with a real Milvus Lite: bare, and through the guard. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MilvusIT {
    @TempDir
    private static Path directory;

    private ClientMatrix bare;
    private ClientMatrix guarded;
    private String audit;

    @BeforeAll
    void useTheClient() throws Exception {
        Path packages = PythonPackages.of(ClientMatrix.requirements("milvus"));
        Map<String, String> environment = Map.of(
                "PYTHONPATH", packages.toString(),
                "REDOUBT_KEY", Guards.KEY,
                "REDOUBT_OTHER_KEY", Guards.MANAGER_KEY);
        try (MilvusLite server = new MilvusLite(packages, Files.createDirectory(directory.resolve("bare")))) {
            bare = ClientMatrix.of("milvus.py", environment, "--direct", "--port", "" + server.port());
        }
        try (MilvusLite server = new MilvusLite(packages, Files.createDirectory(directory.resolve("guarded")));
                GuardFixture guard = new GuardFixture(Guards.milvus(Mode.Enforce), server.port())) {
            guarded = ClientMatrix.of(
                    "milvus.py", environment, "--port", "" + guard.port(), "--raw-port", "" + server.port());
            audit = guard.auditText();
        }
    }

    @Test
    void everyDoorIsOpenAtTheBareServer() {
        assertThat(bare.closedDoors()).isEmpty();
    }

    @Test
    void noDoorIsOpenThroughTheGuard() {
        assertThat(guarded.openDoors()).isEmpty();
        assertThat(guarded.closedDoors()).isEqualTo(bare.openDoors());
    }
}
