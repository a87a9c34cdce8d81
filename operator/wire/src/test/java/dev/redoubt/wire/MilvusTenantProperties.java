package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.milvus;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redoubt.profiles.Profiles;
import dev.redoubt.wire.frame.FrameFault;
import dev.redoubt.wire.protobuf.GrpcMessage;
import dev.redoubt.wire.route.MalformedTargetException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Clients of tenants of Milvus: filters are texts, records are columns. */
class MilvusTenantProperties {
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final String OWN = "tenant_id == \"a\"";
    private static final ProtobufJson PROTOBUF =
            new ProtobufJson(Profiles.builtIn().find("Milvus").orElseThrow().schema());
    private static final TargetGuard GUARD =
            milvus().withoutRedaction().confined("tenant_id").guard();

    private static RouteGuard call(String method) {
        try {
            return GUARD.guard(GUARD.match("POST", "/milvus.proto.milvus.MilvusService/" + method)
                    .orElseThrow());
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

    private static JsonNode sent(String method, JsonNode message) {
        return read(
                outcome(method, message, "a"), call(method).route().request().type());
    }

    private static RefusalReason refused(String method, JsonNode message) {
        return Guarded.refused(outcome(method, message, "a"));
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

    private static ObjectNode filter(String member, String text) {
        return JSON.objectNode().put("collection_name", "c").put(member, text);
    }

    @Example
    void aFilterStandsInBracketsBesideTheTenants() {
        String own = "n > 3 or tenant_id == \"b\"";
        String merged = "(" + own + ") and " + OWN;
        assertThat(sent("Query", filter("expr", own)).get("expr").textValue()).isEqualTo(merged);
        assertThat(sent("Search", filter("dsl", own)).get("dsl").textValue()).isEqualTo(merged);
        assertThat(sent("Delete", filter("expr", own)).get("expr").textValue()).isEqualTo(merged);
        for (String none : List.of("", " \n")) {
            assertThat(sent("Query", filter("expr", none)).get("expr").textValue())
                    .isEqualTo(OWN);
            assertThat(refused("Delete", filter("expr", none))).isEqualTo(RefusalReason.OtherTenant);
        }
        assertThat(sent("Query", JSON.objectNode()).get("expr").textValue()).isEqualTo(OWN);
        assertThat(sent("Search", JSON.objectNode()).get("dsl").textValue()).isEqualTo(OWN);
        assertThat(refused("Delete", JSON.objectNode())).isEqualTo(RefusalReason.OtherTenant);

        ObjectNode hybrid = JSON.objectNode();
        hybrid.putArray("requests").add(filter("dsl", own)).addObject().put("nq", 1);
        JsonNode requests = sent("HybridSearch", hybrid).get("requests");
        assertThat(requests.at("/0/dsl").textValue()).isEqualTo(merged);
        assertThat(requests.at("/1/dsl").textValue()).isEqualTo(OWN);
    }

    @Example
    void whatIsPutInIsNeverLookedAtAgain() {
        String own = "text == \"{tenant} {filter}\" and n in {field}";
        assertThat(sent("Query", filter("expr", own)).get("expr").textValue()).isEqualTo("(" + own + ") and " + OWN);
        for (String tenant : List.of("a\" or \"1\" == \"1", "a\\", "a\n")) {
            assertThat(Guarded.refused(outcome("Query", filter("expr", own), tenant)))
                    .as("no text in quotes")
                    .isEqualTo(RefusalReason.OtherTenant);
        }
    }

    /** What a client sends either cannot be taken apart, or ends no bracket that it did not open. */
    @Property(tries = 2000)
    void noFilterLeavesItsBrackets(@ForAll("texts") String own) {
        if (!(outcome("Query", filter("expr", own), "a") instanceof Outcome.Forward forward)) {
            return;
        }
        String sent = read(forward, "QueryRequest").get("expr").textValue();
        if (own.isBlank()) {
            assertThat(sent).isEqualTo(OWN);
            return;
        }
        assertThat(sent).isEqualTo("(" + own + ") and " + OWN);
        int depth = 0;
        char quote = 0;
        for (int i = 0; i < sent.length(); i++) {
            char c = sent.charAt(i);
            if (quote != 0) {
                i += c == '\\' ? 1 : 0;
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else {
                depth += "([{".indexOf(c) >= 0 ? 1 : ")]}".indexOf(c) >= 0 ? -1 : 0;
            }
            boolean inOwn = i < sent.length() - (") and " + OWN).length();
            assertThat(!inOwn || depth > 0).as(sent).isTrue();
        }
        assertThat(quote).isEqualTo((char) 0);
        assertThat(depth).isZero();
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "(", ")", "[", "]", "{", "}", "\"", "'", "\\", " or ", "n", " == ", "1", "/", "*", "-", "#",
                        "$", " ")
                .list()
                .ofMaxSize(10)
                .map(parts -> String.join("", parts));
    }

    private static ObjectNode rows(int rows) {
        ObjectNode insert = JSON.objectNode().put("collection_name", "c").put("num_rows", rows);
        ObjectNode column = insert.putArray("fields_data")
                .addObject()
                .put("field_name", "n")
                .put("type", 5);
        for (int i = 0; i < rows; i++) {
            column.withObject("/scalars/long_data").withArray("data").add(i);
        }
        return insert;
    }

    private static ObjectNode column(ObjectNode insert, String name, String kind, String... values) {
        ObjectNode column = insert.withArray("fields_data").addObject().put("field_name", name);
        ArrayNode data = column.withObject("/scalars/" + kind).withArray("data");
        for (String value : values) {
            data.add(
                    kind.equals("json_data")
                            ? Base64.getEncoder().encodeToString(value.getBytes(StandardCharsets.UTF_8))
                            : value);
        }
        return column;
    }

    @Example
    void recordsThatAreWrittenGetAColumnWithTheTenant() {
        JsonNode marked = sent("Insert", rows(3)).at("/fields_data/1");
        assertThat(marked.get("field_name").textValue()).isEqualTo("tenant_id");
        assertThat(marked.get("type").intValue()).as("VarChar").isEqualTo(21);
        assertThat(marked.at("/scalars/string_data/data")).isEqualTo(Guarded.tree("[\"a\",\"a\",\"a\"]"));

        ObjectNode own = rows(2);
        column(own, "tenant_id", "string_data", "a", "a");
        assertThat(sent("Insert", own).get("fields_data")).hasSize(2);

        ObjectNode undeclared = rows(2);
        column(undeclared, "$meta", "json_data", "{\"tenant_id\":\"a\"}", "{\"x\":1,\"tenant\\u005fid\":\"a\"}");
        assertThat(sent("Insert", undeclared).get("fields_data")).hasSize(2);
        ObjectNode silent = rows(2);
        column(silent, "$meta", "json_data", "{\"x\":1}", "{}");
        assertThat(sent("Insert", silent).get("fields_data")).hasSize(3);
    }

    @Example
    void aRecordOfAnotherTenantIsNotWritten() {
        List<ObjectNode> forged = new ArrayList<>();
        for (List<String> texts : List.of(List.of("a", "b"), List.of("a"), List.of("a", "a", "a"))) {
            ObjectNode insert = rows(2);
            column(insert, "tenant_id", "string_data", texts.toArray(new String[0]));
            forged.add(insert);
        }
        for (String document :
                List.of("{\"tenant_id\":\"b\"}", "{\"tenant\\u005fid\":\"b\"}", "{\"tenant_id\":1}", "{}")) {
            ObjectNode insert = rows(2);
            column(insert, "$meta", "json_data", "{\"tenant_id\":\"a\"}", document);
            forged.add(insert);
        }
        ObjectNode twice = rows(1);
        column(twice, "tenant_id", "string_data", "a");
        column(twice, "tenant_id", "string_data");
        forged.add(twice);
        ObjectNode number = rows(1);
        column(number, "tenant_id", "long_data", "1");
        forged.add(number);
        ObjectNode without = rows(1);
        column(without, "tenant_id", "string_data", "a").putArray("valid_data").add(false);
        forged.add(without);
        ObjectNode numbered = rows(1);
        column(numbered, "x", "string_data", "b").put("field_id", 101);
        forged.add(numbered);
        forged.add(rows(1).put("num_rows", 2_000_000_000));
        forged.add(rows(0));
        for (ObjectNode each : forged) {
            assertThat(refused("Insert", each)).as(each.toString()).isEqualTo(RefusalReason.OtherTenant);
        }
        assertThat(refused("Upsert", rows(1))).as("it could replace another's").isEqualTo(RefusalReason.OtherTenant);
    }

    @Example
    void aSearchByTheVectorsOfStoredRecordsIsRefused() {
        assertThat(refused("Search", Guarded.tree("{\"ids\": {\"int_id\": {\"data\": [1]}}}")))
                .isEqualTo(RefusalReason.OtherTenant);
        assertThat(refused("Search", Guarded.tree("{\"search_by_primary_keys\": true}")))
                .isEqualTo(RefusalReason.OtherTenant);
    }

    @Example
    void aRecordThatShowsAnotherTenantIsTakenOutOfTheAnswer() {
        ObjectNode answer = JSON.objectNode();
        ObjectNode results = answer.putObject("results");
        results.putArray("topks").add(3).add(2);
        results.putObject("ids")
                .putObject("int_id")
                .putArray("data")
                .add(0)
                .add(1)
                .add(2)
                .add(3)
                .add(4);
        column(results, "tenant_id", "string_data", "a", "b", "a", "a", "b");
        column(results, "text", "string_data", "0", "1", "2", "3", "4");
        JsonNode left = answered("Search", answer).get("results");
        assertThat(left.at("/ids/int_id/data")).hasToString("[0,2,3]");
        assertThat(left.get("topks")).hasToString("[2,1]");
        assertThat(left.at("/fields_data/1/scalars/string_data/data")).hasToString("[\"0\",\"2\",\"3\"]");

        ObjectNode page = JSON.objectNode();
        column(page, "n", "string_data", "0", "1", "2");
        column(page, "$meta", "json_data", "{\"tenant_id\":\"b\"}", "{\"x\":1}", "{\"tenant_id\":\"a\"}");
        assertThat(answered("Query", page).at("/fields_data/0/scalars/string_data/data"))
                .hasToString("[\"1\",\"2\"]");
    }

    private static JsonNode answered(String method, JsonNode answer) {
        RouteGuard route = call(method);
        String type = route.route().response().type();
        return read(route.response(new GrpcMessage(PROTOBUF.write(type, answer)).framed(), of("a")), type);
    }
}
