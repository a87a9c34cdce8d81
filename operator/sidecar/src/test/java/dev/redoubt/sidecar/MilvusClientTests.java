package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redoubt.policy.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The official Milvus client, unmodified, with a real Milvus Lite: bare, and through the guard. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class MilvusClientTests {
    @TempDir
    private static Path directory;

    private static final List<String> READS = List.of(
            "search",
            "search every field",
            "search filtered",
            "search grouped",
            "hybrid_search",
            "query",
            "query without a limit",
            "query one field",
            "get",
            "get vectors");

    private final String requirements;
    private final Server server;
    private Path packages;
    private ClientMatrix bare;
    private ClientMatrix guarded;
    private String audit;

    /** A way to start a server. */
    interface Server {
        MilvusLite start(Path packages, Path directory) throws IOException;
    }

    /** @param requirements what of e2e/clients installs client and server */
    MilvusClientTests(String requirements, Server server) {
        this.requirements = requirements;
        this.server = server;
    }

    @BeforeAll
    void useTheClient() throws Exception {
        packages = PythonPackages.of(ClientMatrix.requirements(requirements));
        Map<String, String> environment = Map.of(
                "PYTHONPATH", packages.toString(),
                "REDOUBT_KEY", Guards.KEY,
                "REDOUBT_OTHER_KEY", Guards.MANAGER_KEY);
        try (MilvusLite milvus = server.start(packages, Files.createDirectory(directory.resolve("bare")))) {
            bare = ClientMatrix.of("milvus.py", environment, "--direct", "--port", "" + milvus.port());
        }
        try (MilvusLite milvus = server.start(packages, Files.createDirectory(directory.resolve("guarded")));
                GuardFixture guard = new GuardFixture(Guards.milvus(Mode.Enforce), milvus.port())) {
            guarded = ClientMatrix.of(
                    "milvus.py", environment, "--port", "" + guard.port(), "--raw-port", "" + milvus.port());
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

    @Test
    void whatClientsOrdinarilyDoIsAllowed() {
        assertThat(guarded.operations("allowed"))
                .contains(
                        "list_collections",
                        "create_collection",
                        "create_collection quickly",
                        "insert",
                        "upsert",
                        "flush",
                        "load_collection",
                        "list_indexes",
                        "describe_index",
                        "get_collection_stats",
                        "delete by id",
                        "delete by filter");
        // the rest is what Milvus Lite does not serve, without a guard either
        assertThat(guarded.operations("refused"))
                .containsAll(bare.operations("refused"))
                .doesNotContainAnyElementsOf(READS);
        assertThat(guarded.operations("transformed")).containsAnyElementsOf(READS);
    }

    @Test
    void valuesOfEveryKindOfColumnAreRedactedAndTheOthersStay() {
        JsonNode hit = guarded.value("search every field").at("/0/0");
        assertThat(hit.get("id").intValue()).isZero();
        JsonNode record = hit.get("entity");
        assertThat(record.get("text").textValue()).isEqualTo("Ticket 0 of <EMAIL_ADDRESS>");
        assertThat(record.at("/about/nested/list/0").textValue()).isEqualTo("<EMAIL_ADDRESS>");
        assertThat(record.at("/about/nested/list/1").intValue()).isZero();
        assertThat(record.at("/tags/0").textValue()).isEqualTo("ticket");
        assertThat(record.at("/tags/1").textValue()).isEqualTo("<EMAIL_ADDRESS>");
        // fields that the schema does not declare
        assertThat(record.get("mail").textValue()).isEqualTo("<EMAIL_ADDRESS>");
        assertThat(record.at("/more/mail").textValue()).isEqualTo("<EMAIL_ADDRESS>");
        assertThat(guarded.value("get").at("/1/number").intValue()).isEqualTo(1);
    }

    @Test
    void recordsComeWithoutTheirVectors() {
        for (String read : List.of("search every field", "hybrid_search")) {
            assertThat(guarded.value(read).at("/0")).as(read).hasSize(3);
            assertThat(guarded.value(read).at("/0/0/entity").has("text"))
                    .as(read)
                    .isTrue();
            assertThat(guarded.value(read).at("/0/0/entity").has("vector"))
                    .as(read)
                    .isFalse();
        }
        assertThat(guarded.value("get vectors")).hasSize(2).allMatch(row -> row.has("id") && !row.has("vector"));
    }

    @Test
    void scoresAreRoundedAndLimitsHold() {
        assertThat(guarded.value("many").at("/0")).hasSize(10);
        for (JsonNode hit : guarded.value("many").at("/0")) {
            assertThat(Math.rint(hit.get("distance").doubleValue() * 20) / 20)
                    .isCloseTo(hit.get("distance").doubleValue(), within(1e-6));
        }
        assertThat(guarded.value("query without a limit")).hasSize(10);
        assertThat(guarded.value("count").at("/0/count(*)").intValue()).isEqualTo(20);
    }

    @Test
    void aFilterMeetsWhatWasRedactedWhenItWasStored() {
        assertThat(guarded.value("found by mail")).hasSize(4);
    }

    @Test
    void refusalsRaiseTheClientsOwnExceptionsAndNeverTellTheText() {
        Map<String, String> refused = Map.of(
                "query_iterator", "retrieval.bulkExport",
                "search_iterator", "retrieval.bulkExport",
                "insert a card", "CREDIT_CARD",
                "search for a card", "CREDIT_CARD",
                "broken filter", "a bracket is not closed",
                "drop_collection", "clients.allow",
                "unknown key", "The client is not known");
        refused.forEach((operation, rule) -> {
            assertThat(guarded.error(operation)).as(operation).isEqualTo("MilvusException");
            assertThat(guarded.text(operation)).as(operation).contains(rule).doesNotContain("4111");
        });
        for (String operation : List.of("list_users", "create_user", "list_roles", "run_analyzer")) {
            assertThat(guarded.text(operation)).as(operation).contains("PERMISSION_DENIED");
        }
        assertThat(guarded.error("wrong dimension")).isEqualTo("MilvusException");
        assertThat(guarded.error("missing collection")).isEqualTo("MilvusException");
    }

    @Test
    void theStoreAndTheAuditHoldNoneOfIt() {
        assertThat(guarded.value("stored")).hasSize(20);
        assertThat(guarded.value("stored").toString())
                .contains("Ticket 7 of <EMAIL_ADDRESS>")
                .doesNotContain("ann.lee");
        assertThat(audit)
                .contains("hybrid-search")
                .doesNotContain("ann.lee")
                .doesNotContain("4111 1111")
                .doesNotContain("41111111");
    }

    @Test
    void theProfilesMessagesAreThoseOfTheClient() throws Exception {
        List<String> modules = Stream.of("milvus", "common", "schema", "msg")
                .map(name -> "pymilvus.grpc_gen." + name + "_pb2")
                .toList();
        List<String> command = new ArrayList<>(
                List.of("python3", ClientMatrix.CLIENTS.resolve("schema.py").toString()));
        command.addAll(modules);
        command.add("--check");
        command.add(
                Path.of(System.getProperty("redoubt.root"), "operator/profiles/src/main/resources/schemas/milvus.yaml")
                        .toString());
        assertThat(Program.run(command, Map.of("PYTHONPATH", packages.toString())))
                .isBlank();
    }
}
