package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.chroma;
import static dev.redoubt.wire.Guarded.qdrant;
import static dev.redoubt.wire.Guarded.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever filter a client of a tenant sends, what the store then finds are the tenant's records that match it: no
 * other tenant's, and none of its own fewer. Filters are evaluated by a little evaluator of each store's language.
 */
class TenantProperties {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    /** Values that would end a filter early if they were ever pasted into one. */
    private static final List<String> TENANTS = List.of("a", "b", "a\"}},{\"x\":{\"y\":\"", "\\", "{tenant}", "é\n");

    private final RouteGuard query = confined(qdrant()).route("POST", "/collections/c/points/query");
    private final RouteGuard upsert = confined(qdrant()).route("PUT", "/collections/c/points");
    private final RouteGuard add = confined(chroma()).add();
    private final List<RouteGuard> reads =
            List.of(confined(chroma()).query(), confined(chroma()).get());

    @Property(tries = 1000)
    void aQdrantFilterOnlyNarrows(
            @ForAll("qdrantFilters") JsonNode filter,
            @ForAll("tenants") String tenant,
            @ForAll("records") List<ObjectNode> records) {
        ObjectNode search = JSON.objectNode();
        search.set("filter", filter);
        ObjectNode body = search.deepCopy();
        body.putArray("prefetch").add(search.deepCopy()).add(search.deepCopy().set("prefetch", search.deepCopy()));
        JsonNode sent = sent(query, body, tenant);
        for (String place : List.of("", "/prefetch/0", "/prefetch/1", "/prefetch/1/prefetch")) {
            JsonNode merged = sent.at(place + "/filter");
            for (ObjectNode record : records) {
                assertThat(QdrantFilter.matches(merged, record))
                        .isEqualTo(isOf(record, tenant) && QdrantFilter.matches(filter, record));
            }
        }
    }

    @Property(tries = 1000)
    void aChromaFilterOnlyNarrows(
            @ForAll("chromaFilters") JsonNode filter,
            @ForAll("tenants") String tenant,
            @ForAll("records") List<ObjectNode> records) {
        ObjectNode body = JSON.objectNode();
        body.set("where", filter);
        for (RouteGuard guard : reads) {
            JsonNode merged = sent(
                            guard, body.deepCopy().set("ids", JSON.arrayNode().add("1")), tenant)
                    .get("where");
            for (ObjectNode record : records) {
                assertThat(ChromaFilter.matches(merged, record))
                        .isEqualTo(isOf(record, tenant) && ChromaFilter.matches(filter, record));
            }
        }
    }

    @Property(tries = 300)
    void whatIsWrittenIsMarkedAndNothingElseChanges(
            @ForAll("tenants") String tenant, @ForAll("records") List<ObjectNode> records) {
        ObjectNode body = JSON.objectNode();
        ArrayNode points = body.putArray("points");
        ArrayNode ids = JSON.arrayNode();
        ArrayNode payloads = JSON.arrayNode();
        for (int i = 0; i < records.size(); i++) {
            ObjectNode payload = records.get(i);
            payload.remove("tenant_id");
            points.addObject().put("id", i).set("payload", payload);
            ids.add("r" + i);
            payloads.add(payload);
        }
        JsonNode sent = sent(upsert, body, tenant);
        JsonNode added = sent(add, JSON.objectNode().<ObjectNode>set("ids", ids).set("metadatas", payloads), tenant);
        for (int i = 0; i < records.size(); i++) {
            ObjectNode marked = records.get(i).deepCopy().put("tenant_id", tenant);
            assertThat(sent.at("/points/" + i + "/payload")).isEqualTo(marked);
            assertThat(added.at("/metadatas/" + i)).isEqualTo(marked);
        }
    }

    private static Guarded confined(Guarded guarded) {
        return guarded.withoutRedaction().confined("tenant_id");
    }

    private static JsonNode sent(RouteGuard guard, JsonNode body, String tenant) {
        MessageContext context = new MessageContext(Guarded.CLOSED.place(), false, tenant, List.of());
        return tree(Guarded.request(guard, body.toString(), context));
    }

