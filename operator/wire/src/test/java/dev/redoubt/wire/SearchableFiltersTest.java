package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.bytes;
import static dev.redoubt.wire.Guarded.forwarded;
import static dev.redoubt.wire.Guarded.milvus;
import static dev.redoubt.wire.Guarded.openSearch;
import static dev.redoubt.wire.Guarded.qdrant;
import static dev.redoubt.wire.Guarded.tree;
import static dev.redoubt.wire.Guarded.weaviate;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.redoubt.policy.Permission;
import dev.redoubt.profiles.Profiles;
import dev.redoubt.profiles.Schema;
import dev.redoubt.wire.frame.FrameFault;
import dev.redoubt.wire.protobuf.GrpcMessage;
import dev.redoubt.wire.route.MalformedTargetException;
import dev.redoubt.wire.route.MatchedRoute;
import dev.redoubt.wire.seal.SealPlace;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Filters on searchable fields in the languages of the engines. */
class SearchableFiltersTest {
    private static final SealPlace PEOPLE = new SealPlace("", "people");
    private static final MessageContext OPEN = new MessageContext(PEOPLE, true, null, List.of());
    private static final MessageContext CLOSED = new MessageContext(PEOPLE, false, null, List.of());

    private static MatchedRoute matched(TargetGuard guard, String method, String target) {
        try {
            return guard.match(method, target).orElseThrow();
        } catch (MalformedTargetException e) {
            throw new AssertionError(e);
        }
    }

    private static RouteGuard route(TargetGuard guard, String method, String target) {
        return guard.guard(matched(guard, method, target));
    }

    private static Outcome exchange(TargetGuard guard, String method, String target, String body) {
        MatchedRoute matched = matched(guard, method, target);
        return guard.guard(matched)
                .read(matched.parameters(), bytes(body))
                .apply(MessageContext.of(matched.variables(), null));
    }

    private static void requireRefused(Outcome outcome, String field, String filter) {
        assertThat(outcome).as(filter).isInstanceOf(Outcome.Refused.class);
        assertThat(((Outcome.Refused) outcome).refusal())
                .as(filter)
                .isEqualTo(new Refusal(RefusalReason.InequalityFilter, field));
    }

    /** Qdrant, by REST. */
    private static final TargetGuard POINTS =
            qdrant().withoutRedaction().searching("customer", "level").guard();

    private static String payload(String payload) {
        String body = "{\"points\":[{\"id\":1,\"vector\":[1],\"payload\":" + payload + "}]}";
        return tree(exchange(POINTS, "PUT", "/collections/people/points", body))
                .at("/points/0/payload")
                .toString();
    }

    private static Outcome points(String filter) {
        return exchange(POINTS, "POST", "/collections/people/points/query", "{\"filter\":" + filter + "}");
    }

    private static String stored(String field, String value) {
        return tree(payload("{\"" + field + "\":" + value + "}")).get(field).textValue();
    }

