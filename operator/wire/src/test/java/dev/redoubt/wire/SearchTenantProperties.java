package dev.redoubt.wire;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redoubt.policy.Permission;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever query a client of a tenant sends to OpenSearch or Elasticsearch, what is then found are the tenant's records
 * that match it, and neighbours are looked for among the tenant's alone. Queries are evaluated by a little evaluator.
 */
class SearchTenantProperties {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** Values that would end a query early if they were ever pasted into one, and some that an analyser takes apart. */
    private static final List<String> TENANTS = List.of("a", "b", "a b", "a-b", "a\"}},{\"x\":{\"y\":\"", "\\", "é\n");

    /** To compile one takes longer than a try. */
    private static final Map<String, RouteGuard> GUARDS = new HashMap<>();

    private static JsonNode sent(String engine, String path, JsonNode body, String tenant) {
        RouteGuard guard = GUARDS.computeIfAbsent(engine + path, any -> Guarded.of(engine)
                .withoutRedaction()
                .bulk(Permission.Allow)
                .confined("tenant_id")
                .route("POST", path));
        MessageContext context = new MessageContext(Guarded.CLOSED.place(), false, tenant, List.of());
        return Guarded.tree(Guarded.request(guard, body.toString(), context));
    }

    @Property(tries = 300)
    void aQueryOnlyNarrowsWhereverItStands(
            @ForAll("queries") JsonNode query,
            @ForAll("tenants") String tenant,
            @ForAll("records") List<ObjectNode> records) {
        ObjectNode body = JSON.objectNode();
        body.set("query", query);
        for (String path : List.of("/c/_search", "/_search", "/c/_count", "/c/_delete_by_query")) {
            assertConfined(sent("OpenSearch", path, body, tenant).get("query"), query, tenant, records);
        }
        body.set("knn", knn(query));
        JsonNode both = sent("Elasticsearch", "/c/_search", body, tenant);
        assertConfined(both.get("query"), query, tenant, records);
        assertConfined(both.at("/knn/filter"), query, tenant, records);
    }

    @Property(tries = 300)
    void neighboursAreThoseOfTheTenantWhereverTheyAreAskedFor(
            @ForAll("queries") JsonNode filter,
            @ForAll("tenants") String tenant,
            @ForAll("records") List<ObjectNode> records) {
        ObjectNode near = JSON.objectNode();
        near.putObject("knn").putObject("vec").put("k", 3).set("filter", filter);
        ((ObjectNode) near.at("/knn/vec")).putArray("vector").add(1);
        ObjectNode anyNear = near.deepCopy();
        ((ObjectNode) anyNear.at("/knn/vec")).remove("filter");
        ObjectNode body = JSON.objectNode();
        body.putObject("query").putObject("bool").putArray("should").add(near).add(anyNear);
        ((ObjectNode) body.at("/query/bool"))
                .putArray("must")
                .addObject()
                .putObject("nested")
                .put("path", "p");
        ((ObjectNode) body.at("/query/bool/must/0/nested")).set("query", near);
        JsonNode sent = sent("OpenSearch", "/c/_search", body, tenant).at("/query/bool/must");
        for (String place : List.of("/bool/should/0", "/bool/must/0/nested/query")) {
            assertConfined(sent.at(place + "/knn/vec/filter"), filter, tenant, records);
        }
        assertConfined(sent.at("/bool/should/1/knn/vec/filter"), everything(), tenant, records);

        ObjectNode beside = JSON.objectNode();
        beside.putArray("knn")
                .add(knn(filter))
                .add(knn(null))
                .add(knn(JSON.arrayNode().add(filter)));
        beside.putObject("aggs").putObject("x").putObject("terms").put("field", "x");
        JsonNode three = sent("Elasticsearch", "/c/_search", beside, tenant);
        assertThat(three.has("query")).isFalse();
        assertConfined(three.at("/knn/0/filter"), filter, tenant, records);
        assertConfined(three.at("/knn/1/filter"), everything(), tenant, records);
        assertConfined(three.at("/knn/2/filter"), filter, tenant, records);

        ObjectNode retrieved = JSON.objectNode();
        ObjectNode first = JSON.objectNode();
        first.putObject("standard").set("query", filter);
        ObjectNode second = JSON.objectNode();
        second.set("knn", knn(filter));
        ObjectNode third = JSON.objectNode();
        third.putObject("standard").set("filter", filter);
        retrieved
                .putObject("retriever")
                .putObject("rrf")
                .putArray("retrievers")
                .add(first)
                .add(second)
                .add(third);
        JsonNode rrf = sent("Elasticsearch", "/c/_search", retrieved, tenant);
        assertThat(rrf.has("query")).isFalse();
        JsonNode retrievers = rrf.at("/retriever/rrf/retrievers");
        assertConfined(retrievers.at("/0/standard/query"), filter, tenant, records);
        assertConfined(retrievers.at("/1/knn/filter"), filter, tenant, records);
        assertConfined(retrievers.at("/2/standard/query"), everything(), tenant, records);
    }

