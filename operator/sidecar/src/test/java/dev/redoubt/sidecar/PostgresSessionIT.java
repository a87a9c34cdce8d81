package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redoubt.policy.Client;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Mode;
import dev.redoubt.policy.database.DatabaseRole;
import dev.redoubt.policy.database.RoleScript;
import dev.redoubt.profiles.Operation;
import dev.redoubt.wire.postgres.FieldWriter;
import dev.redoubt.wire.postgres.Message;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Sessions with a real PostgreSQL through the guard, and input that no driver would send. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PostgresSessionIT {
    private static final Message SYNC = new Message('S', new byte[0]);
    private static final Client ANN = client("ann", Guards.KEY, "acme", null, Operation.Query, Operation.Ingest);
    private static final Client BOB = client("bob", "key-of-bob", "other", null, Operation.Query, Operation.Ingest);
    private static final Client SUE = client("sue", Guards.SLOW_KEY, "acme", 6, Operation.Query);
    private static final Client EVE = client("eve", "key-of-eve", "acme", null, Operation.Query, Operation.Export);

    private static final Client MIA =
            client("mia", "key-of-mia", "other", null, Operation.Query, Operation.Ingest, Operation.Manage);
    private static final Client NIK = client("nik", "key-of-nik", null, null, Operation.Query);

    @TempDir
    private static Path directory;

    private PostgresServer server;
    private GuardConfig config;
    private GuardFixture guard;

    private static Client client(String name, String key, String tenant, Integer rate, Operation... operations) {
        return new Client(
                name, List.of(Guards.sha256(key)), List.of(operations), false, rate, tenant, List.of(), false);
    }

    @BeforeAll
    void start() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        server = PostgresServer.start(directory);
        server.sql(
                """
                CREATE EXTENSION vector;
                CREATE TABLE docs (id int PRIMARY KEY, tenant_id text NOT NULL, body text, embedding vector(3));
                INSERT INTO docs SELECT i, CASE WHEN i % 2 = 0 THEN 'acme' ELSE 'other' END, 'doc ' || i,
                  ('[' || i || ',1,1]')::vector FROM generate_series(1, 100) i;
                INSERT INTO docs SELECT i, 'third', NULL, ('[' || i || ',1,1]')::vector FROM generate_series(3000, 3999) i;
                CREATE SCHEMA odd;
                CREATE TABLE odd."Q'x %I" (tenant_id text, distance int, query text, k text, "a ""b" halfvec(3),
                  other vector(3), PRIMARY KEY (distance, k));
                INSERT INTO odd."Q'x %I" VALUES ('acme', 1, 'q', 'k', '[1,2,3]', '[1,2,3]');
                CREATE INDEX ON docs USING hnsw (embedding vector_l2_ops);
                """);
        config = Guards.pgVectorTenants(Mode.Enforce, List.of(ANN, BOB, SUE, EVE, MIA, NIK));
        server.sql(RoleScript.of(config, Guards.keyring()));
        server.sql("CREATE TABLE plain (id int); GRANT INSERT ON plain TO redoubt_ingest");
        guard = guard(config, GuardFixture.TIMEOUTS);
    }

    private GuardFixture guard(GuardConfig of, Timeouts timeouts) throws Exception {
        GuardFixture fixture = new GuardFixture(of, timeouts, server.port());
        certify(fixture);
        return fixture;
    }

    private static void certify(GuardFixture fixture) throws Exception {
        Certificates authority = new Certificates("authority");
        Certificates.Signed certificate = authority.sign("CN=guard", Certificates.SERVER_NAME);
        fixture.mount("ca.crt", authority.pem());
        fixture.mount("tls.key", certificate.keyPem());
        fixture.mount("tls.crt", certificate.certificatePem());
        fixture.guard.look();
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

    private PostgresSocket login(Client client, String key) throws Exception {
        return PostgresSocket.login(guard.port(), client.name(), key);
    }

    private PostgresSocket ann() throws Exception {
        return login(ANN, Guards.KEY);
    }

    private static Message parse(String sql) {
        return new FieldWriter().terminated("").terminated(sql).int16(0).message('P');
    }

    private static Message bind(String portal) {
        return new FieldWriter()
                .terminated(portal)
                .terminated("")
                .int32(0)
                .int16(0)
                .message('B');
    }

    private static Message execute(String portal, int rows) {
        return new FieldWriter().terminated(portal).int32(rows).message('E');
    }

    @Test
    void withoutTlsNobodyIsAskedForAKey() throws Exception {
        try (PostgresSocket socket = new PostgresSocket(guard.port())) {
            socket.start(Map.of("user", "ann"));
            assertThat(PostgresSocket.told(socket.until('Z'))).isEqualTo("E(28000)");
        }
        try (GuardFixture bare = new GuardFixture(config, server.port());
                PostgresSocket socket = new PostgresSocket(bare.port())) {
            assertThat(socket.askForTls()).as("without a certificate").isEqualTo('N');
        }
    }

    @Test
    void bytesThatWereSentBeforeTheHandshakeAreNotTakenForOnesInsideOfIt() throws Exception {
        try (PostgresSocket socket = new PostgresSocket(guard.port())) {
            assertThat(socket.askForTls((byte) 'x')).isEqualTo('E');
        }
    }

    @Test
    void whatIsNoFirstPacketIsRefused() throws Exception {
        byte[] gss = new FieldWriter().int32(8).int16(1234).int16(5680).body();
        try (PostgresSocket socket = new PostgresSocket(guard.port())) {
            assertThat(socket.ask(gss)).isEqualTo('N');
            assertThat(socket.askForTls()).as("TLS after GSSAPI").isEqualTo('S');
        }
        for (byte[] first : List.of(
                "GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII),
                new FieldWriter().int32(1 << 20).int32(3 << 16).body(),
                new FieldWriter().int32(8).int32(2 << 16).body(),
                new FieldWriter().int32(4).body())) {
            try (PostgresSocket socket = new PostgresSocket(guard.port()).secure()) {
                socket.raw(first);
                assertThat(PostgresSocket.told(socket.until('Z'))).isEqualTo("E(08P01)");
            }
        }
    }

    @Test
    void settingsThatDoMoreThanDisplayAreRefused() throws Exception {
        for (String name : List.of("options", "replication", "search_path", "role", "session_authorization")) {
            try (PostgresSocket socket = new PostgresSocket(guard.port()).secure()) {
                socket.start(Map.of("user", "ann", name, "x"));
                assertThat(PostgresSocket.told(socket.until('Z'))).as(name).isEqualTo("E(08P01)");
            }
        }
    }

    @Test
    void aKeyIsOnlyGoodUnderItsOwnName() throws Exception {
        for (String[] each :
                new String[][] {{"bob", Guards.KEY}, {"postgres", server.password()}, {"ann", "wrong"}, {"", ""}}) {
            try (PostgresSocket socket = new PostgresSocket(guard.port()).secure()) {
                socket.start(Map.of("user", each[0])).key(each[1]);
                assertThat(PostgresSocket.told(socket.until('Z'))).isEqualTo("RE(28P01)");
            }
        }
        assertThat(guard.auditText()).contains("Unauthenticated").doesNotContain(Guards.KEY, server.password());
    }

    @Test
    void aSlowStartIsEnded() throws Exception {
        Timeouts hurry = new Timeouts(
                Duration.ofMillis(300),
                Duration.ofSeconds(1),
                Duration.ofSeconds(2),
                Duration.ofSeconds(30),
                Duration.ofSeconds(1),
                Duration.ofMillis(50));
        try (GuardFixture hasty = guard(config, hurry);
                PostgresSocket silent = new PostgresSocket(hasty.port());
                PostgresSocket keyless = new PostgresSocket(hasty.port()).secure()) {
            silent.raw(new byte[] {0, 0});
            keyless.start(Map.of("user", "ann"));
            assertThat(silent.next()).isNull();
            assertThat(PostgresSocket.told(keyless.until('Z'))).isEqualTo("R");
        }
    }

    @Test
    void messagesThatDoNotBelongHereEndTheSession() throws Exception {
        Message call = new FieldWriter().int32(1).int16(0).int16(0).int16(0).message('F');
        assertThat(ended(call.encode())).isEqualTo("E(42501)");
        assertThat(ended(new Message('z', new byte[0]).encode())).isEqualTo("E(42501)");
        assertThat(ended(new Message('p', new byte[1]).encode())).isEqualTo("E(42501)");
        assertThat(ended(new FieldWriter().int8('Q').int32(Integer.MAX_VALUE).body()))
                .isEqualTo("E(08P01)");
        assertThat(ended(new FieldWriter().int8('Q').int32(1).body())).isEqualTo("E(08P01)");
        assertThat(ended(new Message('Q', new byte[] {'S'}).encode())).isEqualTo("E(08P01)");
        assertThat(ended(new Message('B', new byte[] {0, 0, 0, 9}).encode())).isEqualTo("E(08P01)");
        assertThat(ended(new Message('D', new byte[] {'X', 0}).encode())).isEqualTo("E(08P01)");
    }

    private String ended(byte[] bytes) throws Exception {
        try (PostgresSocket socket = ann()) {
            return PostgresSocket.told(socket.raw(bytes).until('Z'));
        }
    }

    @Test
    void rowsBeyondTheMaximumAreCutAndTheTagSaysHowManyThereAre() throws Exception {
        try (PostgresSocket socket = ann()) {
            assertThat(socket.query("SELECT generate_series(1, 50)"))
                    .isEqualTo("T" + "D".repeat(10) + "C(SELECT 10)ZI");
            assertThat(socket.query("SELECT generate_series(1, 50); SELECT 1"))
                    .isEqualTo("T" + "D".repeat(10) + "C(SELECT 10)TDC(SELECT 1)ZI");
        }
        try (PostgresSocket socket = login(EVE, "key-of-eve")) {
            assertThat(socket.query("SELECT generate_series(1, 50)")).endsWith("C(SELECT 50)ZI");
        }
    }

    @Test
    void aPortalThatIsReadInPartsEndsAtTheMaximumToo() throws Exception {
        try (PostgresSocket socket = ann()) {
            socket.send(parse("SELECT generate_series(1, 50)"), bind("p"));
            socket.send(execute("p", 4), execute("p", 4), execute("p", 4), execute("p", 4), SYNC);
            assertThat(PostgresSocket.told(socket.until('Z')))
                    .isEqualTo("12" + "DDDDs" + "DDDDs" + "DDC(SELECT 2)" + "C(SELECT 0)" + "ZI");
        }
    }

    @Test
    void sqlCursorsEndTheSession() throws Exception {
        try (PostgresSocket socket = ann()) {
            assertThat(socket.query("BEGIN; DECLARE c CURSOR FOR SELECT generate_series(1, 50); FETCH ALL FROM c"))
                    .isEqualTo("C(BEGIN)E(42501)");
        }
    }

    @Test
    void copyIsRefusedAndTheSessionGoesOn() throws Exception {
        try (PostgresSocket socket = ann()) {
            assertThat(socket.query("COPY (SELECT generate_series(1, 50)) TO STDOUT"))
                    .isEqualTo("E(42501)ZI");
            assertThat(socket.query("COPY plain FROM STDIN")).isEqualTo("E(42501)ZI");
            socket.send(parse("COPY plain FROM STDIN"), bind(""), execute("", 0), SYNC);
            assertThat(PostgresSocket.told(socket.until('Z'))).isEqualTo("12E(42501)ZI");
            socket.send(parse("COPY (SELECT 1) TO STDOUT"), bind(""), execute("", 0), SYNC);
            assertThat(PostgresSocket.told(socket.until('Z'))).isEqualTo("12E(42501)ZI");
            assertThat(socket.query("SELECT 1")).isEqualTo("TDC(SELECT 1)ZI");
        }
    }

    @Test
    void rowsThatAreSentBeforeTheyAreAskedForAreNotCopiedIn() throws Exception {
        try (PostgresSocket socket = ann()) {
            socket.send(
                    new FieldWriter().terminated("COPY plain FROM STDIN").message('Q'),
                    new FieldWriter()
                            .bytes("1\n".getBytes(StandardCharsets.US_ASCII))
                            .message('d'),
                    new Message('c', new byte[0]));
            assertThat(PostgresSocket.told(socket.until('Z'))).isEqualTo("E(42501)");
        }
        assertThat(server.sql("SELECT count(*) FROM plain")).isEqualTo("0\n");
    }

    @Test
    void aRefusedStatementTakesItsBatchWithIt() throws Exception {
        try (PostgresSocket socket = ann()) {
            socket.send(
                    parse("INSERT INTO docs (id, tenant_id) VALUES (1000, 'acme')"),
                    bind(""),
                    execute("", 0),
                    parse("SELECT 'ann@example.com'"),
                    bind(""),
                    execute("", 0),
                    SYNC);
            assertThat(PostgresSocket.told(socket.until('Z'))).isEqualTo("12C(INSERT 0 1)E(22023)ZI");
            assertThat(server.sql("SELECT count(*) FROM docs WHERE id = 1000")).isEqualTo("0\n");
            assertThat(socket.query("BEGIN")).isEqualTo("C(BEGIN)ZT");
            assertThat(socket.query("SELECT 'ann@example.com'")).isEqualTo("E(22023)ZE");
            assertThat(socket.query("ROLLBACK")).isEqualTo("C(ROLLBACK)ZI");
        }
        assertThat(guard.auditText()).contains("EntityInStatement").doesNotContain("ann@example.com", "INSERT INTO");
    }

    @Test
    void theRateOfAClientIsKeptOverStatementsAndConnections() throws Exception {
        try (PostgresSocket socket = login(SUE, Guards.SLOW_KEY)) {
            for (int i = 0; i < 5; i++) {
                assertThat(socket.query("SELECT 1")).endsWith("ZI").contains("SELECT 1");
            }
            assertThat(socket.query("SELECT 1")).isEqualTo("E(53400)ZI");
            socket.send(parse("SELECT 1"), bind(""), execute("", 0), SYNC);
            assertThat(PostgresSocket.told(socket.until('Z'))).isEqualTo("E(53400)ZI");
        }
        try (PostgresSocket socket = new PostgresSocket(guard.port()).secure()) {
            socket.start(Map.of("user", "sue")).key(Guards.SLOW_KEY);
            assertThat(PostgresSocket.told(socket.until('Z'))).isEqualTo("RE(53400)");
        }
    }

    @Test
    void anotherEncodingEndsTheSession() throws Exception {
        try (PostgresSocket socket = ann()) {
            assertThat(socket.query("SET client_encoding = 'LATIN1'"))
                    .endsWith("E(42501)")
                    .doesNotContain("Z");
        }
    }

    @Test
    void anotherConfigurationEndsTheSessionBeforeItsNextStatement() throws Exception {
        try (GuardFixture other = guard(config, GuardFixture.TIMEOUTS);
                PostgresSocket socket = PostgresSocket.login(other.port(), "ann", Guards.KEY)) {
            assertThat(socket.query("SELECT 1")).endsWith("ZI");
            other.mount(Guards.pgVector(Mode.Enforce, List.of(BOB)));
            other.guard.look();
            assertThat(socket.query("SELECT 1")).isEqualTo("E(57P01)");
        }
    }

    @Test
    void aStatementIsCancelledByTheKeyOfItsSessionOnly() throws Exception {
        try (PostgresSocket socket = ann()) {
            socket.send(
                    new FieldWriter().terminated("SELECT pg_sleep(20) AS slept").message('Q'));
            await().until(() -> server.sql(
                            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%slept' AND wait_event = 'PgSleep'")
                    .equals("1\n"));
            cancel(socket.process(), new byte[] {1, 2, 3, 4});
            cancel(socket.process() + 1, socket.secret());
            cancel(socket.process(), new byte[0]);
            assertThat(server.sql("SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'PgSleep'"))
                    .isEqualTo("1\n");
            cancel(socket.process(), socket.secret());
            assertThat(PostgresSocket.told(socket.until('Z'))).isEqualTo("TE(57014)ZI");
        }
    }

    private void cancel(int process, byte[] secret) throws Exception {
        try (PostgresSocket socket = new PostgresSocket(guard.port())) {
            byte[] body = new FieldWriter()
                    .int16(1234)
                    .int16(5678)
                    .int32(process)
                    .bytes(secret)
                    .body();
            socket.raw(new FieldWriter().int32(body.length + 4).bytes(body).body());
            assertThat(socket.next()).isNull();
        }
    }

    @Test
    void theEndOfTheServersSideIsTold() throws Exception {
        try (PostgresSocket socket = login(BOB, "key-of-bob")) {
            server.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'redoubt_client_bob'");
            assertThat(PostgresSocket.told(socket.until('Z'))).isEqualTo("E(57P01)");
        }
    }

    @Test
    void theEndOfTheClientsSideEndsTheServersSide() throws Exception {
        try (PostgresSocket socket = login(EVE, "key-of-eve")) {
            socket.send(new FieldWriter().terminated("SELECT pg_sleep(60)").message('Q'));
            socket.close();
            await().until(() -> server.sql("SELECT count(*) FROM pg_stat_activity WHERE usename = 'redoubt_client_eve'")
                    .equals("0\n"));
        }
    }

    @Test
    void aClientThatDoesNotReadHoldsTheServerBackAndTakesNoMemory() throws Exception {
        try (PostgresSocket socket = login(EVE, "key-of-eve")) {
            int rows = 20_000;
            socket.send(new FieldWriter()
                    .terminated("SELECT repeat('x', 5000) FROM generate_series(1, " + rows + ")")
                    .message('Q'));
            await().atMost(Duration.ofSeconds(30)).until(() -> server.sql(
                            "SELECT wait_event FROM pg_stat_activity WHERE usename = 'redoubt_client_eve'")
                    .contains("ClientWrite"));
            assertThat(guard.guard.services().budget().used()).isLessThan(1 << 20);
            List<Message> all = socket.until('Z');
            assertThat(all).hasSize(rows + 3);
        }
    }

    @Test
    void noPlaceIsLostByASessionThatIsOver() throws Exception {
        PoolBounds two = new PoolBounds(2, 2, Duration.ofSeconds(30));
        try (GuardFixture small = new GuardFixture(config, GuardFixture.TIMEOUTS, two, server.port())) {
            certify(small);
            for (int i = 0; i < 5; i++) {
                try (PostgresSocket socket = PostgresSocket.login(small.port(), "ann", Guards.KEY)) {
                    assertThat(socket.query("SELECT 1")).endsWith("ZI");
                }
                await().until(() -> server.sql(
                                "SELECT count(*) FROM pg_stat_activity WHERE usename = 'redoubt_client_ann'")
                        .equals("0\n"));
            }
            try (PostgresSocket one = PostgresSocket.login(small.port(), "ann", Guards.KEY);
                    PostgresSocket other = PostgresSocket.login(small.port(), "ann", Guards.KEY);
                    PostgresSocket third = new PostgresSocket(small.port()).secure()) {
                third.start(Map.of("user", "ann"));
                assertThat(PostgresSocket.told(third.until('Z'))).isEqualTo("E(53300)");
                assertThat(one.query("SELECT 1") + other.query("SELECT 1")).contains("ZI");
            }
        }
    }

    @Test
    void oneBatchOfManyStatementsIsAnsweredWhole() throws Exception {
        try (PostgresSocket socket = ann()) {
            int many = 3000;
            FieldWriter batch = new FieldWriter().bytes(parse("SELECT 1").encode());
            for (int i = 0; i < many; i++) {
                batch.bytes(bind("").encode()).bytes(execute("", 0).encode());
            }
            socket.raw(batch.bytes(SYNC.encode()).body());
            assertThat(PostgresSocket.told(socket.until('Z'))).isEqualTo("1" + "2DC(SELECT 1)".repeat(many) + "ZI");
        }
    }

    @Test
    void everyTenantSeesAndWritesItsOwnRecordsOnly() throws Exception {
        String odd =
                "SELECT count(*) FILTER (WHERE id % 2 = 1) * 100 + count(*) FROM redoubt.search_docs('[3500,1,1]', 10)";
        assertThat(as(ANN, odd)).isEqualTo("10\n");
        assertThat(as(BOB, odd)).isEqualTo("1010\n");
        assertThat(as(ANN, "SELECT count(*) FROM redoubt.get_docs(ARRAY[1, 2, 3, 4])"))
                .isEqualTo("2\n");
        assertThat(as(EVE, "SELECT count(*) FROM (SELECT id, tenant_id, body FROM docs) d"))
                .isEqualTo("50\n");
        for (String attack : List.of(
                "INSERT INTO docs (id, tenant_id) VALUES (2000, 'other')",
                "UPDATE docs SET tenant_id = 'other' WHERE id = 2",
                "SELECT embedding FROM docs",
                "SELECT body FROM docs",
                "SELECT * FROM redoubt.client",
                "UPDATE redoubt.client SET tenant = 'other'",
                "CALL redoubt.enrol('redoubt_client_ann', 'x', 1, 'other', ARRAY[]::name[])",
                "CALL redoubt.protect(1000, 'Exact', NULL, true, true, NULL)",
                "CREATE FUNCTION redoubt.tenant() RETURNS text LANGUAGE sql AS 'SELECT 1'",
                "CREATE TABLE mine (id int)",
                "CREATE TEMPORARY TABLE mine (id int)",
                "CREATE SCHEMA mine",
                "ALTER TABLE docs DISABLE ROW LEVEL SECURITY",
                "ALTER ROLE redoubt_client_ann SUPERUSER",
                "SET ROLE redoubt_owner",
                "SET ROLE postgres",
                "SET SESSION AUTHORIZATION redoubt_client_bob",
                "SELECT pg_read_file('PG_VERSION')",
                "SELECT pg_ls_dir('.')",
                "SELECT lo_import('/etc/passwd')",
                "COPY docs TO STDOUT",
                "COPY docs TO PROGRAM 'cat'",
                "TRUNCATE docs",
                "DELETE FROM docs",
                "SELECT rolpassword FROM pg_authid",
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'postgres'")) {
            assertThat(refused(ANN, attack)).as(attack).isTrue();
        }
        assertThat(as(ANN, "UPDATE docs SET body = 'x' WHERE id = 1; SELECT 1")).isEqualTo("1\n");
        assertThat(server.sql("SELECT body FROM docs WHERE id = 1")).isEqualTo("doc 1\n");
        assertThat(refused(ANN, "SET row_security = off; SELECT count(*) FROM redoubt.get_docs(ARRAY[1, 2])"))
                .isTrue();
    }

    @Test
    void aClientWithoutATenantDoesNotGetIn() throws Exception {
        try (PostgresSocket socket = new PostgresSocket(guard.port()).secure()) {
            socket.start(Map.of("user", "nik", "database", "postgres")).key("key-of-nik");
            assertThat(PostgresSocket.told(socket.until('Z'))).isEqualTo("RE(42501)");
        }
        // nor would it see anything
        assertThat(as(NIK, "SELECT count(*) FROM redoubt.search_docs('[1,1,1]', 10)"))
                .isEqualTo("0\n");
    }

    @Test
    void throughTheGuardATenantNeitherReadsNorChangesNorDeletesRecordsOfAnother() throws Exception {
        server.sql(
                "INSERT INTO docs VALUES (5000, 'acme', 'of acme', '[9,9,9]'), (5001, 'other', 'of other', '[9,9,9]')");
        try (PostgresSocket mia = login(MIA, "key-of-mia")) {
            assertThat(mia.query("SELECT body FROM redoubt.get_docs(ARRAY[5000])"))
                    .isEqualTo("TC(SELECT 0)ZI");
            assertThat(mia.query("SELECT body FROM redoubt.get_docs(ARRAY[5001])"))
                    .isEqualTo("TDC(SELECT 1)ZI");
            assertThat(mia.query("SELECT id FROM docs WHERE id IN (5000, 5001)"))
                    .isEqualTo("TDC(SELECT 1)ZI");
            assertThat(mia.query("UPDATE docs SET body = 'x' WHERE id = 5000")).isEqualTo("C(UPDATE 0)ZI");
            assertThat(mia.query("DELETE FROM docs WHERE id = 5000")).isEqualTo("C(DELETE 0)ZI");
            assertThat(mia.query("UPDATE docs SET tenant_id = 'acme' WHERE id = 5001"))
                    .isEqualTo("E(42501)ZI");
            assertThat(mia.query("INSERT INTO docs VALUES (5002, 'acme', 'x', '[1,1,1]')"))
                    .isEqualTo("E(42501)ZI");
            assertThat(
                            mia.query(
                                    "INSERT INTO docs VALUES (5000, 'other', 'x', '[1,1,1]') ON CONFLICT (id) DO UPDATE SET body = 'x'"))
                    .isEqualTo("E(42501)ZI");
            // what a unique key gives away, and no more: that it is taken
            assertThat(mia.query("INSERT INTO docs VALUES (5000, 'other', 'x', '[1,1,1]')"))
                    .isEqualTo("E(23505)ZI");
            assertThat(mia.query("INSERT INTO docs VALUES (5000, 'other', 'x', '[1,1,1]') ON CONFLICT DO NOTHING"))
                    .isEqualTo("C(INSERT 0 0)ZI");
            assertThat(mia.query("DELETE FROM docs WHERE id = 5001")).isEqualTo("C(DELETE 1)ZI");
            server.sql("ALTER TABLE docs ALTER tenant_id SET DEFAULT redoubt.tenant()");
            assertThat(mia.query("INSERT INTO docs (id) VALUES (5003)")).isEqualTo("C(INSERT 0 1)ZI");
            assertThat(server.sql("SELECT tenant_id FROM docs WHERE id = 5003")).isEqualTo("other\n");
            assertThat(mia.query("DELETE FROM docs WHERE id = 5003")).isEqualTo("C(DELETE 1)ZI");
        }
        assertThat(server.sql("SELECT id, body FROM docs WHERE id >= 5000")).isEqualTo("5000|of acme\n");
        server.sql("DELETE FROM docs WHERE id >= 5000");
    }

    @Test
    void noOtherPolicyOfATableLetsRecordsOfAnotherTenantThrough() throws Exception {
        server.sql("CREATE POLICY everybody ON docs USING (true)");
        try {
            assertThat(as(EVE, "SELECT count(*) FROM (SELECT id, tenant_id, body FROM docs) d"))
                    .isEqualTo("50\n");
        } finally {
            server.sql("DROP POLICY everybody ON docs");
        }
    }

    @Test
    void whereRecordsHaveNoTenantsAnyMoreTheyAreEverybodysAgain() throws Exception {
        GuardConfig shared = Guards.pgVector(Mode.Enforce, List.of(ANN, BOB, SUE, EVE, MIA, NIK));
        server.sql(RoleScript.of(shared, Guards.keyring()));
        try {
            assertThat(as(EVE, "SELECT count(*) FROM (SELECT id, tenant_id, body FROM docs) d"))
                    .isEqualTo("1100\n");
        } finally {
            server.sql(RoleScript.of(config, Guards.keyring()));
        }
        assertThat(as(EVE, "SELECT count(*) FROM (SELECT id, tenant_id, body FROM docs) d"))
                .isEqualTo("50\n");
    }

    @Test
    void namesOfTablesAndColumnsMayBeAnything() throws Exception {
        assertThat(
                        as(
                                ANN,
                                "SELECT distance, query, k, redoubt_distance FROM redoubt.\"search_odd_Q'x %I_a \"\"b\"('[1,2,3]')"))
                .isEqualTo("1|q|k|0\n");
        assertThat(as(ANN, "SELECT query FROM redoubt.\"search_odd_Q'x %I_other\"('[1,2,3]', 1)"))
                .isEqualTo("q\n");
        assertThat(as(ANN, "UPDATE odd.\"Q'x %I\" SET query = 'r' WHERE distance = 1 AND k = 'k' RETURNING distance"))
                .isEqualTo("1\n");
        assertThat(refused(ANN, "SELECT query FROM odd.\"Q'x %I\"")).isTrue();
    }

    /** As a client's role, past the guard: what is tested are the rights. */
    private String as(Client client, String sql) throws Exception {
        DatabaseRole role = DatabaseRole.of(Guards.keyring(), client);
        return server.sql(sql, role.name(), role.password());
    }

    private boolean refused(Client client, String sql) throws Exception {
        try {
            as(client, sql);
            return false;
        } catch (IllegalStateException e) {
            return true;
        }
    }

    @Test
    void theScriptChangesNothingTheSecondTimeAndExpelsWhoIsGone() throws Exception {
        String image =
                "SELECT rolname, rolpassword, rolcanlogin FROM pg_authid WHERE rolname LIKE 'redoubt%' ORDER BY 1;"
                        + "SELECT relname, relacl, relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname IN ('docs', 'client');"
                        + "SELECT attname, attacl FROM pg_attribute WHERE attrelid = 'docs'::regclass ORDER BY 1;"
                        + "SELECT proname, proacl, prosrc FROM pg_proc WHERE pronamespace = 'redoubt'::regnamespace ORDER BY 1;"
                        + "SELECT * FROM pg_policies; SELECT * FROM redoubt.client ORDER BY 1;"
                        + "SELECT roleid::regrole, member::regrole FROM pg_auth_members ORDER BY 1, 2;";
        String before = server.sql(image);
        server.sql(RoleScript.of(config, Guards.keyring()));
        assertThat(server.sql(image)).isEqualTo(before);

        GuardConfig fewer = Guards.pgVectorTenants(Mode.Enforce, List.of(ANN));
        server.sql("BEGIN; SAVEPOINT s;"
                + RoleScript.of(fewer, Guards.keyring()).replace("BEGIN;", "").replace("COMMIT;", "")
                + "DO $$ BEGIN ASSERT (SELECT count(*) FROM pg_roles WHERE rolname LIKE 'redoubt_client%' AND rolcanlogin) = 1; END $$;"
                + "ROLLBACK;");
    }

    @Test
    void whatIsOnlyObservedIsCountedAndNotChanged() throws Exception {
        try (GuardFixture observer =
                        guard(Guards.pgVector(Mode.Observe, List.of(ANN, BOB, SUE, EVE)), GuardFixture.TIMEOUTS);
                PostgresSocket socket = PostgresSocket.login(observer.port(), "ann", Guards.KEY)) {
            socket.send(new FieldWriter()
                    .terminated("SELECT 'ann@example.com' FROM generate_series(1, 50)")
                    .message('Q'));
            List<Message> answers = socket.until('Z');
            assertThat(PostgresSocket.told(answers)).isEqualTo("T" + "D".repeat(50) + "C(SELECT 50)ZI");
            assertThat(new String(answers.get(1).body(), StandardCharsets.UTF_8))
                    .contains("ann@example.com");
            assertThat(socket.query("COPY (SELECT 1) TO STDOUT")).isEqualTo("HdcC(COPY 1)ZI");
            await().until(() -> observer.audit().size() == 3);
            assertThat(observer.audit().get(0).get("route").textValue()).isEqualTo("connect");
            assertThat(observer.audit().get(1).get("route").textValue()).isEqualTo("query");
            assertThat(observer.audit().get(1).get("decision").textValue()).isEqualTo("Observe");
            assertThat(observer.audit().get(1).get("reason").textValue()).isEqualTo("EntityInStatement");
            assertThat(observer.auditText()).contains("EMAIL_ADDRESS").doesNotContain("ann@example.com");
        }
    }

    @Test
    void aStatementThatIsUnderWayIsFinishedBeforeTheGuardStops() throws Exception {
        GuardFixture stopping = guard(config, GuardFixture.TIMEOUTS);
        try (PostgresSocket busy = PostgresSocket.login(stopping.port(), "ann", Guards.KEY);
                PostgresSocket idle = PostgresSocket.login(stopping.port(), "bob", "key-of-bob")) {
            busy.send(new FieldWriter()
                    .terminated("SELECT pg_sleep(1) AS finishes")
                    .message('Q'));
            await().until(() -> server.sql(
                            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%finishes' AND wait_event = 'PgSleep'")
                    .equals("1\n"));
            stopping.close();
            assertThat(PostgresSocket.told(busy.until('Z'))).isEqualTo("TDC(SELECT 1)ZI");
            assertThat(PostgresSocket.told(idle.until('Z'))).isIn("", "E(57P01)");
        }
    }

    @Test
    void readinessFollowsTheServer() throws Exception {
        assertThat(guard.health("/readyz").statusCode()).isEqualTo(200);
        try (GuardFixture without = new GuardFixture(config, Program.freePort())) {
            assertThat(without.health("/readyz").statusCode()).isEqualTo(503);
        }
    }
}