    @Test
    void aConditionOfQdrantComparesWithWhatIsStored() {
        String acme = stored("customer", "\"Acme\"");
        String five = stored("level", "5");
        assertThat(stored("level", "5.0")).isEqualTo(five);
        assertThat(payload("{\"firm\":{\"customer\":\"Acme\"},\"customer\":[\"Acme\"]}"))
                .isEqualTo("{\"firm\":{\"customer\":\"" + acme + "\"},\"customer\":[\"" + acme + "\"]}");
        for (String key : List.of("customer", "firm.customer", "firms[].customer", "customer[]", "\\\"customer\\\"")) {
            assertThat(forwarded(points("{\"must\":[{\"match\":{\"value\":\"Acme\"},\"key\":\"" + key + "\"}]}")))
                    .as(key)
                    .contains("{\"value\":\"" + acme + "\"}");
        }
        assertThat(forwarded(points(
                        "{\"must_not\":{\"key\":\"customer\",\"match\":{\"any\":[\"Acme\"]}},\"should\":[{\"filter\":"
                                + "{\"must\":[{\"key\":\"level\",\"match\":{\"value\":5}},{\"key\":\"customer\",\"match\":"
                                + "{\"except\":[\"Acme\"]}}]}},{\"is_null\":{\"key\":\"customer\"}},{\"key\":\"b\","
                                + "\"range\":{\"gt\":5}}]}")))
                .contains(
                        "{\"any\":[\"" + acme + "\"]}",
                        "{\"value\":\"" + five + "\"}",
                        "{\"except\":[\"" + acme + "\"]}")
                .contains("\"is_null\":{\"key\":\"customer\"}", "\"range\":{\"gt\":5}")
                .doesNotContain("Acme");
        assertThat(forwarded(points("{\"must\":[{\"nested\":{\"key\":\"firms\",\"filter\":{\"must\":[{\"key\":"
                        + "\"customer\",\"match\":{\"value\":\"Acme\"}}]}}}]}")))
                .contains(acme);
        String batch = "{\"searches\":[{\"prefetch\":[{\"filter\":{\"must\":[{\"key\":\"customer\",\"match\":"
                + "{\"value\":\"Acme\"}}]}}]}]}";
        assertThat(forwarded(exchange(POINTS, "POST", "/collections/people/points/query/batch", batch)))
                .contains(acme);
        String written = "{\"payload\":{\"customer\":\"Acme\"},\"filter\":{\"must\":[{\"key\":\"customer\",\"match\":"
                + "{\"value\":\"Acme\"}}]}}";
        assertThat(forwarded(exchange(POINTS, "POST", "/collections/people/points/payload", written)))
                .contains("{\"customer\":\"" + acme + "\"}", "{\"value\":\"" + acme + "\"}")
                .doesNotContain("Acme");
    }

    @Test
    void aConditionOfQdrantThatAsksForMoreThanEqualityIsRefused() {
        for (String condition : List.of(
                "\"range\":{\"gt\":5}",
                "\"match\":{\"text\":\"x\"}",
                "\"match\":{\"phrase\":\"x\"}",
                "\"match\":{\"text_any\":\"x\"}",
                "\"match\":{\"prefix\":\"x\"}",
                "\"values_count\":{\"gt\":1}",
                "\"geo_radius\":{\"radius\":1.5}",
                "\"value\":{\"other\":\"x\"}")) {
            requireRefused(points("{\"must\":[{" + condition + ",\"key\":\"a.level\"}]}"), "level", condition);
            requireRefused(points("{\"must\":[{\"key\":\"level\"," + condition + "}]}"), "level", condition);
        }
        requireRefused(
                exchange(
                        POINTS,
                        "POST",
                        "/collections/people/points/query",
                        "{\"query\":{\"order_by\":{\"key\":\"level\",\"start_from\":3}}}"),
                "level",
                "order");
        Outcome sealed = qdrant().withoutRedaction()
                .sealing("text")
                .exchange(
                        "POST",
                        "/collections/people/points/query",
                        "{\"filter\":{\"must\":[{\"key\":\"text\",\"match\":{\"value\":\"x\"}}]}}");
        assertThat(((Outcome.Refused) sealed).refusal()).isEqualTo(new Refusal(RefusalReason.SealedFilter, "text"));
    }

    @Test
    void groupsAndCountsOfQdrantTellValuesToThoseAloneWhoMaySeeThem() {
        String five = stored("level", "5");
        String facet = "{\"result\":{\"hits\":[{\"value\":\"" + five + "\",\"count\":3}]}}";
        RouteGuard counts = route(POINTS, "POST", "/collections/people/facet");
        assertThat(tree(counts.response(bytes(facet), OPEN))
                        .at("/result/hits/0/value")
                        .toString())
                .isEqualTo("5");
        assertThat(forwarded(counts.response(bytes(facet), CLOSED))).isEqualTo(facet);
        String groups = "{\"result\":{\"groups\":[{\"hits\":[{\"id\":4,\"payload\":{\"level\":\"" + five
                + "\"}}],\"id\":\"" + five + "\"}]}}";
        RouteGuard grouped = route(POINTS, "POST", "/collections/people/points/query/groups");
        assertThat(forwarded(grouped.response(bytes(groups), OPEN)))
                .contains("\"level\":5", "\"id\":5")
                .doesNotContain(five);
        assertThat(forwarded(grouped.response(bytes(groups), CLOSED))).isEqualTo(groups);
    }

