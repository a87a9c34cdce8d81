package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The official Milvus client, unmodified, with encrypted columns in a real Milvus Lite, which is Milvus's core. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MilvusSearchableIT {
    @TempDir
    private static Path directory;

    private JsonNode seen;

    @BeforeAll
    void useTheClients() throws Exception {
        Path packages = PythonPackages.of(ClientMatrix.requirements("milvus"));
        try (MilvusLite milvus = MilvusLite.second(packages, directory);
                GuardFixture guard = new GuardFixture(
                        Guards.searchable("Milvus", "customer", "level")
                                .with()
                                .sealedFields(List.of("note"))
                                .build(),
                        milvus.port())) {
            String script = Path.of(MilvusSearchableIT.class
                            .getResource("/clients/milvus_searchable.py")
                            .toURI())
                    .toString();
            List<String> command = List.of(
                    "python3",
                    script,
                    Integer.toString(guard.port()),
                    Guards.KEY,
                    Guards.CLOSED_KEY,
                    Integer.toString(milvus.port()));
            seen = new ObjectMapper().readTree(Program.run(command, Map.of("PYTHONPATH", packages.toString())));
        }
    }

    @Test
    void filtersByEqualityFindWhatTheyWouldFindWithoutAGuard() {
        Map<String, List<Integer>> expected = Map.of(
                "equal", List.of(0, 2, 4),
                "not", List.of(1, 3, 5),
                "in", List.of(0, 2, 4),
                "not in", List.of(1, 3, 5),
                "both", List.of(2),
                "decimal", List.of(4, 5),
                "nobody", List.of());
        expected.forEach((name, ids) -> {
            for (String who : List.of("", "closed ")) {
                List<Integer> found = new ArrayList<>();
                assertThat(seen.get(who + name).has("value"))
                        .as(who + name + seen.get(who + name))
                        .isTrue();
                seen.at("/" + who + name + "/value").forEach(id -> found.add(id.intValue()));
                assertThat(found).as(who + name).isEqualTo(ids);
            }
        });
    }

    @Test
    void otherFiltersAreRefusedByTheNameOfTheField() {
        assertThat(seen.at("/range/text").textValue()).contains("level", "equality");
        assertThat(seen.at("/prefix/text").textValue()).contains("customer", "equality");
        assertThat(seen.at("/sealed/text").textValue()).contains("encrypted");
    }

    @Test
    void whoMayOpenReadsTheValuesAndTheirTypes() {
        JsonNode first = seen.at("/open/value/0");
        assertThat(first.get("customer").textValue()).isEqualTo("Zyxcorp");
        assertThat(first.get("level").isIntegralNumber()).isTrue();
        assertThat(first.get("note").textValue()).isEqualTo("secret 0");
        assertThat(seen.at("/open/value/1/level").intValue()).isEqualTo(2);
        assertThat(seen.at("/open hit/value/note").textValue()).isEqualTo("secret 0");
    }

    @Test
    void whoMayNotOpenReadsOnlyWhichSearchableValuesAreEqual() {
        JsonNode records = seen.at("/closed/value");
        assertThat(records.at("/0/customer").textValue()).startsWith("rdbs1.");
        assertThat(records.at("/1/customer")).isEqualTo(records.at("/0/customer"));
        assertThat(records.at("/2/customer")).isNotEqualTo(records.at("/0/customer"));
        assertThat(records.at("/0/level").textValue()).startsWith("rdbs1.");
        assertThat(records.at("/0/note").textValue()).startsWith("rdbt1.");
        assertThat(records.at("/1/note")).isNotEqualTo(records.at("/0/note"));
    }

    @Test
    void theStoreHoldsNoValue() {
        assertThat(seen.get("stored")).hasSize(6);
        assertThat(seen.get("stored").toString())
                .contains("rdbs1.", "rdbt1.")
                .doesNotContain("Zyxcorp", "Quuxworks", "secret");
    }
}
