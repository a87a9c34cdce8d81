package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redoubt.policy.Client;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Mode;
import dev.redoubt.policy.database.DatabaseRole;
import dev.redoubt.policy.database.RoleScript;
import dev.redoubt.profiles.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL's own driver, unmodified, through the guard to a real PostgreSQL with pgvector and the generated roles. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PgVectorIT {
    private static final Path CLIENTS = Path.of(System.getProperty("redoubt.root"), "e2e", "clients");
    private static final Client ANN = client("ann", Guards.KEY, List.of(Operation.Query, Operation.Ingest), null);

    /** As somebody who had rights on the table before there was a guard. */
    private static final Client LAX = client("lax", "key-of-lax", List.of(Operation.Query, Operation.Ingest), null);

    @TempDir
    private static Path directory;

    private PostgresServer server;
    private GuardFixture guard;
    private JsonNode direct;
    private JsonNode guarded;
    private JsonNode lax;

    private static Client client(String name, String key, List<Operation> operations, Integer rate) {
        return new Client(name, List.of(Guards.sha256(key)), operations, false, rate, null, List.of(), false);
    }

    @BeforeAll
    void useTheClient() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        server = PostgresServer.start(directory);
        server.sql(Files.readString(CLIENTS.resolve("pgvector.sql")));
        GuardConfig config = Guards.pgVector(Mode.Enforce, List.of(ANN, LAX));
        server.sql(RoleScript.of(config, Guards.keyring(), Optional.empty()));
        server.sql("GRANT ALL ON documents, notes TO " + DatabaseRole.name(LAX));
        direct = run(server.port(), "postgres", server.password(), "--direct");
        guard = guard(config);
        guarded = run(guard.port(), ANN.name(), Guards.KEY);
        lax = run(guard.port(), LAX.name(), "key-of-lax");
    }

    private GuardFixture guard(GuardConfig config) throws Exception {
        GuardFixture fixture = new GuardFixture(config, server.port());
        Certificates.Signed certificate = new Certificates("authority").sign("CN=guard", Certificates.SERVER_NAME);
        fixture.mount("tls.crt", certificate.certificatePem());
        fixture.mount("tls.key", certificate.keyPem());
        fixture.mount("ca.crt", new Certificates("authority").pem());
        fixture.guard.look();
        return fixture;
    }

    private static JsonNode run(int port, String user, String key, String... more) throws Exception {
        Path packages = PythonPackages.of(CLIENTS.resolve("pgvector-requirements.txt"));
        List<String> command = new ArrayList<>(
                List.of("python3", CLIENTS.resolve("pgvector.py").toString(), "--port", Integer.toString(port)));
        command.addAll(List.of("--user", user));
        command.addAll(List.of(more));
        String output = Program.run(command, Map.of("PYTHONPATH", packages.toString(), "REDOUBT_KEY", key));
        return new ObjectMapper().readTree(output);
    }

    @AfterAll
    void stop() throws Exception {
        if (guard != null) {
            guard.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private static List<String> doors(JsonNode run, boolean open) {
        List<String> doors = new ArrayList<>();
        for (JsonNode door : run.get("doors")) {
            if (door.get("open").booleanValue() == open) {
                doors.add(door.get("door").textValue());
            }
        }
        return doors;
    }

    @Test
    void everyDoorIsOpenWithoutAGuard() {
        assertThat(doors(direct, false)).isEmpty();
    }

    @Test
    void everyDoorIsClosedByTheGuardAndTheRoles() {
        System.out.println(guarded.toPrettyString());
        assertThat(doors(guarded, true)).isEmpty();
    }

    @Test
    void whoMaySelectOpensOnlyWhatNoScannerKnows() {
        assertThat(doors(lax, true)).containsExactly("encoded vector", "encoded text");
    }
}