    /** OpenSearch, and Elasticsearch alike. */
    private static final TargetGuard DOCUMENTS =
            openSearch().withoutRedaction().searching("customer", "level").guard();

    private static Outcome documents(String query) {
        return exchange(DOCUMENTS, "POST", "/people/_search", "{\"query\":" + query + "}");
    }

    private static String indexed(String field, String value) {
        return tree(exchange(DOCUMENTS, "PUT", "/people/_doc/1", "{\"" + field + "\":" + value + "}"))
                .get(field)
                .textValue();
    }

    @Test
    void aTermOfOpenSearchComparesWithWhatIsStored() {
        String acme = indexed("customer", "\"Acme\"");
        String five = indexed("level", "5");
        String bulk =
                "{\"index\":{\"_index\":\"people\",\"_id\":\"7\"}}\n{\"customer\":\"Acme\",\"a\":{\"level\":5.0}}\n";
        assertThat(forwarded(exchange(DOCUMENTS, "POST", "/_bulk", bulk)))
                .contains("{\"customer\":\"" + acme + "\",\"a\":{\"level\":\"" + five + "\"}}");
        assertThat(forwarded(documents("{\"bool\":{\"filter\":[{\"term\":{\"customer\":\"Acme\"}},{\"terms\":"
                        + "{\"customer.keyword\":[\"Acme\"]}}],\"must_not\":{\"term\":{\"a.level\":{\"value\":5}}},"
                        + "\"should\":[{\"range\":{\"b\":{\"gt\":5}}},{\"exists\":{\"field\":\"level\"}}]}}")))
                .contains("{\"customer\":\"" + acme + "\"}", "{\"customer.keyword\":[\"" + acme + "\"]}")
                .contains("{\"value\":\"" + five + "\"}", "{\"gt\":5}")
                .doesNotContain("Acme");
        String several = "{\"index\":\"people\"}\n{\"query\":{\"term\":{\"customer\":\"Acme\"}}}\n";
        assertThat(forwarded(exchange(DOCUMENTS, "POST", "/_msearch", several))).contains(acme);
        String near = "{\"knn\":{\"v\":{\"vector\":[1],\"k\":1,\"filter\":{\"term\":{\"customer\":\"Acme\"}}}}}";
        assertThat(forwarded(documents(near))).contains(acme);
    }

    @Test
    void aQueryOfOpenSearchThatAsksForMoreThanEqualityIsRefused() {
        for (String query : List.of(
                "{\"range\":{\"level\":{\"gt\":5}}}",
                "{\"prefix\":{\"level\":\"5\"}}",
                "{\"prefix\":{\"level\":{\"value\":\"5\"}}}",
                "{\"wildcard\":{\"a.level\":{\"wildcard\":\"5*\"}}}",
                "{\"fuzzy\":{\"level.keyword\":{\"value\":\"5\"}}}",
                "{\"match\":{\"level\":\"5\"}}",
                "{\"match\":{\"level\":{\"query\":\"5\"}}}",
                "{\"match_phrase\":{\"level\":\"5\"}}",
                "{\"term\":{\"level\":{\"value\":\"5\",\"case_insensitive\":true}}}",
                "{\"bool\":{\"must_not\":[{\"range\":{\"level\":{\"lt\":1}}}]}}")) {
            requireRefused(documents(query), "level", query);
        }
        assertThat(documents("{\"terms\":{\"level\":{\"index\":\"x\",\"id\":\"1\",\"path\":\"y\"}}}"))
                .isInstanceOf(Outcome.Refused.class);
        Outcome everywhere = exchange(
                openSearch()
                        .withoutRedaction()
                        .searching("level")
                        .bulk(Permission.Allow)
                        .guard(),
                "POST",
                "/_search",
                "{\"query\":{\"term\":{\"level\":5}}}");
        assertThat(((Outcome.Refused) everywhere).refusal())
                .isEqualTo(new Refusal(RefusalReason.MissingCollection, "level"));
    }

