package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Official clients of two tenants, through the guard, in one collection of a real Chroma. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ChromaTenantIT {
    @TempDir
    private static Path directory;

    private JsonNode seen;

    @BeforeAll
    void useTheClients() throws Exception {
        try (RealChroma chroma = new RealChroma(directory);
                GuardFixture guard = new GuardFixture(Guards.tenants("Chroma", "a", "b"), chroma.port)) {
            String script = Path.of(ChromaTenantIT.class
                            .getResource("/clients/chroma_tenants.py")
                            .toURI())
                    .toString();
            List<String> command = List.of(
                    "python3",
                    script,
                    Integer.toString(guard.port()),
                    Guards.tenantKey("a"),
                    Guards.tenantKey("b"),
                    Guards.KEY,
                    Integer.toString(chroma.port));
            seen = new ObjectMapper().readTree(Program.run(command, RealChroma.environment()));
        }
    }

    private List<String> ids(String name) {
        List<String> ids = new ArrayList<>();
        assertThat(seen.get(name).has("value")).as(name + ": " + seen.get(name)).isTrue();
        seen.get(name).get("value").forEach(id -> ids.add(id.textValue()));
        return ids;
    }

    @Test
    void aClientSeesItsTenantsRecordsWhateverItAsksFor() {
        for (String way : List.of("query ", "get ")) {
            for (String all : List.of("none", "anybody's", "everything", "any of")) {
                assertThat(ids(way + all)).as(way + all).containsExactlyInAnyOrder("a0", "a1", "a2", "a3");
            }
            assertThat(ids(way + "own")).containsExactlyInAnyOrder("a0", "a2");
            assertThat(ids(way + "the other's")).isEmpty();
            assertThat(ids(way + "not the own")).isEmpty();
        }
        assertThat(ids("document")).isEmpty();
        assertThat(ids("b")).containsExactly("b0", "b1", "b2", "b3");
        assertThat(seen.at("/everything/text").textValue()).contains("retrieval.bulkExport");
    }

    @Test
    void whatItWritesIsItsTenants() {
        for (String tenant : List.of("a", "b")) {
            for (int i : List.of(0, 3)) {
                assertThat(seen.at("/stored/" + tenant + i + "/1/tenant_id").textValue())
                        .isEqualTo(tenant);
            }
        }
        assertThat(seen.at("/forged/text").textValue()).contains("another tenant");
        assertThat(seen.at("/stored").has("f")).isFalse();
    }

    @Test
    void theRecordsOfTheOtherStayAsTheyAre() {
        assertThat(seen.at("/stored/b0/0").textValue()).isEqualTo("secret 0 of b");
        assertThat(seen.at("/stored/b0/1/kind").textValue()).isEqualTo("even");
        assertThat(seen.at("/stored").has("b1")).isTrue();
        assertThat(seen.at("/stored").has("a1")).isFalse();
        for (String refused : List.of("upsert", "update", "count")) {
            assertThat(seen.get(refused).path("text").asText()).as(refused).contains("another tenant");
        }
    }

    @Test
    void aClientWithoutATenantDoesNotGetIn() {
        assertThat(seen.at("/no tenant/text").textValue()).contains("clients.tenant");
    }
}
