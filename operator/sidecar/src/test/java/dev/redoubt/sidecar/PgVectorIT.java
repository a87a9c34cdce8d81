package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redoubt.policy.Client;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Mode;
import dev.redoubt.policy.VectorProtection;
import dev.redoubt.policy.database.DatabaseRole;
import dev.redoubt.policy.database.RoleScript;
import dev.redoubt.profiles.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
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
        server.sql(RoleScript.of(config, Guards.keyring()));
        server.sql("GRANT ALL ON documents, notes TO " + DatabaseRole.name(LAX));
        direct = run(server.port(), "postgres", server.password(), "--direct");
        guard = guard(config);
        guarded = run(guard.port(), ANN.name(), Guards.KEY);
        lax = run(guard.port(), LAX.name(), "key-of-lax");
        print("past the guard", direct);
        print("through the guard", guarded);
        print("through the guard, with SELECT on the table", lax);
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

    private static void print(String title, JsonNode run) {
        System.out.println("== " + run.get("client").textValue() + ", " + title);
        for (JsonNode row : run.get("operations")) {
            String error = row.has("error") ? " (" + row.get("error").textValue() + ")" : "";
            System.out.println("%-36s %s%s"
                    .formatted(
                            row.get("operation").textValue(), row.get("outcome").textValue(), error));
        }
        for (JsonNode row : run.get("doors")) {
            String state = row.get("open").booleanValue() ? "OPEN " + row.get("found") : "closed";
            System.out.println("%-36s %s".formatted(row.get("door").textValue(), state));
        }
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
        assertThat(doors(guarded, true)).isEmpty();
    }

    private static String outcome(JsonNode run, String operation) {
        for (JsonNode row : run.get("operations")) {
            if (row.get("operation").textValue().equals(operation)) {
                String error = row.has("error") ? " " + row.get("error").textValue() : "";
                return row.get("outcome").textValue() + error;
            }
        }
        throw new AssertionError("no operation " + operation);
    }

    @Test
    void whatAnApplicationDoesIsAllowedAndWhatItMayNotRaisesTheDriversOwnExceptions() {
        for (String allowed : List.of(
                "search",
                "binary search",
                "get by id",
                "search in SQL",
                "update by id",
                "pipeline of 50",
                "prepared statement",
                "rolled back transaction",
                "cancel",
                "statement after a refused one")) {
            assertThat(outcome(guarded, allowed)).as(allowed).isEqualTo("allowed");
        }
        assertThat(outcome(guarded, "an entity in a parameter")).isEqualTo("transformed");
        for (String refused : List.of(
                "select from the table", "delete", "create table", "copy in", "what is blocked in a parameter")) {
            assertThat(outcome(guarded, refused)).as(refused).isEqualTo("refused InsufficientPrivilege");
        }
        assertThat(outcome(guarded, "an entity in SQL")).isEqualTo("refused InvalidParameterValue");
        for (String refused :
                List.of("wrong key", "somebody else's name", "without TLS", "options at start", "replication")) {
            assertThat(outcome(guarded, refused)).as(refused).isEqualTo("refused OperationalError");
        }
    }

    @Test
    void aSearchIsBoundedAndHoldsNoVectorAndNoPersonalData() {
        JsonNode rows = guarded.at("/values/search/rows");
        assertThat(rows).hasSize(10);
        assertThat(rows.toString()).contains("<EMAIL_ADDRESS>").doesNotContain("@");
        assertThat(guarded.at("/values/binary search/rows")).isEqualTo(rows);
        assertThat(guarded.at("/values/transaction").intValue()).isZero();
    }

    @Test
    void theStoreHoldsNoPersonalDataThatCameThroughTheGuard() throws Exception {
        assertThat(
                        server.sql(
                                "SELECT count(*), count(*) FILTER (WHERE d::text LIKE '%@%') FROM documents d WHERE id BETWEEN 32700 AND 32799"))
                .isEqualTo("6|0\n");
    }

    @Test
    void aProtectedVectorIsStoredChangedInEveryFormAndFoundAgainByTheSameVector() throws Exception {
        GuardConfig config = Guards.pgVector(Mode.Enforce, List.of(ANN, LAX))
                .with()
                .vectorProtection(new VectorProtection(
                        VectorProtection.Method.ScaleAndPerturb, VectorProtection.Method.ScaleAndPerturb.usual()))
                .build();
        try (GuardFixture protecting = guard(config)) {
            Path script = Path.of(
                    PgVectorIT.class.getResource("/clients/pgvector_vectors.py").toURI());
            Path packages = PythonPackages.of(CLIENTS.resolve("pgvector-requirements.txt"));
            String output = Program.run(
                    List.of("python3", script.toString(), "" + protecting.port(), ANN.name()),
                    Map.of("PYTHONPATH", packages.toString(), "REDOUBT_KEY", Guards.KEY));
            JsonNode seen = new ObjectMapper().readTree(output);
            for (JsonNode found : seen.get("found")) {
                assertThat(found.get(0).intValue()).isEqualTo(3);
            }
            for (String form : List.of("half vector", "array", "statement")) {
                assertThat(seen.at("/refused/" + form).textValue()).as(form).isEqualTo("InvalidParameterValue");
            }
        }
        String[] stored = server.sql(
                        "SELECT id - 20000, embedding FROM documents WHERE id >= 20000 AND id < 20100 ORDER BY id")
                .split("\n");
        assertThat(stored).hasSize(6);
        for (String row : stored) {
            int id = Integer.parseInt(row.substring(0, row.indexOf('|')));
            String[] components =
                    row.substring(row.indexOf('[') + 1, row.indexOf(']')).split(",");
            assertThat(components).hasSize(16);
            long same = IntStream.range(0, 16)
                    .filter(d -> Float.parseFloat(components[d]) == (id * 11 + d * d) % 17 / 16f)
                    .count();
            assertThat(same).as("components that are as they were sent").isLessThanOrEqualTo(1);
        }
    }

    @Test
    void whoMaySelectOpensOnlyWhatNoScannerKnows() {
        assertThat(doors(lax, true)).containsExactly("encoded vector", "encoded text");
    }
}
