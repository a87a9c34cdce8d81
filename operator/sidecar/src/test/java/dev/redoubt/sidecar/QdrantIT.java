package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The official Qdrant client, unmodified, over REST, to a stub of Qdrant: without a guard and through one. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QdrantIT {
    @TempDir
    private static Path directory;

    private JsonNode direct;
    private JsonNode guarded;
    private List<JsonNode> audit;

    @BeforeAll
    void useTheClient() throws Exception {
        try (StubQdrant bare = new StubQdrant(directory.resolve("bare.log"))) {
            direct = run("--direct", "--port", Integer.toString(bare.port));
        }
        try (StubQdrant store = new StubQdrant(directory.resolve("store.log"));
                GuardFixture guard = new GuardFixture(Guards.qdrant(List.of("secret")), store.port)) {
            guarded = run("--port", Integer.toString(guard.port()), "--raw-port", Integer.toString(store.port));
            audit = guard.audit();
        }
    }

    private static JsonNode run(String... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(
                "python3",
                StubQdrant.E2E.resolve(Path.of("clients", "qdrant.py")).toString()));
        command.addAll(List.of(arguments));
        Map<String, String> environment = new HashMap<>(StubQdrant.environment());
        environment.put("REDOUBT_KEY", Guards.KEY);
        return new ObjectMapper().readTree(Program.run(command, environment));
    }

    @AfterAll
    void printBothTables() {
        System.out.println("Qdrant (stub), qdrant-client over REST: operation, bare, guarded");
        for (JsonNode row : guarded.get("operations")) {
            String name = row.get("operation").textValue();
            JsonNode bare = find(direct, "operations", "operation", name);
            System.out.printf(
                    "%-34s %-12s %-12s %s%n",
                    name,
                    bare == null ? "-" : bare.get("outcome").textValue(),
                    row.get("outcome").textValue(),
                    row.path("error").asText(""));
        }
        System.out.println("side door, bare, guarded");
        for (JsonNode row : guarded.get("doors")) {
            String name = row.get("door").textValue();
            boolean bare = find(direct, "doors", "door", name).get("open").booleanValue();
            System.out.printf(
                    "%-34s %-12s %s%n",
                    name, bare ? "open" : "closed", row.get("open").booleanValue() ? "open" : "closed");
        }
    }

    private static JsonNode find(JsonNode report, String table, String key, String name) {
        for (JsonNode row : report.get(table)) {
            if (row.get(key).textValue().equals(name)) {
                return row;
            }
        }
        return null;
    }

    private static String outcome(JsonNode report, String operation) {
        return find(report, "operations", "operation", operation).get("outcome").textValue();
    }

    private static TreeSet<String> refused(JsonNode report) {
        TreeSet<String> refused = new TreeSet<>();
        for (JsonNode row : report.get("operations")) {
            if (row.get("outcome").textValue().equals("refused")) {
                refused.add(row.get("operation").textValue());
            }
        }
        return refused;
    }

    @Test
    void everySideDoorIsOpenWithoutAGuardAndClosedBehindIt() {
        assertThat(direct.get("doors")).hasSize(24).allSatisfy(door -> assertThat(
                        door.get("open").booleanValue())
                .as(door.get("door").textValue())
                .isTrue());
        assertThat(guarded.get("doors")).hasSize(24).allSatisfy(door -> assertThat(
                        door.get("open").booleanValue())
                .as(door.get("door").textValue())
                .isFalse());
    }

    @Test
    void whatAnApplicationDoesEveryDayWorks() {
        assertThat(refused(direct)).containsExactly("missing collection");
        assertThat(refused(guarded))
                .containsExactly(
                        "card",
                        "create_snapshot",
                        "delete (filter)",
                        "delete_collection",
                        "missing collection",
                        "query_points (formula)",
                        "query_points (offset 5000)",
                        "retrieve (100 ids)",
                        "scroll (everything)",
                        "scroll (next page)",
                        "stranger",
                        "update_collection");
        for (String transformed : List.of(
                "query_points (texts)", "query_points (limit 1000)", "query_points (with_vectors)", "retrieve")) {
            assertThat(outcome(guarded, transformed)).as(transformed).isEqualTo("transformed");
            assertThat(outcome(direct, transformed)).as(transformed).isEqualTo("allowed");
        }
        assertThat(guarded.at("/values/query").toString()).contains("<EMAIL_ADDRESS>");
    }

    @Test
    void refusalsRaiseTheClientsOwnExceptionAndNameTheRule() {
        for (JsonNode row : guarded.get("operations")) {
            if (row.get("outcome").textValue().equals("refused")) {
                assertThat(row.get("error").textValue())
                        .as(row.get("operation").textValue())
                        .isEqualTo("UnexpectedResponse");
                assertThat(row.get("text").textValue()).doesNotContain("4111");
            }
        }
        assertThat(find(guarded, "operations", "operation", "scroll (everything)")
                        .get("text")
                        .textValue())
                .contains("retrieval.bulkExport");
        assertThat(find(guarded, "operations", "operation", "card").get("text").textValue())
                .contains("CREDIT_CARD");
    }

    @Test
    void scoresAreRounded() {
        assertThat(guarded.at("/values/scores")).hasSize(10);
        for (JsonNode score : guarded.at("/values/scores")) {
            assertThat(new BigDecimal(score.asText()).remainder(new BigDecimal("0.05")))
                    .isEqualByComparingTo("0");
        }
    }

    @Test
    void aSealedFieldIsOpenedForItsReaderAndSealedInTheStore() {
        assertThat(guarded.at("/values/opened/0/secret").textValue()).isEqualTo("the vault is in the cellar");
        assertThat(guarded.at("/values/stored/0/secret").textValue()).startsWith("rdbt1.1.");
        assertThat(direct.at("/values/stored/0/secret").textValue()).isEqualTo("the vault is in the cellar");
    }

    @Test
    void hitsWithWhatIsBlockedAreTakenOutAndTheAuditSaysSo() {
        assertThat(direct.at("/values/kept")).hasSize(3);
        assertThat(guarded.at("/values/kept")).hasSize(1);
        assertThat(guarded.at("/values/kept/0").intValue()).isEqualTo(50);
        assertThat(audit.get(audit.size() - 1).get("withheld").intValue()).isEqualTo(2);
    }
}