    @Test
    void aggregationsAndSortedHitsOfOpenSearchTellValuesToThoseAloneWhoMaySeeThem() {
        String five = indexed("level", "5");
        String answer = "{\"hits\":{\"hits\":[{\"_index\":\"people\",\"_id\":\"1\",\"_source\":{\"level\":\"" + five
                + "\"},\"fields\":{\"level.keyword\":[\"" + five + "\"]},\"sort\":[\"" + five
                + "\"]}]},\"aggregations\":{\"levels\":{\"buckets\":[{\"key\":\"" + five + "\",\"doc_count\":1}]}}}";
        RouteGuard search = route(DOCUMENTS, "POST", "/people/_search");
        assertThat(forwarded(search.response(bytes(answer), OPEN)))
                .doesNotContain(five)
                .contains("\"level\":5", "\"level.keyword\":[5]", "\"sort\":[5]", "\"key\":5");
        assertThat(forwarded(search.response(bytes(answer), CLOSED))).isEqualTo(answer);
    }

    private static final ProtobufJson PROTOBUF =
            new ProtobufJson(Profiles.builtIn().find("Milvus").orElseThrow().schema());

    /** Milvus, by gRPC. */
    private static final TargetGuard COLUMNS = milvus().withoutRedaction()
            .searching("customer", "level")
            .sealing("text")
            .guard();

    private static RouteGuard call(String method) {
        return route(COLUMNS, "POST", "/milvus.proto.milvus.MilvusService/" + method);
    }

    private static Outcome sent(String method, String message) {
        RouteGuard call = call(method);
        return call.read(new GrpcMessage(PROTOBUF.write(call.route().request().type(), tree(message))).framed())
                .apply(new MessageContext(new SealPlace("", ""), false, null, List.of()));
    }

    private static JsonNode read(String type, Outcome outcome) {
        try {
            return PROTOBUF.read(type, GrpcMessage.only(forwardedBytes(outcome)).data());
        } catch (FrameFault e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] forwardedBytes(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Forward.class);
        return ((Outcome.Forward) outcome).body();
    }

    private static JsonNode inserted(String... columns) {
        String message = "{\"collection_name\":\"people\",\"fields_data\":[" + String.join(",", columns) + "]}";
        return read("InsertRequest", sent("Insert", message)).get("fields_data");
    }

    private static String texts(String field, String texts) {
        return "{\"field_name\":\"" + field + "\",\"scalars\":{\"string_data\":{\"data\":[" + texts + "]}}}";
    }

    private static String dynamic(String json) {
        String data = Base64.getEncoder().encodeToString(bytes(json));
        return "{\"field_name\":\"$meta\",\"is_dynamic\":true,\"scalars\":{\"json_data\":{\"data\":[\"" + data
                + "\"]}}}";
    }

    private static JsonNode document(JsonNode column) {
        byte[] json = Base64.getDecoder()
                .decode(column.at("/scalars/json_data/data/0").textValue());
        return tree(new String(json, StandardCharsets.UTF_8));
    }

    private static Outcome asked(String filter) {
        return sent(
                "Query",
                JsonNodeFactory.instance
                        .objectNode()
                        .put("collection_name", "people")
                        .put("expr", filter)
                        .toString());
    }

