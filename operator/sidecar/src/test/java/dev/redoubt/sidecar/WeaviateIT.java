package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redoubt.policy.Bounds;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Mode;
import dev.redoubt.policy.VectorProtection;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Weaviate's official client, unmodified, with a real Weaviate: bare, and through the guard. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WeaviateIT {
    private static final Path SERVER = Path.of(System.getProperty("redoubt.root"), "e2e", "servers", "weaviate", "run");

    @TempDir
    private static Path directory;

    private Program weaviate;
    private int http;
    private int grpc;
    private GuardFixture guard;
    private ClientMatrix bare;
    private ClientMatrix guarded;

    @BeforeAll
    void useTheClient() throws Exception {
        Program.run(List.of(SERVER.resolveSibling("build").toString()), Map.of());
        http = Program.freePort();
        grpc = Program.freePort();
        weaviate = Program.start(
                List.of(SERVER.toString(), directory.resolve("data").toString(), "" + http, "" + grpc),
                Map.of(),
                directory.resolve("weaviate.log"));
        weaviate.awaitAnswer(URI.create("http://127.0.0.1:" + http + "/v1/.well-known/ready"));
        guard = guard(config());
        bare = run(http, grpc, "--direct");
        guarded = run(guard.port(0), guard.port(1));
    }

    private static GuardConfig config() {
        return Guards.store("Weaviate", Guards.chroma(Mode.Enforce, Bounds.DEFAULT, 10, List.of("note")));
    }

    private GuardFixture guard(GuardConfig config) throws Exception {
        return new GuardFixture(
                config, List.of(new Settings.Port("http", 0, http), new Settings.Port("grpc", 0, grpc)));
    }

    private static Map<String, String> packages() throws Exception {
        return Map.of(
                "PYTHONPATH",
                PythonPackages.of(ClientMatrix.requirements("weaviate")).toString());
    }

    private static ClientMatrix run(int http, int grpc, String... more) throws Exception {
        Map<String, String> environment = new HashMap<>(packages());
        environment.put("REDOUBT_KEY", Guards.KEY);
        environment.put("REDOUBT_OTHER_KEY", Guards.SLOW_KEY);
        List<String> arguments = new ArrayList<>(List.of("--port", "" + http, "--grpc-port", "" + grpc));
        arguments.addAll(List.of(more));
        return ClientMatrix.of("weaviate.py", environment, arguments.toArray(String[]::new));
    }

    @AfterAll
    void stop() throws Exception {
        guard.close();
        weaviate.close();
    }

    @Test
    void everyDoorIsOpenAtTheBareServer() {
        assertThat(bare.closedDoors()).isEmpty();
    }

    @Test
    void noDoorIsOpenThroughTheGuard() {
        assertThat(guarded.openDoors()).isEmpty();
        assertThat(guarded.closedDoors()).hasSameSizeAs(bare.openDoors());
    }

    @Test
    void theClientDoesWhatApplicationsDo() {
        assertThat(guarded.operations("allowed"))
                .contains(
                        "connect",
                        "collections.create",
                        "config.add_property",
                        "data.insert",
                        "data.insert_many",
                        "batch.fixed_size",
                        "batch.dynamic",
                        "BatchStream, by the client's stub",
                        "data.update",
                        "data.replace",
                        "data.reference_add_many",
                        "data.reference_replace",
                        "data.delete_by_id",
                        "query.fetch_object_by_id",
                        "query.near_vector",
                        "query.near_object",
                        "query.bm25",
                        "query.hybrid",
                        "query.near_vector(group_by)",
                        "aggregate.over_all(group_by)",
                        "graphql_raw_query",
                        "tenants.query");
    }

    @Test
    void whatIsReadComesRedacted() {
        assertThat(guarded.operations("transformed"))
                .containsExactly(
                        "query.fetch_object_by_id(properties)",
                        "query.fetch_objects_by_ids",
                        "query.near_vector(offset)");
        assertThat(bare.operations("transformed")).isEmpty();
    }

    @Test
    void whatReadsInBulkOrManagesIsRefusedWithTheClientsOwnException() {
        for (String operation : List.of(
                "query.fetch_objects",
                "query.fetch_objects(sort)",
                "query.near_vector(offset 5000)",
                "iterator",
                "data.delete_many",
                "tenants.remove",
                "config.update",
                "backup.create",
                "collections.delete",
                "data.insert(card)",
                "data.insert_many(card)")) {
            assertThat(guarded.error(operation)).as(operation).isEqualTo("InsufficientPermissionsError");
        }
        assertThat(guarded.text("iterator")).contains("retrieval.bulkExport");
        assertThat(guarded.text("data.insert(card)")).contains("CREDIT_CARD").doesNotContain("4111");
        assertThat(guarded.error("generate.near_vector")).isEqualTo("WeaviateQueryError");
        assertThat(guarded.error("stranger")).isEqualTo("UnexpectedStatusCodeError");
        assertThat(guarded.text("stranger")).contains("The client is not known");
    }

    @Test
    void whatWasIngestedIsFoundAgainWithoutItsVectorAndItsPeople() {
        JsonNode one = guarded.value("one");
        assertThat(one.at("/properties/text").textValue()).isEqualTo("Ticket 1 of <EMAIL_ADDRESS>");
        assertThat(one.at("/properties/tags/1").textValue()).isEqualTo("<EMAIL_ADDRESS>");
        assertThat(one.at("/properties/size").intValue()).isEqualTo(1);
        assertThat(one.get("vector")).isEmpty();
        JsonNode near = guarded.value("near");
        assertThat(near).hasSize(10);
        assertThat(near.at("/0/properties/text").textValue()).isEqualTo("Ticket 0 of <EMAIL_ADDRESS>");
        for (JsonNode each : near) {
            double steps = each.get("distance").doubleValue() / 0.05;
            assertThat(steps).isCloseTo(Math.rint(steps), within(1e-4));
        }
        // a filter is redacted like what it looks for
        assertThat(guarded.value("filtered")).isNotEmpty();
    }

    @Test
    void sealedFieldsOpenInEveryApiForThoseWhoMayOpenThem() {
        assertThat(guarded.value("one").at("/properties/note").textValue()).isEqualTo("Note 1 of <EMAIL_ADDRESS>");
        assertThat(guarded.value("rest").at("/1/properties/note").textValue()).isEqualTo("Note 1 of <EMAIL_ADDRESS>");
        assertThat(guarded.value("graphql").at("/1/data/Get/Tickets/0/n").textValue())
                .isEqualTo("Note 1 of <EMAIL_ADDRESS>");
        assertThat(guarded.value("streamed").get("note").textValue()).isEqualTo("Note 19 of <EMAIL_ADDRESS>");
        assertThat(guarded.value("sealed").get("note").textValue()).startsWith("rdbt1.1.");
    }

    @Test
    void theSchemaOfTheProfileIsThatOfTheClient() throws Exception {
        Path root = Path.of(System.getProperty("redoubt.root"));
        List<String> command = new ArrayList<>(
                List.of("python3", root.resolve("e2e/clients/schema.py").toString()));
        for (String file : List.of(
                "search_get",
                "batch",
                "batch_delete",
                "aggregate",
                "tenants",
                "health_weaviate",
                "base",
                "base_search",
                "properties")) {
            command.add("weaviate.proto.v1.v6300.v1." + file + "_pb2");
        }
        command.addAll(List.of(
                "google.protobuf.struct_pb2",
                "--check",
                root.resolve("operator/profiles/src/main/resources/schemas/weaviate.yaml")
                        .toString()));
        assertThat(Program.run(command, packages())).isBlank();
    }

    @Test
    void aProtectedVectorIsStoredChangedAndFoundAgainByTheSameVectorInEveryApi() throws Exception {
        GuardConfig config = config().with()
                .vectorProtection(new VectorProtection(
                        VectorProtection.Method.ScaleAndPerturb, VectorProtection.Method.ScaleAndPerturb.usual()))
                .build();
        try (GuardFixture protecting = guard(config)) {
            String script = Path.of(WeaviateIT.class
                            .getResource("/clients/weaviate_vectors.py")
                            .toURI())
                    .toString();
            String output = Program.run(
                    List.of("python3", script, "" + protecting.port(0), "" + protecting.port(1), Guards.KEY),
                    packages());
            JsonNode overGrpc = new ObjectMapper().readTree(output);
            assertThat(overGrpc.get("errors").intValue()).isZero();
            assertThat(overGrpc.at("/found/0").intValue()).isEqualTo(3);
            assertThat(overGrpc.get("found")).hasSize(5);

            String query = "{\"query\":\"{Get{Numbers(limit:1 nearVector:{vector:[3,1,0.5,-9]}){n}}}\"}";
            assertThat(protecting.post("/v1/graphql", Guards.KEY, query).body()).contains("{\"Numbers\":[{\"n\":3}]}");
            URI stored = URI.create("http://127.0.0.1:" + http
                    + "/v1/objects/Numbers/00000000-0000-0000-0000-000000000004?include=vector");
            assertThat(protecting
                            .client
                            .send(HttpRequest.newBuilder(stored).build(), HttpResponse.BodyHandlers.ofString())
                            .body())
                    .contains("\"vectors\":{\"default\":[")
                    .doesNotContain("[3,1,0.5,-9]");
        }
    }

    @Test
    void theStoresFilesHoldNoSealedText() throws IOException {
        // the bare run left records of its own; what it calls Note was taken out with its collection
        try (Stream<Path> files = Files.walk(directory.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .doesNotContain("Note 1 of <");
            }
        }
    }
}
