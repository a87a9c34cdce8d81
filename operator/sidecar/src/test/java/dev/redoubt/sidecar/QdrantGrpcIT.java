package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The official Qdrant client, unmodified, over gRPC: to a stand-in for Qdrant, and through the guard to another. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QdrantGrpcIT {
    private static final Path E2E = Path.of(System.getProperty("redoubt.root"), "e2e");

    @TempDir
    private static Path directory;

    private ClientMatrix bare;
    private ClientMatrix guarded;
    private List<JsonNode> audit;

    /** The stand-in of REST and gRPC over the same records. */
    private static final class Store implements AutoCloseable {
        final int rest = Program.freePort();
        final int grpc = Program.freePort();
        private final Program program;

        Store(String log) throws Exception {
            Path stub = E2E.resolve(Path.of("servers", "qdrant", "stub_grpc.py"));
            program = Program.start(
                    List.of("python3", "-W", "ignore", stub.toString(), "" + rest, "" + grpc),
                    StubQdrant.environment(),
                    directory.resolve(log));
            program.awaitAnswer(java.net.URI.create("http://127.0.0.1:" + rest + "/readyz"));
        }

        @Override
        public void close() throws Exception {
            program.close();
        }
    }

    @BeforeAll
    void useTheClient() throws Exception {
        try (Store store = new Store("bare.log")) {
            bare = run(store.rest, store.grpc, "--direct");
        }
        try (Store store = new Store("store.log");
                GuardFixture guard = new GuardFixture(
                        Guards.qdrant(List.of("secret")),
                        List.of(new Settings.Port("http", 0, store.rest), new Settings.Port("grpc", 0, store.grpc)))) {
            guarded = run(
                    guard.port(0), guard.port(1), "--raw-port", "" + store.rest, "--raw-grpc-port", "" + store.grpc);
            audit = guard.audit();
        }
    }

    private static ClientMatrix run(int port, int grpc, String... more) throws Exception {
        Map<String, String> environment = new HashMap<>(StubQdrant.environment());
        environment.put("REDOUBT_KEY", Guards.KEY);
        List<String> arguments = new ArrayList<>(List.of("--port", "" + port, "--grpc-port", "" + grpc));
        arguments.addAll(List.of(more));
        return ClientMatrix.of("qdrant_grpc.py", environment, arguments.toArray(String[]::new));
    }

    @Test
    void theProfileHasTheMessagesOfTheClient() throws Exception {
        Path schema = Path.of(System.getProperty("redoubt.root"))
                .resolve("operator/profiles/src/main/resources/schemas/qdrant.yaml");
        List<String> command = new ArrayList<>(
                List.of("python3", E2E.resolve("clients/schema.py").toString()));
        for (String module : List.of("points", "collections", "json_with_int", "qdrant_common", "qdrant")) {
            command.add("qdrant_client.grpc." + module + "_pb2");
        }
        command.addAll(List.of("--check", schema.toString()));
        assertThat(Program.run(command, StubQdrant.environment())).isBlank();
    }

    @Test
    void everySideDoorIsOpenWithoutAGuardAndClosedBehindIt() {
        assertThat(bare.closedDoors()).isEmpty();
        assertThat(bare.openDoors()).hasSize(9);
        assertThat(guarded.openDoors()).isEmpty();
        assertThat(guarded.closedDoors()).hasSize(9);
    }

    @Test
    void whatAnApplicationDoesEveryDayWorks() {
        assertThat(bare.operations("refused")).containsExactly("missing collection");
        assertThat(guarded.operations("refused"))
                .containsExactlyInAnyOrder(
                        "query_points (offset 5000)",
                        "scroll",
                        "delete (filter)",
                        "card",
                        "missing collection",
                        "delete_collection");
        assertThat(guarded.operations("transformed"))
                .contains("query_points (limit 1000)", "query_batch_points", "retrieve");
        assertThat(guarded.value("query").toString())
                .contains("<EMAIL_ADDRESS>")
                .doesNotContain("@example.com")
                .contains("true");
        assertThat(guarded.value("scores")).hasSize(3);
    }

    @Test
    void refusalsRaiseTheClientsOwnExceptionAndNameTheRule() {
        for (String refused : List.of("scroll", "card", "delete (filter)")) {
            assertThat(guarded.error(refused)).as(refused).isEqualTo("_InactiveRpcError");
            assertThat(guarded.text(refused))
                    .as(refused)
                    .contains("PERMISSION_DENIED")
                    .doesNotContain("4111");
        }
        assertThat(guarded.text("scroll")).contains("retrieval.bulkExport");
        assertThat(guarded.text("card")).contains("CREDIT_CARD");
        assertThat(guarded.text("missing collection")).contains("NOT_FOUND");
    }

    @Test
    void aSealedFieldIsOpenedForItsReaderAndSealedInTheStore() {
        assertThat(guarded.value("opened").at("/0/secret").textValue()).isEqualTo("the vault is in the cellar");
        assertThat(guarded.value("stored").at("/2/secret").textValue()).startsWith("rdbt1.1.");
        assertThat(guarded.value("stored").at("/0/text").textValue()).isEqualTo("Ticket 1 of <EMAIL_ADDRESS>");
        assertThat(guarded.value("stored").at("/0/nested/list/0").textValue()).contains("<EMAIL_ADDRESS>");
    }

    @Test
    void theAuditNamesTheRecordsOfCalls() {
        assertThat(audit.stream()
                        .filter(record -> record.at("/route").asText().equals("grpc-retrieve"))
                        .map(record -> record.at("/records/0").asText()))
                .contains("5");
    }
}