    @Test
    void aFilterOfMilvusComparesWithWhatIsStored() {
        JsonNode columns = inserted(texts("customer", "\"Acme\",\"Acme\""), dynamic("{\"level\":5.0,\"b\":5}"));
        String acme = columns.at("/0/scalars/string_data/data/0").textValue();
        String five = document(columns.get(1)).get("level").textValue();
        assertThat(acme).startsWith("rdbs1.");
        assertThat(columns.at("/0/scalars/string_data/data/1").textValue()).isEqualTo(acme);
        assertThat(document(columns.get(1)).get("b").intValue()).isEqualTo(5);
        Map<String, String> filters = Map.of(
                "customer == 'Acme'", "customer == \"" + acme + "\"",
                "customer != \"\\x41cme\" and b > 5", "customer != \"" + acme + "\" and b > 5",
                "(customer in ['Acme']) or not (level == 5)",
                        "(customer in [\"" + acme + "\"]) or not (level == \"" + five + "\")",
                "customer not in ['Acme',] && b == 'Acme'", "customer not in [\"" + acme + "\",] && b == 'Acme'",
                "$meta['level'] == 5", "$meta['level'] == \"" + five + "\"",
                "meta[\"a\"][\"level\"] == 5.00 || b[0] == 1",
                        "meta[\"a\"][\"level\"] == \"" + five + "\" || b[0] == 1",
                "json_contains(level, 5)", "json_contains(level, \"" + five + "\")",
                "array_contains_any(customer, ['Acme'])", "array_contains_any(customer, [\"" + acme + "\"])",
                "customer is not null and exists meta['level']", "customer is not null and exists meta['level']");
        filters.forEach((asked, meant) -> assertThat(
                        read("QueryRequest", asked(asked)).get("expr").textValue())
                .isEqualTo(meant));
        String rest = "{\"collectionName\":\"people\",\"data\":[{\"customer\":\"Acme\",\"level\":5}]}";
        assertThat(forwarded(exchange(COLUMNS, "POST", "/v2/vectordb/entities/insert", rest)))
                .contains("{\"customer\":\"" + acme + "\",\"level\":\"" + five + "\"}");
        String question = "{\"collectionName\":\"people\",\"filter\":\"customer == 'Acme'\"}";
        assertThat(forwarded(exchange(COLUMNS, "POST", "/v2/vectordb/entities/query", question)))
                .contains("customer == \\\"" + acme + "\\\"");
    }

    @Test
    void aFilterOfMilvusThatAsksForMoreThanEqualityIsRefused() {
        for (String filter : List.of(
                "level > 5",
                "5 < level",
                "5 == level",
                "level == 5 + 1",
                "level + 0 == 5",
                "level % 2 == 1",
                "-level == 5",
                "level == b",
                "b == level",
                "level == -5",
                "level like \"5%\"",
                "level == 5 == true",
                "level in {values}",
                "level == {value}",
                "level in b",
                "level",
                "1 <= meta['level'] < 7",
                "array_length(level) == 2",
                "text_match(level, '5')",
                "json_contains(b, level)",
                "level in [5, b]")) {
            requireRefused(asked(filter), "level", filter);
        }
        Outcome everywhere = sent("Query", "{\"expr\":\"level == 5\"}");
        assertThat(((Outcome.Refused) everywhere).refusal())
                .isEqualTo(new Refusal(RefusalReason.MissingCollection, "level"));
        String numbers = "{\"field_name\":\"level\",\"scalars\":{\"long_data\":{\"data\":[\"5\"]}}}";
        Outcome typed = sent("Insert", "{\"collection_name\":\"people\",\"fields_data\":[" + numbers + "]}");
        assertThat(((Outcome.Refused) typed).refusal()).isEqualTo(new Refusal(RefusalReason.WrongType, "level"));
    }