    private static boolean isOf(ObjectNode record, String tenant) {
        return tenant.equals(record.path("tenant_id").textValue());
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
                        Arbitraries.integers().between(0, 3))
                .as((tenant, x, y) -> {
                    ObjectNode node = JSON.objectNode().put("x", x).put("y", y);
                    return tenant == null ? node : node.put("tenant_id", tenant);
                });
        return record.list().ofMinSize(1).ofMaxSize(12);
    }

    private static Arbitrary<Map.Entry<String, JsonNode>> values() {
        Arbitrary<Map.Entry<String, JsonNode>> number = Combinators.combine(
                        Arbitraries.of("x", "y"), Arbitraries.integers().between(0, 3))
                .as((key, value) -> Map.entry(key, JSON.numberNode(value)));
        Arbitrary<Map.Entry<String, JsonNode>> tenant =
                Arbitraries.of(TENANTS).map(value -> Map.entry("tenant_id", JSON.textNode(value)));
        return Arbitraries.oneOf(number, tenant);
    }

    @Provide
    Arbitrary<JsonNode> qdrantFilters() {
        return Arbitraries.oneOf(qdrantFilter(2), Arbitraries.of(JSON.objectNode(), JSON.nullNode()));
    }

    private static Arbitrary<JsonNode> qdrantFilter(int depth) {
        Arbitrary<JsonNode> match = Combinators.combine(values(), Arbitraries.of("value", "any", "except"))
                .as((value, how) -> {
                    ObjectNode condition = JSON.objectNode().put("key", value.getKey());
                    condition
                            .putObject("match")
                            .set(
                                    how,
                                    how.equals("value")
                                            ? value.getValue()
                                            : JSON.arrayNode().add(value.getValue()));
                    return condition;
                });
        Arbitrary<JsonNode> empty = Arbitraries.of("x", "tenant_id").map(key -> {
            ObjectNode condition = JSON.objectNode();
            condition.putObject("is_empty").put("key", key);
            return condition;
        });
        Arbitrary<JsonNode> condition =
                depth == 0 ? Arbitraries.oneOf(match, empty) : Arbitraries.oneOf(match, empty, qdrantFilter(depth - 1));
        Arbitrary<JsonNode> clause = condition
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(list -> list.size() == 1 ? list.get(0) : JSON.arrayNode().addAll(list));
        return Arbitraries.maps(Arbitraries.of("must", "should", "must_not"), clause)
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(clauses -> JSON.objectNode().setAll(clauses));
    }

    @Provide
    Arbitrary<JsonNode> chromaFilters() {
        return Arbitraries.oneOf(chromaFilter(3), Arbitraries.of(JSON.objectNode(), JSON.nullNode()));
    }

    private static Arbitrary<JsonNode> chromaFilter(int depth) {
        Arbitrary<JsonNode> leaf = Combinators.combine(values(), Arbitraries.of("", "$eq", "$ne", "$in", "$nin"))
                .as((value, operator) -> {
                    JsonNode operand =
                            operator.endsWith("in") ? JSON.arrayNode().add(value.getValue()) : value.getValue();
                    JsonNode right =
                            operator.isEmpty() ? operand : JSON.objectNode().set(operator, operand);
                    return JSON.objectNode().set(value.getKey(), right);
                });
        if (depth == 0) {
            return leaf;
        }
        Arbitrary<JsonNode> both = Combinators.combine(
                        Arbitraries.of("$and", "$or"),
                        chromaFilter(depth - 1).list().ofMinSize(2).ofMaxSize(3))
                .as((operator, filters) ->
                        JSON.objectNode().set(operator, JSON.arrayNode().addAll(filters)));
        return Arbitraries.oneOf(leaf, both);
    }

    /** What Qdrant's filters mean, as far as they are generated here. */
    private static final class QdrantFilter {
        static boolean matches(JsonNode filter, ObjectNode record) {
            if (filter.isNull() || filter.isMissingNode()) {
                return true;
            }
            boolean should = !filter.has("should") || any(filter.get("should"), record);
            return all(filter.path("must"), record) && should && !any(filter.path("must_not"), record);
        }

        private static boolean all(JsonNode clause, ObjectNode record) {
            for (JsonNode condition : list(clause)) {
                if (!condition(condition, record)) {
                    return false;
                }
            }
            return true;
        }

        private static boolean any(JsonNode clause, ObjectNode record) {
            for (JsonNode condition : list(clause)) {
                if (condition(condition, record)) {
                    return true;
                }
            }
            return false;
        }

        private static Iterable<JsonNode> list(JsonNode clause) {
            return clause.isMissingNode() ? List.of() : clause.isArray() ? clause : List.of(clause);
        }

        private static boolean condition(JsonNode condition, ObjectNode record) {
            if (condition.has("is_empty")) {
                return !record.has(condition.at("/is_empty/key").textValue());
            }
            if (!condition.has("key")) {
                return matches(condition, record);
            }
            JsonNode value = record.path(condition.get("key").textValue());
            JsonNode match = condition.get("match");
            if (match.has("value")) {
                return match.get("value").equals(value);
            }
            return match.has("any")
                    ? contains(match.get("any"), value)
                    : !value.isMissingNode() && !contains(match.get("except"), value);
        }
    }

    /** What Chroma's filters mean, as far as they are generated here. */
    private static final class ChromaFilter {
        static boolean matches(JsonNode filter, ObjectNode record) {
            if (filter.isNull() || filter.isEmpty()) {
                return true;
            }
            assertThat(filter).hasSize(1);
            Map.Entry<String, JsonNode> only = filter.properties().iterator().next();
            if (only.getKey().equals("$and") || only.getKey().equals("$or")) {
                boolean any = false;
                boolean all = true;
                for (JsonNode each : only.getValue()) {
                    any |= matches(each, record);
                    all &= matches(each, record);
                }
                return only.getKey().equals("$and") ? all : any;
            }
            JsonNode value = record.path(only.getKey());
            if (!only.getValue().isObject()) {
                return only.getValue().equals(value);
            }
            Map.Entry<String, JsonNode> operator =
                    only.getValue().properties().iterator().next();
            return switch (operator.getKey()) {
                case "$eq" -> operator.getValue().equals(value);
                case "$ne" -> !operator.getValue().equals(value);
                case "$in" -> contains(operator.getValue(), value);
                default -> !contains(operator.getValue(), value);
            };
        }
    }

    private static boolean contains(JsonNode list, JsonNode value) {
        for (JsonNode each : list) {
            if (each.equals(value)) {
                return true;
            }
        }
        return false;
    }
}
