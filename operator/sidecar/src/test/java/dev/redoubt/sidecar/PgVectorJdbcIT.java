package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.policy.Client;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Mode;
import dev.redoubt.policy.database.RoleScript;
import dev.redoubt.profiles.Operation;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** PostgreSQL's JDBC driver, unmodified, through the guard to a real PostgreSQL with pgvector. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PgVectorJdbcIT {
    private static final Client ANN = new Client(
            "ann",
            List.of(Guards.sha256(Guards.KEY)),
            List.of(Operation.Query, Operation.Ingest),
            false,
            null,
            null,
            List.of(),
            false);

    @TempDir
    private static Path directory;

    private PostgresServer server;
    private GuardFixture guard;
    private Path authority;

    @BeforeAll
    void start() throws Exception {
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        server = PostgresServer.start(directory);
        server.sql(
                """
                CREATE EXTENSION vector;
                CREATE TABLE docs (id bigint PRIMARY KEY, body text, price numeric, made timestamptz DEFAULT now(),
                  tags text[], embedding vector(3));
                INSERT INTO docs SELECT i, 'doc ' || i || ' by p' || i || '@example.com', i * 1.5, now(),
                  ARRAY['t' || i || '@example.com'], ('[' || i || ',1,1]')::vector FROM generate_series(1, 50) i;
                """);
        GuardConfig config = Guards.pgVector(Mode.Enforce, List.of(ANN));
        server.sql(RoleScript.of(config, Guards.keyring()));
        guard = new GuardFixture(config, server.port());
        Certificates certificates = new Certificates("authority");
        Certificates.Signed certificate = certificates.sign("CN=guard", Certificates.SERVER_NAME);
        guard.mount("ca.crt", certificates.pem());
        guard.mount("tls.key", certificate.keyPem());
        guard.mount("tls.crt", certificate.certificatePem());
        guard.guard.look();
        authority = Files.write(directory.resolve("ca.crt"), certificates.pem());
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

    private Connection connect() throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", "ann");
        properties.setProperty("password", Guards.KEY);
        properties.setProperty("sslmode", "verify-ca");
        properties.setProperty("sslrootcert", authority.toString());
        // the fifth execution of a statement is a named one with binary results
        properties.setProperty("prepareThreshold", "2");
        return DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + guard.port() + "/postgres", properties);
    }

    @Test
    void aPreparedSearchGivesTheSameInBothFormats() throws SQLException {
        try (Connection connection = connect();
                PreparedStatement search =
                        connection.prepareStatement("SELECT * FROM redoubt.search_docs(?::vector, ?)")) {
            for (int i = 0; i < 6; i++) {
                search.setString(1, "[1,1,1]");
                search.setInt(2, 30);
                try (ResultSet rows = search.executeQuery()) {
                    int count = 0;
                    while (rows.next()) {
                        assertThat(rows.getString("body")).endsWith(" by <EMAIL_ADDRESS>");
                        assertThat((String[]) rows.getArray("tags").getArray()).containsExactly("<EMAIL_ADDRESS>");
                        assertThat(rows.getBigDecimal("price")).isPositive();
                        assertThat(rows.getTimestamp("made")).isNotNull();
                        assertThat(rows.getDouble("distance") * 20 % 1).isZero();
                        count++;
                    }
                    assertThat(count).isEqualTo(10);
                }
            }
        }
    }

    @Test
    void aBatchOfInsertsIsRedactedOnItsWayIn() throws Exception {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            try (PreparedStatement insert = connection.prepareStatement(
                    "INSERT INTO docs (id, body, price, tags, embedding) VALUES (?, ?, ?, ?, ?::vector)")) {
                for (int i = 100; i < 700; i++) {
                    insert.setLong(1, i);
                    insert.setString(2, "made by q" + i + "@example.com");
                    insert.setBigDecimal(3, new BigDecimal("1.25"));
                    insert.setArray(4, connection.createArrayOf("text", new String[] {"u" + i + "@example.com"}));
                    insert.setString(5, "[" + i + ",0.5,0.25]");
                    insert.addBatch();
                }
                assertThat(insert.executeBatch()).hasSize(600).containsOnly(1);
            }
            connection.commit();
        }
        assertThat(server.sql("SELECT count(*) FROM docs WHERE id >= 100 AND body = 'made by <EMAIL_ADDRESS>'"
                        + " AND tags = ARRAY['<EMAIL_ADDRESS>']"))
                .isEqualTo("600\n");
    }

    @Test
    void aResultThatIsFetchedInPartsEndsAtTheMaximum() throws SQLException {
        try (Connection connection = connect()) {
            connection.setAutoCommit(false);
            try (Statement statement = connection.createStatement()) {
                statement.setFetchSize(3);
                int count = 0;
                try (ResultSet rows = statement.executeQuery("SELECT generate_series(1, 1000)")) {
                    while (rows.next()) {
                        count++;
                    }
                }
                assertThat(count).isEqualTo(10);
            }
            connection.commit();
        }
    }

    @Test
    void refusalsAreTheDriversOwnExceptionsAndTheConnectionGoesOn() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.executeQuery("SELECT body FROM docs"))
                    .isInstanceOfSatisfying(
                            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo("42501"));
            assertThatThrownBy(() -> statement.executeQuery("SELECT 'someone@example.com'"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("send it as a text parameter")
                    .hasMessageNotContaining("someone");
            try (PreparedStatement card = connection.prepareStatement("SELECT ?")) {
                card.setString(1, "4111 1111 1111 1111");
                assertThatThrownBy(card::executeQuery)
                        .isInstanceOf(SQLException.class)
                        .hasMessageContaining("CREDIT_CARD")
                        .hasMessageNotContaining("4111");
            }
            assertThat(connection.isValid(5)).isTrue();
            assertThat(connection
                            .getMetaData()
                            .getTables(null, "public", "docs", null)
                            .next())
                    .isTrue();
        }
    }
}