    @Test
    void columnsOfMilvusTellValuesToThoseAloneWhoMaySeeThem() {
        JsonNode stored = inserted(
                texts("customer", "\"Acme\""),
                texts("text", "\"a secret\""),
                dynamic("{\"level\":5,\"text\":[\"x\",2]}"));
        String acme = stored.at("/0/scalars/string_data/data/0").textValue();
        assertThat(stored.toString()).doesNotContain("Acme", "secret");
        assertThat(document(stored.get(2)).toString())
                .doesNotContain("5,", "\"x\"")
                .contains("rdbt1.1.", "rdbs1.");
        RouteGuard search = call("Search");
        String answer = "{\"results\":{\"fields_data\":" + stored + ",\"ids\":{\"str_id\":{\"data\":[\"" + acme
                + "\"]}},\"group_by_field_value\":" + texts("customer", "\"" + acme + "\"") + "}}";
        byte[] framed = new GrpcMessage(PROTOBUF.write("SearchResults", tree(answer))).framed();
        JsonNode open = read("SearchResults", search.response(framed, OPEN)).get("results");
        assertThat(open.at("/fields_data/0/scalars/string_data/data/0").textValue())
                .isEqualTo("Acme");
        assertThat(open.at("/fields_data/1/scalars/string_data/data/0").textValue())
                .isEqualTo("a secret");
        assertThat(document(open.at("/fields_data/2"))).isEqualTo(tree("{\"level\":5,\"text\":[\"x\",2]}"));
        assertThat(open.at("/ids/str_id/data/0").textValue()).isEqualTo("Acme");
        assertThat(open.at("/group_by_field_value/scalars/string_data/data/0").textValue())
                .isEqualTo("Acme");
        assertThat(((Outcome.Forward) search.response(framed, CLOSED)).body()).isEqualTo(framed);
    }

    private static final Schema WEAVIATE =
            Profiles.builtIn().find("Weaviate").orElseThrow().schema();
    private static final TargetGuard OBJECTS = weaviate()
            .withoutRedaction()
            .searching("customer", "level")
            .sealing("text")
            .guard();

    private static Outcome called(String method, String type, String message) {
        return route(OBJECTS, "POST", "/weaviate.v1.Weaviate/" + method)
                .read(new GrpcMessage(new ProtobufJson(WEAVIATE).write(type, tree(message))).framed())
                .apply(new MessageContext(new SealPlace("", ""), false, null, List.of()));
    }

    private static Outcome filtered(String filter) {
        return called("Search", "SearchRequest", "{\"collection\":\"People\",\"limit\":5,\"filters\":" + filter + "}");
    }

    private static JsonNode message(String type, Outcome outcome) {
        try {
            return new ProtobufJson(WEAVIATE)
                    .read(type, GrpcMessage.only(forwardedBytes(outcome)).data());
        } catch (FrameFault e) {
            throw new AssertionError(e);
        }
    }

    private static String target(String property) {
        return "\"target\":{\"property\":\"" + property + "\"}";
    }

    private static String customer(String name) {
        String body = "{\"class\":\"People\",\"id\":\"1\",\"properties\":{\"customer\":\"" + name + "\"}}";
        return tree(exchange(OBJECTS, "POST", "/v1/objects", body))
                .at("/properties/customer")
                .textValue();
    }

    @Test
    void aFilterOfWeaviateComparesWithWhatIsStored() {
        String acme = customer("Acme");
        assertThat(acme).startsWith("rdbs1.");
        for (int operator : List.of(1, 2)) {
            String filter = "{\"operator\":" + operator + ",\"value_text\":\"Acme\"," + target("customer") + "}";
            assertThat(message("SearchRequest", filtered(filter))
                            .at("/filters/value_text")
                            .textValue())
                    .isEqualTo(acme);
        }
        String old = "{\"operator\":1,\"value_text\":\"Acme\",\"on\":[\"inFirm\",\"Firm\",\"customer\"]}";
        String several =
                "{\"operator\":12,\"value_text_array\":{\"values\":[\"Acme\",\"x\"]}," + target("customer") + "}";
        String referred = "{\"operator\":1,\"value_text\":\"Acme\",\"target\":{\"single_target\":{\"on\":\"inFirm\","
                + target("customer") + "}}}";
        String other = "{\"operator\":3,\"value_int\":\"5\"," + target("b") + "}";
        JsonNode both = message(
                        "SearchRequest",
                        filtered("{\"operator\":7,\"filters\":[" + String.join(",", old, several, referred, other)
                                + "]}"))
                .at("/filters/filters");
        assertThat(both.at("/0/value_text").textValue()).isEqualTo(acme);
        assertThat(both.at("/1/value_text_array/values/0").textValue()).isEqualTo(acme);
        assertThat(both.at("/2/value_text").textValue()).isEqualTo(acme);
        assertThat(both.at("/3/value_int").asInt()).isEqualTo(5);
        String deleted = "{\"collection\":\"People\",\"filters\":{\"operator\":1,\"value_text\":\"Acme\","
                + target("customer") + "}}";
        assertThat(message("BatchDeleteRequest", called("BatchDelete", "BatchDeleteRequest", deleted))
                        .at("/filters/value_text")
                        .textValue())
                .isEqualTo(acme);
    }

