package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Weaviate's official client, unmodified, with searchable properties in a real Weaviate. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WeaviateSearchableIT {
    private static final Path SERVER = Path.of(System.getProperty("redoubt.root"), "e2e", "servers", "weaviate", "run");

    @TempDir
    private static Path directory;

    private JsonNode seen;

    @BeforeAll
    void useTheClients() throws Exception {
        Path packages = PythonPackages.of(ClientMatrix.requirements("weaviate"));
        Program.run(List.of(SERVER.resolveSibling("build").toString()), Map.of());
        int http = Program.freePort();
        int grpc = Program.freePort();
        Program weaviate = Program.start(
                List.of(SERVER.toString(), directory.resolve("data").toString(), "" + http, "" + grpc),
                Map.of(),
                directory.resolve("weaviate.log"));
        try {
            weaviate.awaitAnswer(URI.create("http://127.0.0.1:" + http + "/v1/.well-known/ready"));
            List<Settings.Port> ports = List.of(new Settings.Port("http", 0, http), new Settings.Port("grpc", 0, grpc));
            try (GuardFixture guard = new GuardFixture(Guards.searchable("Weaviate", "customer", "tags"), ports)) {
                String script = Path.of(WeaviateSearchableIT.class
                                .getResource("/clients/weaviate_searchable.py")
                                .toURI())
                        .toString();
                List<String> command = List.of(
                        "python3",
                        script,
                        "" + guard.port(0),
                        "" + guard.port(1),
                        Guards.KEY,
                        Guards.CLOSED_KEY,
                        "" + http);
                seen = new ObjectMapper().readTree(Program.run(command, Map.of("PYTHONPATH", packages.toString())));
            }
        } finally {
            weaviate.close();
        }
    }

    @Test
    void filtersByEqualityFindWhatTheyWouldFindWithoutAGuard() {
        assertThat(seen.get("failed")).isEmpty();
        Map<String, List<Integer>> expected = Map.of(
                "equal", List.of(0, 2, 4),
                "not", List.of(1, 3, 5),
                "any", List.of(0, 2, 4),
                "both", List.of(2, 4),
                "tag", List.of(0, 2, 4),
                "nobody", List.of());
        expected.forEach((name, numbers) -> {
            for (String who : List.of("", "closed ")) {
                List<Integer> found = new ArrayList<>();
                assertThat(seen.get(who + name).has("value"))
                        .as(who + name + seen.get(who + name))
                        .isTrue();
                seen.at("/" + who + name + "/value").forEach(number -> found.add(number.intValue()));
                assertThat(found).as(who + name).isEqualTo(numbers);
            }
        });
    }

    @Test
    void otherFiltersAndThoseOfGraphQlAreRefusedByTheNameOfTheField() {
        for (String refused : List.of("like", "greater")) {
            assertThat(seen.at("/" + refused + "/text").textValue()).as(refused).contains("customer", "equality");
        }
        assertThat(seen.get("graphql").toString())
                .contains("customer", "equality")
                .doesNotContain("Zyxcorp");
    }

    @Test
    void whoMayOpenReadsValuesAlsoOfListsAndGroups() {
        assertThat(seen.at("/open/customer").textValue()).isEqualTo("Zyxcorp");
        assertThat(seen.at("/open/tags").toString()).isEqualTo("[\"Zyxcorp\",\"t\"]");
        assertThat(seen.at("/open groups/value").toString()).isEqualTo("[\"Quuxworks\",\"Zyxcorp\"]");
    }

    @Test
    void whoMayNotOpenReadsTokens() {
        assertThat(seen.at("/closed/customer").textValue()).startsWith("rdbs1.");
        assertThat(seen.at("/closed/tags/0").textValue()).startsWith("rdbs1.");
        assertThat(seen.at("/closed groups/value")).hasSize(2).allMatch(value -> value.textValue()
                .startsWith("rdbs1."));
    }

    @Test
    void theStoreHoldsNoValue() {
        assertThat(seen.at("/stored/objects")).hasSize(6);
        assertThat(seen.get("stored").toString()).contains("rdbs1.").doesNotContain("Zyxcorp", "Quuxworks");
    }
}
