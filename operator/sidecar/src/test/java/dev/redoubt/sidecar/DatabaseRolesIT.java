package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redoubt.policy.Client;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Mode;
import dev.redoubt.policy.Upstream;
import dev.redoubt.policy.UpstreamCredential;
import dev.redoubt.profiles.Operation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A guard with a superuser of a real PostgreSQL applies the roles by itself. */
class DatabaseRolesIT {
    /** What the answer with one record looks like. */
    private static final String ONE = "TDC(SELECT 1)ZI";

    private static final Client ANN = client("ann", Guards.KEY);
    private static final Client BOB = client("bob", "key-of-bob");

    @TempDir
    private Path directory;

    private PostgresServer server;
    private GuardFixture guard;

    private static Client client(String name, String key) {
        return new Client(
                name, List.of(Guards.sha256(key)), List.of(Operation.Query), false, null, null, List.of(), false);
    }

    private static GuardConfig config(Client... clients) {
        return Guards.pgVector(Mode.Enforce, List.of(clients))
                .with()
                .upstream(new Upstream(true))
                .build();
    }

    @BeforeEach
    void start() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        server = PostgresServer.start(directory);
        server.sql(
                """
                CREATE EXTENSION vector;
                CREATE TABLE docs (id int PRIMARY KEY, body text, embedding vector(3));
                INSERT INTO docs SELECT i, 'doc ' || i, ('[' || i || ',1,1]')::vector FROM generate_series(1, 100) i;
                CREATE DATABASE plain;
                """);
        guard = new GuardFixture(config(ANN), GuardFixture.TIMEOUTS, server.port());
        Certificates authority = new Certificates("authority");
        Certificates.Signed certificate = authority.sign("CN=guard", Certificates.SERVER_NAME);
        guard.mount("ca.crt", authority.pem());
        guard.mount("tls.key", certificate.keyPem());
        guard.mount("tls.crt", certificate.certificatePem());
        guard.guard.look();
    }

    @AfterEach
    void stop() throws Exception {
        if (guard != null) {
            guard.close();
        }
        if (server != null) {
            server.close();
        }
    }

    private void present(String user, String password) throws Exception {
        guard.mount("upstream.json", new UpstreamCredential(user, password).json());
        guard.guard.look();
    }

    private String readiness() {
        return guard.health("/readyz").body().trim();
    }

    /** What a session is refused with before it is asked for a key. */
    private String refusal() throws Exception {
        try (PostgresSocket socket = new PostgresSocket(guard.port()).secure()) {
            socket.start(Map.of("user", ANN.name(), "database", "postgres"));
            return PostgresSocket.told(socket.until('Z'));
        }
    }

    /** The nearest record of a table. */
    private String search(Client client, String key, String table) throws Exception {
        try (PostgresSocket socket = PostgresSocket.login(guard.port(), client.name(), key)) {
            return socket.query("SELECT * FROM redoubt.search_" + table + "('[1,1,1]', 1)");
        }
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(100));
    }

    @Test
    void rolesAreAppliedWhereVectorsAreAndFollowTheConfigurationAndTheTables() throws Exception {
        present(null, server.password());
        soon().until(() -> readiness().equals("ok"));
        assertThat(search(ANN, Guards.KEY, "docs")).isEqualTo(ONE);
        assertThat(server.sql("SELECT rolname FROM pg_roles WHERE rolname LIKE 'redoubt_client_%'"))
                .isEqualTo("redoubt_client_ann\n");

        server.sql("CREATE TABLE notes (id int PRIMARY KEY, body text, embedding vector(3));"
                + " INSERT INTO notes VALUES (1, 'note 1', '[1,1,1]')");
        soon().ignoreExceptions().until(() -> search(ANN, Guards.KEY, "notes").equals(ONE));

        guard.mount(config(BOB));
        guard.guard.look();
        soon().ignoreExceptions().until(() -> search(BOB, "key-of-bob", "docs").equals(ONE));
        assertThat(server.sql("SELECT rolname FROM pg_roles WHERE rolname LIKE 'redoubt_client_%' AND rolcanlogin"))
                .as("who is no longer a client cannot log in")
                .isEqualTo("redoubt_client_bob\n");
        assertThat(server.sql("\\c plain\nSELECT count(*) FROM pg_namespace WHERE nspname = 'redoubt'"))
                .as("a database without vectors is left alone")
                .isEqualTo("0\n");
    }

    @Test
    void untilTheRolesAreAppliedNobodyGetsInAndReadinessSaysWhy() throws Exception {
        assertThat(readiness()).isEqualTo("no credential of the target");
        present(null, "not-the-password");
        soon().until(() -> readiness()
                .equals("the roles of the database are not applied: it does not accept the upstreamCredential"));
        assertThat(refusal()).isEqualTo("E(57P03)");

        server.sql("CREATE ROLE mere LOGIN PASSWORD 'mere-password'");
        present("mere", "mere-password");
        soon().until(
                        () -> readiness()
                                .equals(
                                        "the roles of the database are not applied: the user of the upstreamCredential is no superuser"));
        assertThat(refusal()).isEqualTo("E(57P03)");

        present("postgres", server.password());
        soon().until(() -> readiness().equals("ok"));
        assertThat(search(ANN, Guards.KEY, "docs")).isEqualTo(ONE);
        assertThat(guard.auditText()).doesNotContain("mere-password", "not-the-password", server.password());
    }
}