    @Test
    void aFilterOfWeaviateThatAsksForMoreThanEqualityIsRefused() {
        for (int operator : List.of(3, 4, 5, 6, 10)) {
            String filter = "{\"operator\":" + operator + ",\"value_text\":\"Acme\"," + target("customer") + "}";
            requireRefused(filtered(filter), "customer", filter);
        }
        requireRefused(
                filtered("{\"operator\":11,\"value_boolean\":true," + target("customer") + "}"), "customer", "null");
        Outcome number = filtered("{\"operator\":1,\"value_int\":\"5\"," + target("level") + "}");
        assertThat(((Outcome.Refused) number).refusal().rule()).isEqualTo("level");
        for (String where : List.of(
                "{path: [\\\"customer\\\"], operator: Equal, valueText: \\\"Acme\\\"}",
                "{operator: And, operands: [{operands: [{path: [\\\"a\\\", \\\"A\\\", \\\"customer\\\"], operator: Equal,"
                        + " valueText: \\\"x\\\"}], operator: Or}]}",
                "{path: \\\"customer\\\", operator: Equal, valueText: \\\"Acme\\\"}")) {
            String body = "{\"query\":\"{Get {People(limit: 3, where: " + where + ") {name}}}\"}";
            requireRefused(exchange(OBJECTS, "POST", "/v1/graphql", body), "customer", where);
        }
        String open = "{\"query\":\"{Get {People(limit: 3, where: {path: [\\\"name\\\"], operator: Equal, valueText:"
                + " \\\"customer\\\"}) {name}}}\"}";
        assertThat(exchange(OBJECTS, "POST", "/v1/graphql", open)).isInstanceOf(Outcome.Forward.class);
    }

    @Test
    void whatWeaviateIsGivenInBatchesHoldsNoValueInLists() {
        String properties = "{\"non_ref_properties\":{\"customer\":\"Acme\"},\"text_array_properties\":[{\"prop_name\":"
                + "\"customer\",\"values\":[\"Acme\"]},{\"prop_name\":\"b\",\"values\":[\"Acme\"]}],\"object_properties\":"
                + "[{\"prop_name\":\"firm\",\"value\":{\"text_array_properties\":[{\"values\":[\"Acme\"],\"prop_name\":"
                + "\"text\"}]}}]}";
        String batch = "{\"objects\":[{\"uuid\":\"1\",\"collection\":\"People\",\"properties\":" + properties + "}]}";
        JsonNode sent = message("BatchObjectsRequest", called("BatchObjects", "BatchObjectsRequest", batch))
                .at("/objects/0/properties");
        assertThat(sent.at("/text_array_properties/0/values/0").textValue()).isEqualTo(customer("Acme"));
        assertThat(sent.at("/text_array_properties/1/values/0").textValue()).isEqualTo("Acme");
        assertThat(sent.at("/object_properties/0/value/text_array_properties/0/values/0")
                        .textValue())
                .startsWith("rdbt1.");
        String numbers =
                batch.replace(properties, "{\"int_array_properties\":[{\"prop_name\":\"level\",\"values\":[\"5\"]}]}");
        Outcome typed = called("BatchObjects", "BatchObjectsRequest", numbers);
        assertThat(((Outcome.Refused) typed).refusal()).isEqualTo(new Refusal(RefusalReason.WrongType, "level"));
    }
}
