package dev.redoubt.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Every official client with every store and model on the cluster, through the Services that were there before: without
 * a guard, and with one. The records that nobody redacted come in while the pipeline only observes.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class StoresIT {
    private static final Path PAGE = Shell.ROOT.resolve("docs/engines/clients.md");
    private static final String MARK = "<!-- from here on as StoresIT prints it -->\n";

    /** Doors of the functions and the role that the generated SQL makes: before it was run they lead nowhere. */
    private static final List<String> DOORS_OF_THE_ROLES = List.of(
            "search by function",
            "get by function",
            "get by function, binary",
            "COPY function TO STDOUT",
            "SET ROLE to the owner",
            "another search path");

    /** Workloads, and on which ports their clients reach them. */
    private static final Map<String, List<Integer>> WORKLOADS = new TreeMap<>(Map.of(
            "weaviate", List.of(8080, 50051),
            "opensearch", List.of(9200),
            "postgres", List.of(5432),
            "chroma", List.of(8000),
            "chat", List.of(8080),
            "embeddings", List.of(8080),
            "ranking", List.of(8080),
            "ollama", List.of(11434)));

    private final Stores stores = new Stores("e2e-stores");
    private final Map<String, JsonNode> bare = new LinkedHashMap<>();
    private final Map<String, JsonNode> guarded = new LinkedHashMap<>();
    private final Map<String, Map<Integer, Boolean>> barePorts = new TreeMap<>();
    private final Map<String, Map<Integer, Boolean>> guardedPorts = new TreeMap<>();

    @BeforeAll
    void useEveryClientWithoutAGuardAndWithOne() throws IOException {
        String tables = Files.readString(Shell.ROOT.resolve("e2e/clients/pgvector.sql"));
        stores.clear();
        stores.deploy();
        stores.sql(5432, tables);
        for (StoreClient client : StoreClient.ALL) {
            bare.put(client.script(), client.useDirectly(stores));
        }
        WORKLOADS.keySet().forEach(workload -> barePorts.put(workload, stores.reachablePorts(workload)));

        stores.observe();
        stores.sql(15432, tables);
        for (StoreClient client : StoreClient.ALL) {
            client.store(stores);
        }
        stores.enforce();
        stores.restartClient();
        for (StoreClient client : StoreClient.ALL) {
            guarded.put(client.script(), client.use(stores));
        }
        WORKLOADS.keySet().forEach(workload -> guardedPorts.put(workload, stores.reachablePorts(workload)));
        System.out.println(table());
    }

    @AfterAll
    void giveTheNodeBack() {
        stores.clear();
    }

    @Test
    void everyDoorIsOpenWithoutAGuard() {
        bare.forEach((script, report) -> {
            Map<String, Boolean> doors = ClientTable.doors(report);
            if (script.equals("pgvector")) {
                doors.keySet().removeAll(DOORS_OF_THE_ROLES);
            }
            assertThat(doors).as(script).isNotEmpty().doesNotContainValue(false);
        });
    }

    @Test
    void noDoorIsOpenThroughTheGuard() {
        guarded.forEach((script, report) -> assertThat(ClientTable.doors(report))
                .as(script)
                .hasSameSizeAs(ClientTable.doors(bare.get(script)))
                .doesNotContainValue(true));
    }

    /** Of Weaviate no setting confines gRPC and the ports of its cluster, of OpenSearch not those among nodes. */
    @Test
    void otherPodsReachNoPortOfAGuardedPodButThoseOfItsGuard() {
        assertThat(barePorts.get("weaviate")).hasSizeGreaterThan(4);
        barePorts.forEach((workload, ports) ->
                assertThat(ports).as(workload + " without a guard").doesNotContainValue(false));
        guardedPorts.forEach((workload, ports) -> ports.forEach((port, open) -> assertThat(open)
                .as("port " + port + " of " + workload)
                .isEqualTo(WORKLOADS.get(workload).contains(port) || port == Stores.HEALTH_PORT)));
    }

    @Test
    void whatBecomesOfEveryOperationIsWhatThePageSays() throws IOException {
        String page = Files.readString(PAGE);
        String head = page.substring(0, page.indexOf(MARK) + MARK.length());
        if (Boolean.getBoolean("redoubt.update")) {
            Files.writeString(PAGE, head + table());
        }
        assertThat(Files.readString(PAGE)).isEqualTo(head + table());
    }

    /** Both tables, which are also left in e2e/target. */
    private String table() {
        ClientTable table = new ClientTable();
        bare.forEach((script, report) -> table.add(report, guarded.get(script)));
        guardedPorts.forEach((workload, ports) -> ports.forEach((port, open) -> {
            if (!WORKLOADS.get(workload).contains(port) && port != Stores.HEALTH_PORT) {
                table.addPort(workload, port, barePorts.get(workload).get(port), open);
            }
        }));
        try {
            Path target = Files.createDirectories(Shell.ROOT.resolve("e2e/target"));
            Files.writeString(target.resolve("clients.md"), table.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return table.toString();
    }
}
