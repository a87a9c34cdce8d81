package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redoubt.policy.Bounds;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Mode;
import dev.redoubt.policy.VectorProtection;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The official OpenSearch client, unmodified, to a real OpenSearch with k-NN: alone, then through the guard. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenSearchIT {
    private static final Path E2E = PythonPackages.IMAGES.resolveSibling(".");
    private static final String SERVER = E2E.resolve("servers/opensearch/start").toString();

    /** What of them may be asked through a guard by somebody who may query and ingest. */
    private static final List<String> REFUSED = List.of(
            "blocked text",
            "cat.indices",
            "cluster.state",
            "create_pit",
            "delete_by_query of a filter",
            "helpers.scan",
            "indices.delete",
            "indices.get_settings",
            "missing index",
            "missing record",
            "no id for a sealed field",
            "nodes.info",
            "put_script",
            "reindex",
            "search by pattern",
            "search every index",
            "stranger",
            "tasks.list",
            "update_by_query",
            "wrong dimension");

    @TempDir
    private static Path directory;

    private Program server;
    private int port;
    private GuardFixture guard;
    private ClientMatrix direct;
    private ClientMatrix guarded;

    @BeforeAll
    void useTheClient() throws Exception {
        String packages =
                PythonPackages.of(ClientMatrix.requirements("opensearch")).toString();
        Program.run(List.of(SERVER, "--fetch"), Map.of());
        port = Program.freePort();
        server = Program.start(
                List.of(
                        SERVER,
                        directory.resolve("data").toString(),
                        Integer.toString(port),
                        Integer.toString(Program.freePort())),
                Map.of(),
                directory.resolve("opensearch.log"));
        server.awaitAnswer(URI.create("http://127.0.0.1:" + port + "/"));
        guard = new GuardFixture(Guards.store("OpenSearch", Mode.Enforce, Bounds.DEFAULT, 10, List.of("note")), port);
        Map<String, String> environment =
                Map.of("PYTHONPATH", packages, "REDOUBT_KEY", Guards.KEY, "REDOUBT_OTHER_KEY", Guards.SLOW_KEY);
        direct = ClientMatrix.of("opensearch.py", environment, "--direct", "--port", Integer.toString(port));
        guarded = ClientMatrix.of("opensearch.py", environment, "--port", Integer.toString(guard.port()));
    }

    @AfterAll
    void stop() throws Exception {
        guard.close();
        server.close();
    }

    @Test
    void everySideDoorThatIsOpenWithoutAGuardIsClosedByIt() {
        assertThat(direct.closedDoors()).isEmpty();
        assertThat(guarded.openDoors()).isEmpty();
        assertThat(guarded.closedDoors()).isEqualTo(direct.openDoors());
    }

    @Test
    void whatApplicationsDoGoesOnAndNothingElse() {
        List<String> refused = guarded.outcomes().entrySet().stream()
                .filter(row -> row.getValue().equals("refused"))
                .map(Map.Entry::getKey)
                .toList();
        assertThat(refused).containsExactlyElementsOf(REFUSED);
        assertThat(guarded.outcomes())
                .containsEntry("get", "transformed")
                .containsEntry("mget", "transformed")
                .containsEntry("count", "allowed");
    }

    @Test
    void refusalsRaiseTheClientsOwnExceptionsAndNeverTellTheText() {
        for (String operation : List.of("helpers.scan", "create_pit", "indices.delete", "reindex", "nodes.info")) {
            assertThat(guarded.raised(operation)).as(operation).startsWith("AuthorizationException: ");
        }
        assertThat(guarded.raised("helpers.scan")).contains("retrieval.bulkExport");
        assertThat(guarded.raised("blocked text")).contains("CREDIT_CARD").doesNotContain("4111");
        assertThat(guarded.raised("stranger")).startsWith("AuthenticationException: ");
        assertThat(guarded.raised("missing record")).startsWith("NotFoundError: ");
        assertThat(guarded.raised("missing index"))
                .startsWith("NotFoundError: ")
                .contains("index_not_found");
        assertThat(guarded.raised("wrong dimension"))
                .startsWith("RequestError: ")
                .contains("mapper_parsing");
        assertThat(guarded.raised("no id for a sealed field")).startsWith("RequestError: ");
    }

    @Test
    void hitsAreAsManyAsThePolicyAllowsWithoutVectorsAndWithRoundedScores() {
        for (JsonNode answer :
                List.of(guarded.value("found"), guarded.value("several").at("/responses/0"))) {
            JsonNode hits = answer.at("/hits/hits");
            assertThat(hits).hasSize(10);
            assertThat(hits.at("/0/_id").textValue()).isIn("3", "19");
            for (JsonNode hit : hits) {
                assertThat(hit.at("/_source/vec").isNull()).isTrue();
                assertThat(hit.at("/_source/email").textValue()).isEqualTo("<EMAIL_ADDRESS>");
                assertThat(hit.at("/_source/note").textValue()).matches("(a new |another )?confidential note.*");
                assertThat(hit.get("_score").decimalValue().remainder(new BigDecimal("0.05")))
                        .isEqualByComparingTo("0");
            }
        }
    }

    @Test
    void whoMayOpenReadsWhatEveryWayOfWritingSealedAndOthersReadSeals() {
        assertThat(guarded.value("own").at("/docs/0/_source/note").textValue()).isEqualTo("a new confidential note");
        assertThat(guarded.value("own").at("/docs/1/_source/note").textValue()).isEqualTo("another confidential note");
        assertThat(guarded.value("own").at("/docs/2/_source/note").textValue()).isEqualTo("confidential note 3");
        for (JsonNode document : guarded.value("other").get("docs")) {
            assertThat(document.at("/_source/note").textValue()).startsWith("rdbt1.1.");
        }
    }

    /** Asks the store past the guard. */
    private JsonNode bare(HttpRequest.BodyPublisher body, String target) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + target))
                .header("content-type", "application/json")
                .POST(body)
                .build();
        return new ObjectMapper()
                .readTree(HttpClient.newHttpClient()
                        .send(request, HttpResponse.BodyHandlers.ofString())
                        .body());
    }

    @Test
    void theStoreHoldsNeitherPersonalDataNorTheSealedTexts() throws Exception {
        // a search sees what was written before the last refresh
        bare(HttpRequest.BodyPublishers.noBody(), "/tickets/_refresh");
        JsonNode hits = bare(HttpRequest.BodyPublishers.ofString("{}"), "/tickets/_search?size=100")
                .at("/hits/hits");
        assertThat(hits).hasSize(18);
        for (JsonNode hit : hits) {
            assertThat(hit.at("/_source/note").textValue()).startsWith("rdbt1.1.");
            assertThat(hit.at("/_source/text").textValue()).endsWith(" of <EMAIL_ADDRESS>");
            assertThat(hit.at("/_source/vec")).hasSize(16);
        }
        String files = files(directory.resolve("data"));
        // what was written past the guard shows that the files can be read
        assertThat(files).contains("Contact Ann Lee at ann.lee@example.com");
        assertThat(files).doesNotContain("confidential");
    }

    @Test
    void aProtectedVectorIsStoredChangedAndFoundAgainByTheSameVector() throws Exception {
        GuardConfig config = Guards.store("OpenSearch", Mode.Enforce, Bounds.DEFAULT, 10, List.of())
                .with()
                .vectorProtection(new VectorProtection(
                        VectorProtection.Method.ScaleAndPerturb, VectorProtection.Method.ScaleAndPerturb.usual()))
                .build();
        try (GuardFixture protecting = new GuardFixture(config, port)) {
            Path script = Path.of(OpenSearchIT.class
                    .getResource("/clients/opensearch_vectors.py")
                    .toURI());
            Path packages = PythonPackages.of(ClientMatrix.requirements("opensearch"));
            String output = Program.run(
                    List.of("python3", script.toString(), "" + protecting.port(), Guards.KEY),
                    Map.of("PYTHONPATH", packages.toString()));
            JsonNode found = new ObjectMapper().readTree(output).get("found");
            assertThat(found).hasSize(6);
            assertThat(found.get(0).textValue()).isEqualTo("3");
        }
        JsonNode hits = bare(HttpRequest.BodyPublishers.ofString("{}"), "/protected/_search?size=100")
                .at("/hits/hits");
        assertThat(hits).hasSize(6);
        for (JsonNode hit : hits) {
            int id = Integer.parseInt(hit.get("_id").textValue());
            JsonNode vector = hit.at("/_source/vec");
            assertThat(vector).hasSize(16);
            long same = IntStream.range(0, 16)
                    .filter(d -> vector.get(d).doubleValue() == (id * 11 + d * d) % 17 / 16.0)
                    .count();
            assertThat(same).as("components that are as they were sent").isLessThanOrEqualTo(1);
        }
    }

    private static String files(Path root) throws IOException {
        List<String> contents = new ArrayList<>();
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.add(Files.readString(file, StandardCharsets.ISO_8859_1));
            }
        }
        return String.join("\n", contents);
    }
}
