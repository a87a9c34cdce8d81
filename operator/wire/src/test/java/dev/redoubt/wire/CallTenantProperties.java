package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.qdrant;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redoubt.profiles.Profiles;
import dev.redoubt.wire.frame.FrameFault;
import dev.redoubt.wire.protobuf.GrpcMessage;
import dev.redoubt.wire.route.MalformedTargetException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Whatever filter a client of a tenant sends over gRPC, what Qdrant then finds are the tenant's points that match it.
 * Filters are evaluated by a little evaluator of their language.
 */
class CallTenantProperties {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final List<String> TENANTS = List.of("a", "b", "a\"}", "{tenant}", "é\n", "");
    private static final ProtobufJson PROTOBUF =
            new ProtobufJson(Profiles.builtIn().find("Qdrant").orElseThrow().schema());

    private static final TargetGuard GUARD =
            qdrant().withoutRedaction().confined("tenant_id").guard();

    private static RouteGuard call(String method) {
        try {
            return GUARD.guard(GUARD.match("POST", "/qdrant.Points/" + method).orElseThrow());
        } catch (MalformedTargetException e) {
            throw new AssertionError(e);
        }
    }

    private static MessageContext of(String tenant) {
        return new MessageContext(Guarded.CLOSED.place(), false, tenant, List.of());
    }

    private static Outcome outcome(String method, JsonNode message, String tenant) {
        RouteGuard route = call(method);
        byte[] bytes = PROTOBUF.write(route.route().request().type(), message);
        return route.read(new GrpcMessage(bytes).framed()).apply(of(tenant));
    }

    private static JsonNode sent(String method, JsonNode message, String tenant) {
        return read(
                outcome(method, message, tenant), call(method).route().request().type());
    }

    private static JsonNode read(Outcome outcome, String type) {
        assertThat(outcome).isInstanceOf(Outcome.Forward.class);
        try {
            return PROTOBUF.read(
                    type, GrpcMessage.only(((Outcome.Forward) outcome).body()).data());
        } catch (FrameFault e) {
            throw new AssertionError(e);
        }
    }

    private static RefusalReason refused(String method, String message) {
        return Guarded.refused(outcome(method, Guarded.tree(message), "a"));
    }

    /** What Qdrant takes points for: their fields that are looked at. */
    record Point(int id, String tenant, int x) {}