    @Property(tries = 100)
    void everyPartOfAHybridQueryIsConfinedAndNothingStandsAroundIt(
            @ForAll("queries") JsonNode query,
            @ForAll("tenants") String tenant,
            @ForAll("records") List<ObjectNode> records) {
        ObjectNode hybrid = JSON.objectNode();
        hybrid.putObject("hybrid").putArray("queries").add(query).add(query);
        ObjectNode body = JSON.objectNode();
        body.set("query", hybrid);
        JsonNode sent = sent("OpenSearch", "/c/_search", body, tenant).get("query");
        assertThat(sent.fieldNames()).toIterable().containsExactly("hybrid");
        for (JsonNode part : sent.at("/hybrid/queries")) {
            assertConfined(part, query, tenant, records);
        }
        ObjectNode around = JSON.objectNode();
        around.putObject("query")
                .putObject("bool")
                .putArray("should")
                .add(everything())
                .add(hybrid);
        JsonNode wrapped = sent("OpenSearch", "/c/_search", around, tenant).at("/query/bool");
        for (ObjectNode record : records) {
            assertThat(matches(wrapped.at("/filter/0"), record)).isEqualTo(isOf(record, tenant));
        }
    }

    private static void assertConfined(JsonNode merged, JsonNode query, String tenant, List<ObjectNode> records) {
        for (ObjectNode record : records) {
            assertThat(matches(merged, record)).isEqualTo(isOf(record, tenant) && matches(query, record));
        }
    }

    private static ObjectNode knn(JsonNode filter) {
        ObjectNode knn = JSON.objectNode().put("field", "vec").put("k", 3);
        knn.putArray("query_vector").add(1);
        if (filter != null) {
            knn.set("filter", filter);
        }
        return knn;
    }

    private static ObjectNode everything() {
        ObjectNode all = JSON.objectNode();
        all.putObject("match_all");
        return all;
    }

    private static boolean isOf(ObjectNode record, String tenant) {
        return tenant.equals(record.path("tenant_id").textValue());
    }

    /** What queries mean, as far as they are generated here. The field of the tenant is mapped as the record says. */
    private static boolean matches(JsonNode query, ObjectNode record) {
        assertThat(query).hasSize(1);
        Map.Entry<String, JsonNode> only = query.properties().iterator().next();
        JsonNode body = only.getValue();
        return switch (only.getKey()) {
            case "match_all" -> true;
            case "match_none" -> false;
            case "term" -> {
                Map.Entry<String, JsonNode> term = body.properties().iterator().next();
                yield terms(term.getKey(), record).contains(term.getValue().asText());
            }
            case "exists" -> !terms(body.get("field").textValue(), record).isEmpty();
            case "bool" -> bool(body, record);
            default -> throw new AssertionError(only.getKey());
        };
    }

    private static boolean bool(JsonNode bool, ObjectNode record) {
        boolean needs =
                bool.has("minimum_should_match") || bool.has("should") && !bool.has("must") && !bool.has("filter");
        return all(bool.path("must"), record)
                && all(bool.path("filter"), record)
                && list(bool.path("must_not")).stream().noneMatch(each -> matches(each, record))
                && (!needs || list(bool.path("should")).stream().anyMatch(each -> matches(each, record)));
    }

    private static boolean all(JsonNode clauses, ObjectNode record) {
        return list(clauses).stream().allMatch(each -> matches(each, record));
    }

    private static List<JsonNode> list(JsonNode clauses) {
        List<JsonNode> list = new ArrayList<>();
        if (clauses.isArray()) {
            clauses.forEach(list::add);
        } else if (clauses.isObject()) {
            list.add(clauses);
        }
        return list;
    }

    /** What is indexed of a field: whole values of a keyword, words of a text with a subfield of whole values. */
    private static List<String> terms(String field, ObjectNode record) {
        String name = field.replace(".keyword", "");
        boolean analysed = record.get("analysed").booleanValue() && name.equals("tenant_id");
        if (!record.has(name) || field.endsWith(".keyword") && !analysed) {
            return List.of();
        }
        String value = record.get(name).asText();
        return analysed && !field.endsWith(".keyword") ? List.of(value.split("[^a-z]+")) : List.of(value);
    }

    @Provide
    Arbitrary<String> tenants() {
        return Arbitraries.of(TENANTS);
    }

    @Provide
    Arbitrary<List<ObjectNode>> records() {
        Arbitrary<ObjectNode> record = Combinators.combine(
                        Arbitraries.of(TENANTS).injectNull(0.1),
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(true, false))
                .as((tenant, x, analysed) -> {
                    ObjectNode node = JSON.objectNode().put("x", x).put("analysed", analysed);
                    return tenant == null ? node : node.put("tenant_id", tenant);
                });
        return record.list().ofMinSize(1).ofMaxSize(12);
    }

    @Provide
    Arbitrary<JsonNode> queries() {
        return query(2);
    }

    private static Arbitrary<JsonNode> query(int depth) {
        Arbitrary<JsonNode> x = Arbitraries.integers().between(0, 3).map(value -> term("x", JSON.numberNode(value)));
        Arbitrary<JsonNode> tenant = Arbitraries.of(TENANTS).map(value -> term("tenant_id", JSON.textNode(value)));
        Arbitrary<JsonNode> plain = Arbitraries.of("match_all", "match_none").map(name -> {
            ObjectNode all = JSON.objectNode();
            all.putObject(name);
            return all;
        });
        Arbitrary<JsonNode> leaf = Arbitraries.oneOf(x, tenant, plain);
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<JsonNode> clause = query(depth - 1)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(list -> list.size() == 1 ? list.get(0) : JSON.arrayNode().addAll(list));
        Arbitrary<JsonNode> bool = Arbitraries.maps(Arbitraries.of("must", "should", "must_not", "filter"), clause)
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(clauses -> {
                    ObjectNode query = JSON.objectNode();
                    query.putObject("bool").setAll(clauses);
                    return query;
                });
        return Arbitraries.oneOf(leaf, bool);
    }

    private static JsonNode term(String field, JsonNode value) {
        ObjectNode term = JSON.objectNode();
        term.putObject("term").set(field, value);
        return term;
    }
}
