package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
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

/** The official OpenSearch client, unmodified, with searchable fields in a real OpenSearch. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenSearchSearchableIT {
    private static final String SERVER = PythonPackages.IMAGES
            .resolveSibling(".")
            .resolve("servers/opensearch/start")
            .toString();

    @TempDir
    private static Path directory;

    private JsonNode seen;

    @BeforeAll
    void useTheClients() throws Exception {
        Path packages = PythonPackages.of(ClientMatrix.requirements("opensearch"));
        Program.run(List.of(SERVER, "--fetch"), Map.of());
        int port = Program.freePort();
        Program server = Program.start(
                List.of(
                        SERVER,
                        directory.resolve("data").toString(),
                        Integer.toString(port),
                        Integer.toString(Program.freePort())),
                Map.of(),
                directory.resolve("server.log"));
        try {
            server.awaitAnswer(URI.create("http://127.0.0.1:" + port + "/"));
            try (GuardFixture guard =
                    new GuardFixture(Guards.searchable("OpenSearch", "customer", "level", "open"), port)) {
                String script = Path.of(OpenSearchSearchableIT.class
                                .getResource("/clients/opensearch_searchable.py")
                                .toURI())
                        .toString();
                List<String> command = List.of(
                        "python3",
                        script,
                        Integer.toString(guard.port()),
                        Guards.KEY,
                        Guards.CLOSED_KEY,
                        Integer.toString(port));
                seen = new ObjectMapper().readTree(Program.run(command, Map.of("PYTHONPATH", packages.toString())));
            }
        } finally {
            server.close();
        }
    }

    @Test
    void queriesByEqualityFindWhatTheyWouldFindWithoutAGuard() {
        Map<String, List<String>> expected = Map.of(
                "equal", List.of("t0", "t2", "t4"),
                "value", List.of("t0", "t2", "t4"),
                "not", List.of("t1", "t3", "t5"),
                "in", List.of("t0", "t2", "t4"),
                "both", List.of("t2"),
                "decimal", List.of("t4", "t5"),
                "truth", List.of("t0", "t1", "t2"),
                "nobody", List.of());
        expected.forEach((name, ids) -> {
            for (String who : List.of("", "closed ")) {
                List<String> found = new ArrayList<>();
                assertThat(seen.get(who + name).has("value"))
                        .as(who + name + seen.get(who + name))
                        .isTrue();
                seen.at("/" + who + name + "/value").forEach(id -> found.add(id.textValue()));
                assertThat(found).as(who + name).isEqualTo(ids);
            }
        });
    }

    @Test
    void otherQueriesAreRefusedByTheNameOfTheField() {
        assertThat(seen.at("/range/text").textValue()).contains("level", "equality");
        assertThat(seen.at("/match/text").textValue()).contains("customer", "equality");
    }

    @Test
    void whoMayOpenReadsValuesAlsoWhereTheyAreCountedAndSorted() {
        assertThat(seen.at("/open/value").toString())
                .isEqualTo("{\"customer\":\"Zyxcorp\",\"level\":0,\"open\":true,\"kind\":\"k\"}");
        JsonNode buckets = seen.at("/open count/value/aggregations/customers/buckets");
        assertThat(buckets.findValuesAsText("key")).containsExactlyInAnyOrder("Zyxcorp", "Quuxworks");
        assertThat(seen.at("/open count/value/hits/hits/0/sort/0").textValue()).isIn("Zyxcorp", "Quuxworks");
    }

    @Test
    void whoMayNotOpenReadsTokens() {
        assertThat(seen.at("/closed/value/customer").textValue()).startsWith("rdbs1.");
        assertThat(seen.at("/closed count/value/aggregations/customers/buckets").findValuesAsText("key"))
                .hasSize(2)
                .allMatch(key -> key.startsWith("rdbs1."));
        assertThat(seen.at("/closed count").toString()).doesNotContain("Zyxcorp", "Quuxworks");
    }

    @Test
    void neitherTheStoresAnswersNorItsFilesHoldAValue() throws IOException {
        assertThat(seen.at("/stored/hits/hits")).hasSize(6);
        assertThat(seen.get("stored").toString()).contains("rdbs1.").doesNotContain("Zyxcorp", "Quuxworks");
        try (Stream<Path> files = Files.walk(directory.resolve("data"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain("Zyxcorp", "Quuxworks");
            }
        }
    }
}
