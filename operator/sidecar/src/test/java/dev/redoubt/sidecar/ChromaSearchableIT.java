package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
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

/** Official clients, one that may see searchable fields and one that may not, through the guard to a real Chroma. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChromaSearchableIT {
    @TempDir
    private static Path directory;

    private JsonNode seen;

    @BeforeAll
    void useTheClients() throws Exception {
        try (RealChroma chroma = new RealChroma(directory);
                GuardFixture guard =
                        new GuardFixture(Guards.searchable("Chroma", "customer", "level", "open"), chroma.port)) {
            String script = Path.of(ChromaSearchableIT.class
                            .getResource("/clients/chroma_searchable.py")
                            .toURI())
                    .toString();
            List<String> command = List.of(
                    "python3",
                    script,
                    Integer.toString(guard.port()),
                    Guards.KEY,
                    Guards.CLOSED_KEY,
                    Integer.toString(chroma.port));
            seen = new ObjectMapper().readTree(Program.run(command, RealChroma.environment()));
        }
    }

    @Test
    void filtersByEqualityFindWhatTheyWouldFindWithoutAGuard() {
        Map<String, List<String>> expected = Map.of(
                "equal", List.of("t0", "t2", "t4"),
                "eq", List.of("t0", "t2", "t4"),
                "not", List.of("t1", "t3", "t5"),
                "in", List.of("t0", "t2", "t4"),
                "nin", List.of("t1", "t3", "t5"),
                "both", List.of("t2"),
                "number", List.of("t4", "t5"),
                "decimal", List.of("t4", "t5"),
                "truth", List.of("t0", "t1", "t2"),
                "nobody", List.of());
        expected.forEach((name, ids) -> {
            for (String who : List.of("", "closed ")) {
                List<String> found = new ArrayList<>();
                seen.at("/" + who + name + "/value").forEach(id -> found.add(id.textValue()));
                assertThat(seen.get(who + name).has("value"))
                        .as(who + name + seen.get(who + name))
                        .isTrue();
                assertThat(found).as(who + name).isEqualTo(ids);
            }
        });
        assertThat(seen.at("/updated/value")).hasSize(2);
    }

    @Test
    void otherFiltersAreRefusedByTheNameOfTheField() {
        assertThat(seen.at("/range/text").textValue()).contains("level", "equality");
    }

    @Test
    void whoMayOpenReadsTheValuesAndTheirTypes() {
        JsonNode record = seen.at("/open/value/0");
        assertThat(record.get("customer").textValue()).isEqualTo("Zyxcorp");
        assertThat(record.get("level").isIntegralNumber()).isTrue();
        assertThat(record.get("level").intValue()).isZero();
        assertThat(record.get("open").booleanValue()).isTrue();
        assertThat(seen.at("/open/value/1/open").isBoolean()).isTrue();
    }

    @Test
    void whoMayNotOpenReadsOnlyWhichAreEqual() {
        JsonNode records = seen.at("/closed/value");
        assertThat(records.at("/0/customer").textValue()).startsWith("rdbs1.");
        assertThat(records.at("/1/customer")).isEqualTo(records.at("/0/customer"));
        assertThat(records.at("/2/customer")).isNotEqualTo(records.at("/0/customer"));
        assertThat(records.at("/0/level").textValue()).startsWith("rdbs1.");
    }

    @Test
    void neitherTheStoresAnswersNorItsFilesHoldAValue() throws IOException {
        assertThat(seen.get("stored")).hasSize(6);
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