    @Provide
    Arbitrary<List<Point>> points() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 3),
                        Arbitraries.of(TENANTS).injectNull(0.1),
                        Arbitraries.integers().between(0, 3))
                .as(Point::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<String> tenants() {
        return Arbitraries.of(TENANTS).filter(tenant -> !tenant.isEmpty());
    }

    @Provide
    Arbitrary<ObjectNode> filters() {
        return Arbitraries.oneOf(filter(2), Arbitraries.create(JSON::objectNode));
    }

    private static Arbitrary<ObjectNode> filter(int depth) {
        Arbitrary<ObjectNode> tenant = Arbitraries.of(TENANTS).map(value -> field("tenant_id", "keyword", value));
        Arbitrary<ObjectNode> number = Arbitraries.integers().between(0, 3).map(value -> {
            ObjectNode condition = JSON.objectNode();
            condition.putObject("field").put("key", "x").putObject("match").put("integer", value);
            return condition;
        });
        Arbitrary<ObjectNode> id = Arbitraries.integers().between(0, 3).map(CallTenantProperties::hasId);
        Arbitrary<ObjectNode> condition = depth == 0
                ? Arbitraries.oneOf(tenant, number, id)
                : Arbitraries.oneOf(tenant, number, id, filter(depth - 1).map(inner -> JSON.objectNode()
                        .set("filter", inner)));
        Arbitrary<ArrayNode> clause = condition.list().ofMinSize(1).ofMaxSize(3).map(list -> JSON.arrayNode()
                .addAll(list));
        return Arbitraries.maps(Arbitraries.of("must", "should", "must_not"), clause)
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(clauses -> {
                    ObjectNode filter = JSON.objectNode();
                    clauses.forEach(filter::set);
                    return filter;
                });
    }

    private static ObjectNode field(String key, String how, String value) {
        ObjectNode condition = JSON.objectNode();
        condition.putObject("field").put("key", key).putObject("match").put(how, value);
        return condition;
    }

    private static ObjectNode hasId(int id) {
        ObjectNode condition = JSON.objectNode();
        condition.putObject("has_id").putArray("has_id").addObject().put("-1", Integer.toString(id));
        return condition;
    }

    private static boolean matches(JsonNode filter, Point point) {
        boolean should = filter.path("should").isEmpty();
        for (JsonNode each : filter.path("should")) {
            should |= condition(each, point);
        }
        for (JsonNode each : filter.path("must")) {
            should &= condition(each, point);
        }
        for (JsonNode each : filter.path("must_not")) {
            should &= !condition(each, point);
        }
        return should;
    }

    private static boolean condition(JsonNode condition, Point point) {
        if (condition.has("filter")) {
            return matches(condition.get("filter"), point);
        }
        if (condition.has("has_id")) {
            for (JsonNode id : condition.at("/has_id/has_id")) {
                if (id.get("-1").asInt() == point.id()) {
                    return true;
                }
            }
            return false;
        }
        JsonNode match = condition.at("/field/match");
        return condition.at("/field/key").textValue().equals("x")
                ? match.get("integer").asInt() == point.x()
                : match.get("keyword").textValue().equals(point.tenant());
    }

    private static void assertNarrows(JsonNode sent, JsonNode own, String tenant, List<Point> points) {
        assertThat(sent.isMissingNode()).isFalse();
        for (Point point : points) {
            assertThat(matches(sent, point)).isEqualTo(tenant.equals(point.tenant()) && matches(own, point));
        }
    }

    @Property(tries = 500)
    void aFilterOnlyNarrowsWhereverItStands(
            @ForAll("filters") ObjectNode filter,
            @ForAll("tenants") String tenant,
            @ForAll("points") List<Point> points) {
        ObjectNode search = JSON.objectNode();
        search.set("filter", filter);
        ObjectNode query = search.deepCopy().put("collection_name", "c");
        query.putArray("prefetch")
                .add(search.deepCopy())
                .addObject()
                .putArray("prefetch")
                .addObject();
        JsonNode sent = sent("Query", query, tenant);
        assertNarrows(sent.path("filter"), filter, tenant, points);
        assertNarrows(sent.at("/prefetch/0/filter"), filter, tenant, points);
        assertNarrows(sent.at("/prefetch/1/filter"), JSON.objectNode(), tenant, points);
        assertNarrows(sent.at("/prefetch/1/prefetch/0/filter"), JSON.objectNode(), tenant, points);

        ObjectNode batch = JSON.objectNode();
        batch.putArray("query_points")
                .add(query.deepCopy())
                .add(JSON.objectNode().put("collection_name", "c"));
        JsonNode many = sent("QueryBatch", batch, tenant);
        assertNarrows(many.at("/query_points/0/filter"), filter, tenant, points);
        assertNarrows(many.at("/query_points/0/prefetch/0/filter"), filter, tenant, points);
        assertNarrows(many.at("/query_points/1/filter"), JSON.objectNode(), tenant, points);

        for (String method : List.of("QueryGroups", "Count", "Facet", "SearchMatrixPairs")) {
            assertNarrows(sent(method, search.deepCopy(), tenant).path("filter"), filter, tenant, points);
            assertNarrows(
                    sent(method, JSON.objectNode().put("collection_name", "c"), tenant)
                            .path("filter"),
                    JSON.objectNode(),
                    tenant,
                    points);
        }
    }

    @Property(tries = 100)
    void aScrollIsConfinedToo(
            @ForAll("filters") ObjectNode filter,
            @ForAll("tenants") String tenant,
            @ForAll("points") List<Point> points) {
        ObjectNode scroll = JSON.objectNode();
        scroll.putObject("filter").putArray("must").addObject().set("filter", filter);
        assertNarrows(sent("Scroll", scroll, tenant).path("filter"), filter, tenant, points);
        assertThat(refused("Scroll", "{}")).as("all of the tenant's points").isEqualTo(RefusalReason.BulkExport);
    }

    @Property(tries = 300)
    void whatIsChangedOrDeletedIsTheTenantsAlone(
            @ForAll("filters") ObjectNode filter,
            @ForAll("tenants") String tenant,
            @ForAll("points") List<Point> points) {
        ObjectNode byIds = JSON.objectNode();
        byIds.putObject("points").putArray("ids").addObject().put("-1", "2");
        for (String method : List.of("Delete", "ClearPayload", "DeletePayload", "SetPayload", "OverwritePayload")) {
            String selector = method.equals("Delete") || method.equals("ClearPayload") ? "points" : "points_selector";
            ObjectNode ids = JSON.objectNode();
            ids.set(selector, byIds);
            JsonNode sent = sent(method, ids, tenant).get(selector);
            assertThat(sent.has("points")).isFalse();
            ObjectNode two = JSON.objectNode();
            two.putArray("must").add(hasId(2));
            assertNarrows(sent.path("filter"), two, tenant, points);
            if (!filter.isEmpty()) {
                ObjectNode filtered = JSON.objectNode();
                filtered.putObject(selector).set("filter", filter);
                assertNarrows(sent(method, filtered, tenant).get(selector).path("filter"), filter, tenant, points);
            }
        }
        ObjectNode vectors = JSON.objectNode();
        vectors.set("update_filter", filter);
        assertNarrows(sent("UpdateVectors", vectors, tenant).path("update_filter"), filter, tenant, points);
    }

    @Property(tries = 200)
    void pointsThatAreWrittenAreMarkedAndNothingElseChanges(
            @ForAll("tenants") String tenant, @ForAll("points") List<Point> points) {
        ObjectNode upsert = JSON.objectNode().put("collection_name", "c");
        ArrayNode written = upsert.putArray("points");
        ArrayNode expected = JSON.arrayNode();
        for (Point point : points) {
            ObjectNode one = written.addObject();
            one.putObject("id").put("-1", point.id());
            if (point.x() > 0) {
                one.putObject("payload").putObject("x").put("-3", point.x());
            }
            if (point.x() > 1) {
                one.withObject("/payload").putObject("tenant_id").put("-4", tenant);
            }
            expected.add(one.deepCopy())
                    .get(expected.size() - 1)
                    .withObject("/payload")
                    .putObject("tenant_id")
                    .put("-4", tenant);
        }
        JsonNode sent = sent("Upsert", upsert, tenant);
        // numbers of two kinds are not equal as nodes
        assertThat(sent.get("points")).hasToString(expected.toString());
        assertNarrows(sent.path("update_filter"), JSON.objectNode(), tenant, points);
    }

    @Property(tries = 200)
    void anAnswerShowsTheTenantsPointsAlone(@ForAll("tenants") String tenant, @ForAll("points") List<Point> points) {
        ObjectNode answer = JSON.objectNode();
        ArrayNode result = answer.putArray("result");
        List<Integer> own = new ArrayList<>();
        List<Integer> shown = new ArrayList<>();
        for (int i = 0; i < points.size(); i++) {
            Point point = points.get(i);
            ObjectNode hit = result.addObject();
            hit.putObject("id").put("-1", i);
            if (point.x() > 0) {
                hit.putObject("payload").putObject("x").put("-3", point.x());
            }
            if (point.x() > 1 && point.tenant() != null) {
                hit.withObject("/payload").putObject("tenant_id").put("-4", point.tenant());
            }
            boolean isOwn = point.x() > 1 && tenant.equals(point.tenant());
            if (isOwn) {
                own.add(i);
            }
            if (isOwn || point.x() == 0) {
                shown.add(i);
            }
        }
        assertThat(ids("Query", answer, tenant))
                .as("where a filter confined it")
                .isEqualTo(shown);
        assertThat(ids("Get", answer, tenant)).as("where none did").isEqualTo(own);
    }

    private static List<Integer> ids(String method, JsonNode answer, String tenant) {
        RouteGuard route = call(method);
        String type = route.route().response().type();
        Outcome outcome = route.response(new GrpcMessage(PROTOBUF.write(type, answer)).framed(), of(tenant));
        List<Integer> ids = new ArrayList<>();
        read(outcome, type)
                .path("result")
                .forEach(hit -> ids.add(hit.at("/id/-1").asInt()));
        return ids;
    }

    @Example
    void whatALookElsewhereOrAnotherTenantWouldTakeIsRefused() {
        assertThat(refused("Query", "{\"lookup_from\": {\"collection_name\": \"d\"}}"))
                .isEqualTo(RefusalReason.OtherTenant);
        assertThat(refused("Query", "{\"prefetch\": [{\"lookup_from\": {\"collection_name\": \"d\"}}]}"))
                .isEqualTo(RefusalReason.OtherTenant);
        assertThat(refused("QueryGroups", "{\"with_lookup\": {\"collection\": \"d\"}}"))
                .isEqualTo(RefusalReason.OtherTenant);
        assertThat(refused("Query", "{\"query\": {\"nearest\": {\"id\": {\"-1\": 1}}}}"))
                .isEqualTo(RefusalReason.OtherTenant);
        assertThat(refused("SetPayload", "{\"key\": \"tenant_id\"}")).isEqualTo(RefusalReason.OtherTenant);
        assertThat(refused("Upsert", "{\"points\": [{\"payload\": {\"tenant_id\": {\"-4\": \"b\"}}}]}"))
                .isEqualTo(RefusalReason.OtherTenant);
        assertThat(refused("Upsert", "{\"points\": [{\"payload\": {\"tenant_id\": {\"-3\": 1}}}]}"))
                .isEqualTo(RefusalReason.OtherTenant);
        assertThat(refused("Delete", "{\"points\": {}}")).isEqualTo(RefusalReason.OtherTenant);
        assertThat(refused("Delete", "{\"points\": {\"filter\": {}}}")).isEqualTo(RefusalReason.OtherTenant);
        assertThat(
                        refused(
                                "Delete",
                                "{\"points\": {\"points\": {\"ids\": [{\"-1\": 1}]}, \"filter\": {\"must\": [{\"is_null\": {\"key\": \"x\"}}]}}}"))
                .isEqualTo(RefusalReason.OtherTenant);
    }

    @Example
    void theTenantsFieldComesBackWhereHitsMustShowIt() {
        JsonNode none = sent("Get", Guarded.tree("{\"with_payload\": {\"enable\": false}}"), "a");
        assertThat(none.at("/with_payload/enable").booleanValue()).isTrue();
        assertThat(sent("Get", JSON.objectNode(), "a")
                        .at("/with_payload/enable")
                        .booleanValue())
                .isTrue();
        JsonNode some = Guarded.tree("{\"with_payload\": {\"include\": {\"fields\": [\"x\"]}}}");
        for (String method : List.of("Get", "Query", "QueryGroups")) {
            assertThat(sent(method, some, "a").at("/with_payload/include/fields"))
                    .isEqualTo(Guarded.tree("[\"x\", \"tenant_id\"]"));
        }
        assertThat(sent("Query", Guarded.tree("{\"with_payload\": {\"enable\": false}}"), "a")
                        .at("/with_payload/enable")
                        .booleanValue())
                .isFalse();
    }
}
