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

/** Official clients of two tenants, through the guard, in one index of a real OpenSearch with k-NN. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenSearchTenantIT {
    private static final String SERVER = PythonPackages.IMAGES
            .resolveSibling(".")
            .resolve("servers/opensearch/start")
            .toString();

    /** The one is a word of the other, which an analysed field cannot tell apart. */
    private static final String A = "acme";

    private static final String B = "acme-eu";
    private static final String[] OF_A = {"a0", "a1", "a2", "a3"};

    @TempDir
    private static Path directory;

    private JsonNode seen;

    @BeforeAll
    void useTheClients() throws Exception {
        Program.run(List.of(SERVER, "--fetch"), Map.of());
        int port = Program.freePort();
        List<String> start = List.of(
                SERVER,
                directory.resolve("data").toString(),
                Integer.toString(port),
                Integer.toString(Program.freePort()));
        try (Program server = Program.start(start, Map.of(), directory.resolve("opensearch.log"))) {
            server.awaitAnswer(URI.create("http://127.0.0.1:" + port + "/"));
            try (GuardFixture guard = new GuardFixture(Guards.exportingTenants("OpenSearch", A, B), port)) {
                String script = Path.of(OpenSearchTenantIT.class
                                .getResource("/clients/opensearch_tenants.py")
                                .toURI())
                        .toString();
                List<String> command = List.of(
                        "python3",
                        script,
                        Integer.toString(guard.port()),
                        Guards.tenantKey(A),
                        Guards.tenantKey(B),
                        Guards.KEY,
                        Integer.toString(port),
                        new ObjectMapper().writeValueAsString(List.of(A, B)));
                String packages = PythonPackages.of(ClientMatrix.requirements("opensearch"))
                        .toString();
                seen = new ObjectMapper().readTree(Program.run(command, Map.of("PYTHONPATH", packages)));
            }
        }
    }

    private JsonNode value(String name) {
        assertThat(seen.path(name).has("value"))
                .as(name + ": " + seen.get(name))
                .isTrue();
        return seen.get(name).get("value");
    }

    private List<String> texts(String name) {
        List<String> texts = new ArrayList<>();
        value(name).forEach(each -> texts.add(each.textValue()));
        return texts;
    }

    private String refusal(String name) {
        assertThat(seen.path(name).has("text")).as(name + ": " + seen.get(name)).isTrue();
        return seen.get(name).get("text").textValue();
    }

    @Test
    void aClientSeesItsTenantsRecordsWhateverItAsksForAndHoweverItAsks() {
        List<String> ways = List.of(
                "search",
                "msearch",
                "without source",
                "of some fields",
                "of some fields in the URL",
                "filtered behind");
        for (String way : ways) {
            for (String all : List.of("none", "everything", "anybody's", "any of", "query string")) {
                assertThat(texts(way + ": " + all)).as(way + ": " + all).containsExactly(OF_A);
            }
            assertThat(texts(way + ": own")).as(way).containsExactly("a0", "a2");
            for (String nothing : List.of("the other's", "neighbours of the other", "not the own", "ids")) {
                assertThat(texts(way + ": " + nothing)).as(way + ": " + nothing).isEmpty();
            }
            assertThat(texts(way + ": bare")).as(way).contains("b0", "nobody");
        }
        assertThat(texts("search everything: everything")).containsExactly("a0", "a0", "a1", "a2", "a3");
        assertThat(texts("b")).containsExactly("b0", "b1", "b2", "b3");
    }

    @Test
    void asManyNeighboursAreFoundAsTheClientAsksFor() {
        // the four nearest of all are two of each
        for (String way : List.of("search: neighbours", "search: neighbours among", "msearch: neighbours")) {
            assertThat(texts(way)).as(way).containsExactly(OF_A);
        }
    }

    @Test
    void whatIsCountedIsTheTenants() {
        for (String way : List.of("count", "total")) {
            for (String all : List.of("none", "everything", "anybody's", "any of")) {
                assertThat(value(way + ": " + all).intValue())
                        .as(way + ": " + all)
                        .isEqualTo(4);
            }
            assertThat(value(way + ": the other's").intValue()).isZero();
            assertThat(value(way + ": bare").intValue()).isEqualTo(9);
        }
        assertThat(texts("terms")).containsExactly("a");
        assertThat(texts("terms: bare")).contains("b");
        assertThat(refusal("terms of nothing")).contains("min_doc_count");
        assertThat(texts("terms of nothing: bare")).contains("b");
        assertThat(seen.get("global").get("status").intValue()).isEqualTo(400);
    }

    @Test
    void anIndexThatNobodyMappedTellsTenantsApartOfWhichOneIsAWordOfTheOther() {
        assertThat(value("dynamic").toString()).isEqualTo("[[\"a0\"],[\"b0\"],1]");
    }

    @Test
    void whatReadsOnReadsTheTenantsRecords() {
        assertThat(texts("scroll")).containsExactly(OF_A);
        assertThat(texts("scan")).containsExactly(OF_A);
        assertThat(texts("scroll of the other")).isEmpty();
        assertThat(texts("scroll of the other: bare")).contains("b0");
        for (String way : List.of("point in time", "point in time of the other")) {
            assertThat(value(way).get(0))
                    .as(way)
                    .extracting(JsonNode::textValue)
                    .containsExactly(OF_A);
            assertThat(value(way).get(1))
                    .as(way)
                    .extracting(JsonNode::textValue)
                    .containsExactly("a1", "a3");
        }
    }

    @Test
    void aRecordOfTheOtherLooksAsIfItWereNotThere() {
        assertThat(seen.at("/get/status").intValue()).isEqualTo(404);
        assertThat(seen.at("/get/info").toString()).isEqualTo("{\"_index\":\"shared\",\"_id\":\"b0\",\"found\":false}");
        assertThat(seen.at("/get absent/info").toString())
                .isEqualTo(seen.at("/get/info").toString().replace("b0", "z0"));
        assertThat(value("get: bare").textValue()).isEqualTo("secret 0 of b");
        assertThat(value("get own").toString()).isEqualTo("{\"tenant_id\":\"acme\"}");
        JsonNode many = value("mget");
        assertThat(many.at("/0/_source/text").textValue()).isEqualTo("secret 0 of a");
        assertThat(many.get(1).toString()).isEqualTo("{\"_index\":\"shared\",\"_id\":\"b0\",\"found\":false}");
        assertThat(many.get(2).toString()).isEqualTo("{\"_index\":\"shared\",\"_id\":\"z0\",\"found\":false}");
        assertThat(value("mget docs").at("/0/_source").toString()).isEqualTo("{\"tenant_id\":\"acme\"}");
        assertThat(value("mget docs").at("/1/found").booleanValue()).isFalse();
        for (String refused : List.of(
                "get version", "get_source", "exists", "mapping", "cat", "query in the URL", "count in the URL")) {
            assertThat(seen.at("/" + refused + "/status").intValue())
                    .as(refused)
                    .isEqualTo(403);
        }
    }

    @Test
    void whatItWritesIsItsTenants() {
        for (int i : List.of(0, 2, 3)) {
            assertThat(seen.at("/stored/b" + i + "/tenant_id").textValue()).isEqualTo(B);
            assertThat(seen.at("/stored/b" + i + "/text").textValue()).isEqualTo("secret " + i + " of b");
        }
        assertThat(seen.at("/stored/a0/tenant_id").textValue()).isEqualTo(A);
        for (String forged : List.of("forged", "forged list", "forged line")) {
            assertThat(refusal(forged)).as(forged).contains("another tenant");
        }
        assertThat(seen.get("stored").has("f")).isFalse();
        assertThat(seen.at("/mapped/shared/type").textValue()).isEqualTo("keyword");
        assertThat(seen.at("/mapped/analysed/type").textValue()).isEqualTo("keyword");
        for (String mapping : List.of("put mapping", "copying index")) {
            assertThat(refusal(mapping)).as(mapping).contains("another tenant");
        }
    }

    @Test
    void theRecordsOfTheOtherStayAsTheyAre() {
        assertThat(seen.at("/overwritten/status").intValue()).isEqualTo(409);
        assertThat(seen.at("/overwritten by op_type/status").intValue()).isEqualTo(409);
        assertThat(value("overwritten line").booleanValue()).isTrue();
        for (String refused : List.of("update", "update line", "delete", "delete line")) {
            assertThat(refusal(refused)).as(refused).contains("another tenant");
        }
        assertThat(value("delete ids").intValue()).isEqualTo(1);
        assertThat(value("delete by query").intValue()).isEqualTo(1);
        assertThat(seen.get("stored").has("b1")).isTrue();
        assertThat(seen.get("stored").has("nobody")).isTrue();
        assertThat(seen.get("stored").has("a1")).isFalse();
        assertThat(seen.get("stored").has("a3")).isFalse();
    }

    @Test
    void aClientWithoutATenantDoesNotGetIn() {
        assertThat(refusal("no tenant")).contains("clients.tenant");
    }
}
