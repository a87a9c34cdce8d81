package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static dev.redoubt.wire.Guarded.captured;
import static dev.redoubt.wire.Guarded.milvus;
import static dev.redoubt.wire.Guarded.refused;
import static dev.redoubt.wire.Guarded.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redoubt.policy.Action;
import dev.redoubt.policy.Permission;
import dev.redoubt.policy.Retrieval;
import dev.redoubt.policy.VectorProtection;
import dev.redoubt.profiles.Operation;
import dev.redoubt.profiles.Profiles;
import dev.redoubt.profiles.Schema;
import dev.redoubt.profiles.SchemaField;
import dev.redoubt.wire.frame.FrameFault;
import dev.redoubt.wire.protobuf.GrpcMessage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What happens to messages of real Milvus Lite servers and of pymilvus. */
class MilvusMessagesTest {
    private static final String SERVICE = "/milvus.proto.milvus.MilvusService/";
    private static final Schema SCHEMA =
            Profiles.builtIn().find("Milvus").orElseThrow().schema();
    private static final ProtobufJson PROTOBUF = new ProtobufJson(SCHEMA);
    private static final String FIRST = "milvus-lite-2.5.1/";

    private static RouteGuard route(Guarded guarded, String method) {
        return guarded.route("POST", SERVICE + method);
    }

    private static byte[] framed(String type, JsonNode message) {
        return new GrpcMessage(PROTOBUF.write(type, message)).framed();
    }

    private static RequestReading reading(RouteGuard guard, JsonNode message) {
        return guard.read(framed(guard.route().request().type(), message));
    }

    private static Outcome request(RouteGuard guard, JsonNode message) {
        return reading(guard, message).apply(CLOSED);
    }

    private static Outcome response(RouteGuard guard, JsonNode message) {
        return guard.response(framed(guard.route().response().type(), message), CLOSED);
    }

    private static JsonNode sent(RouteGuard guard, JsonNode message) {
        return read(request(guard, message), guard.route().request().type());
    }

    private static JsonNode answered(RouteGuard guard, JsonNode message) {
        return read(response(guard, message), guard.route().response().type());
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

    private static JsonNode message(String file) {
        return captured(FIRST + file).get("message");
    }

    /** The document in the bytes of a column. */
    private static JsonNode document(JsonNode base64) {
        return tree(new String(Base64.getDecoder().decode(base64.textValue()), StandardCharsets.UTF_8));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String column(String name, String content) {
        return "{\"field_name\": \"" + name + "\", " + content + "}";
    }

    private static JsonNode insertOf(String... columns) {
        return tree("{\"collection_name\": \"c\", \"fields_data\": [" + String.join(",", columns) + "]}");
    }

    private static JsonNode answerOf(String... columns) {
        return tree("{\"fields_data\": [" + String.join(",", columns) + "], \"output_fields\": [\"text\", \"v\"]}");
    }

    private static String texts(String... texts) {
        return "\"scalars\": {\"string_data\": {\"data\": [\"" + String.join("\",\"", texts) + "\"]}}";
    }

    @Test
    void everyCapturedCallOfAnOrdinaryClientPassesAndNoAnswerTellsAPerson() throws IOException {
        for (String server : List.of(FIRST, "milvus-lite-3.2.2/")) {
            Path folder = Path.of("src/test/resources", server);
            int calls = 0;
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(each -> each.toString().contains(".request."))
                        .toList()) {
                    String name = server + file.getFileName();
                    JsonNode request = captured(name);
                    String method = request.get("grpc_method").textValue();
                    if (method.endsWith("ListCredUsers")) {
                        continue;
                    }
                    RouteGuard guard = milvus().bulk(Permission.Allow).route("POST", method);
                    assertThat(request(guard, request.get("message"))).as(name).isInstanceOf(Outcome.Forward.class);
                    JsonNode response = captured(name.replace(".request.", ".response."));
                    if (response.has("message")) {
                        Outcome outcome = response(guard, response.get("message"));
                        assertThat(outcome).as(name).isInstanceOf(Outcome.Forward.class);
                        assertThat(new String(((Outcome.Forward) outcome).body(), StandardCharsets.UTF_8))
                                .as(name)
                                .doesNotContain("@example");
                    }
                    calls++;
                }
            }
            assertThat(calls).as(server).isGreaterThan(25);
        }
    }

    @Test
    void textsOfDeclaredAndOfUndeclaredFieldsAreRedactedOnTheirWayIn() {
        JsonNode sent = sent(route(milvus(), "Insert"), message("10-insert-Insert.request.json"));
        assertThat(sent.at("/fields_data/1/scalars/string_data/data/0").textValue())
                .isEqualTo("Contact Ann Lee at <EMAIL_ADDRESS>");
        assertThat(document(sent.at("/fields_data/3/scalars/json_data/data/2")).toString())
                .isEqualTo("{\"email\":\"<EMAIL_ADDRESS>\"}");
        assertThat(sent.at("/fields_data/2/vectors/float_vector/data")).hasSize(12);
        assertThat(sent.at("/fields_data/0/scalars/long_data/data").toString()).isEqualTo("[1,2,3]");
    }

    @Test
    void aFieldThatThePolicyDropsNeverReachesTheStoreDeclaredOrNot() {
        JsonNode insert = message("10-insert-Insert.request.json");
        Guarded guarded = milvus().dropping("text", "email");
        JsonNode sent = sent(route(guarded, "Insert"), insert);
        assertThat(sent.get("fields_data")).hasSize(3);
        assertThat(sent.at("/fields_data/1/field_name").textValue()).isEqualTo("vector");
        assertThat(document(sent.at("/fields_data/2/scalars/json_data/data/0")).toString())
                .isEqualTo("{}");
        assertThat(request(route(guarded, "Insert"), insert).report().dropped()).isEqualTo(4);
    }

    @Test
    void aFieldThatThePolicyExcludesIsNotScannedDeclaredOrNot() {
        JsonNode insert = message("10-insert-Insert.request.json");
        JsonNode first = sent(route(milvus().excluding("text"), "Insert"), insert);
        assertThat(first.at("/fields_data/1/scalars/string_data/data/1").textValue())
                .isEqualTo("Write to bob@example.org");
        assertThat(first.toString()).doesNotContain(base64("{\"email\":\"bob@example.org\"}"));
        JsonNode second = sent(route(milvus().excluding("email"), "Insert"), insert);
        assertThat(second.at("/fields_data/1/scalars/string_data/data/1").textValue())
                .isEqualTo("Write to <EMAIL_ADDRESS>");
        assertThat(second.toString()).contains(base64("{\"email\":\"bob@example.org\"}"));
    }

    @Test
    void aDeclaredDocumentBelongsToItsOwnFieldWithAllThatIsInIt() {
        String document = base64("{\"email\": \"ann.lee@example.com\"}");
        JsonNode insert = insertOf(column("about", "\"scalars\": {\"json_data\": {\"data\": [\"" + document + "\"]}}"));
        assertThat(sent(route(milvus().excluding("about"), "Insert"), insert).toString())
                .contains(document);
        assertThat(sent(route(milvus().excluding("email"), "Insert"), insert).toString())
                .doesNotContain(document);
        assertThat(sent(route(milvus().dropping("about"), "Insert"), insert).has("fields_data"))
                .isFalse();
    }

    @Test
    void itDoesNotMatterWhetherTheNameOfAColumnStandsBeforeItsValues() {
        Map<String, Map<Integer, SchemaField>> types = new LinkedHashMap<>(SCHEMA.types());
        Map<Integer, SchemaField> turned = new LinkedHashMap<>();
        List<Integer> numbers = new ArrayList<>(types.get("FieldData").keySet());
        Collections.reverse(numbers);
        numbers.forEach(
                number -> turned.put(number, SCHEMA.types().get("FieldData").get(number)));
        types.put("FieldData", turned);
        byte[] insert = new ProtobufJson(new Schema(types))
                .write("InsertRequest", insertOf(column("text", texts("ann.lee@example.com"))));
        byte[] body = new GrpcMessage(insert).framed();
        Outcome excluded =
                route(milvus().excluding("text"), "Insert").read(body).apply(CLOSED);
        assertThat(((Outcome.Forward) excluded).body()).isEqualTo(body);
        Outcome dropped = route(milvus().dropping("text"), "Insert").read(body).apply(CLOSED);
        assertThat(read(dropped, "InsertRequest").has("fields_data")).isFalse();
    }

    @Test
    void aColumnThatIsNamedTwiceIsRefusedForItsNamesMightBeReadDifferently() {
        byte[] twice = PROTOBUF.write("FieldData", tree(column("text", texts("x"))));
        byte[] other = PROTOBUF.write("FieldData", tree("{\"field_name\": \"id\"}"));
        byte[] both = Arrays.copyOf(twice, twice.length + other.length);
        System.arraycopy(other, 0, both, twice.length, other.length);
        JsonNode insert = tree("{\"fields_data\": [\"" + Base64.getEncoder().encodeToString(both) + "\"]}");
        assertThat(refused(request(route(milvus(), "Insert"), insert))).isEqualTo(RefusalReason.MalformedBody);
    }

    @Test
    void aPositionInAColumnStaysARecordWhateverIsTakenOut() {
        JsonNode insert = insertOf(
                column("number", "\"scalars\": {\"long_data\": {\"data\": [1, 4111111111111111, 3]}}"),
                column("real", "\"scalars\": {\"double_data\": {\"data\": [0.5, 4111111111111111, 2.5]}}"));
        JsonNode sent = sent(route(milvus(), "Insert"), insert);
        assertThat(sent.at("/fields_data/0/scalars/long_data/data").toString()).isEqualTo("[1,0,3]");
        assertThat(sent.at("/fields_data/1/scalars/double_data/data").toString())
                .isEqualTo("[0.5,0.0,2.5]");
    }

    @Test
    void textsInArraysAndInArraysOfStructuresAreRedacted() {
        String array =
                "\"scalars\": {\"array_data\": {\"data\": [{\"string_data\": {\"data\": [\"a\", \"ann.lee@example.com\"]}}]}}";
        JsonNode insert = insertOf(
                column("tags", array),
                column("parts", "\"struct_arrays\": {\"fields\": [" + column("parts[mail]", array) + "]}"));
        JsonNode sent = sent(route(milvus(), "Insert"), insert);
        assertThat(sent.toString()).contains("[\"a\",\"<EMAIL_ADDRESS>\"]").doesNotContain("ann.lee");
    }

    @Test
    void whatNoSpecNamesIsRefusedInRecords() {
        for (String unnamed : List.of(
                "\"vectors\": {}, \"field_id\": 1, \"scalars\": {\"bytes_data\": {\"data\": [\"/w==\"]}}",
                "\"scalars\": {\"geometry_data\": {\"data\": [\"/w==\"]}}",
                "\"scalars\": {\"json_data\": {\"data\": [\"" + base64("{\"a\": 1") + "\"]}}")) {
            Outcome outcome = request(route(milvus(), "Insert"), insertOf(column("x", unnamed)));
            assertThat(refused(outcome)).as(unnamed).isEqualTo(RefusalReason.MalformedBody);
        }
    }

    @Test
    void columnsOfVectorsAreTakenOutWithTheirNamesWhateverTheirKind() {
        for (String vectors : List.of(
                "\"dim\": 2, \"float_vector\": {\"data\": [0.5, 0.25]}",
                "\"dim\": 8, \"binary_vector\": \"/w==\"",
                "\"dim\": 1, \"float16_vector\": \"/wA=\"",
                "\"dim\": 1, \"bfloat16_vector\": \"/wA=\"",
                "\"dim\": 9, \"sparse_float_vector\": {\"contents\": [\"/wAAAAAAAAA=\"], \"dim\": 9}",
                "\"dim\": 1, \"int8_vector\": \"/w==\"",
                "\"dim\": 2, \"vector_array\": {\"dim\": 2, \"data\": [{\"dim\": 2, \"float_vector\": {\"data\": [1, 2]}}]}")) {
            JsonNode answer = answerOf(column("v", "\"vectors\": {" + vectors + "}"), column("text", texts("a")));
            JsonNode seen = answered(route(milvus(), "Query"), answer);
            assertThat(seen.get("fields_data")).as(vectors).hasSize(1);
            assertThat(seen.at("/fields_data/0/field_name").textValue()).isEqualTo("text");
            assertThat(seen.get("output_fields").toString()).isEqualTo("[\"text\"]");
            assertThat(answered(route(milvus().vectors(Retrieval.Vectors.Return), "Query"), answer))
                    .isEqualTo(PROTOBUF.read("QueryResults", PROTOBUF.write("QueryResults", answer)));
        }
    }

    @Test
    void ofAStructureOnlyItsVectorsAreTakenOut() {
        String parts = column(
                "parts",
                "\"struct_arrays\": {\"fields\": ["
                        + column("parts[v]", "\"vectors\": {\"dim\": 1, \"int8_vector\": \"/w==\"}") + ","
                        + column("parts[text]", texts("a")) + "]}");
        JsonNode seen = answered(route(milvus(), "Query"), answerOf(parts));
        assertThat(seen.at("/fields_data/0/struct_arrays/fields")).hasSize(1);
        assertThat(seen.at("/fields_data/0/struct_arrays/fields/0/field_name").textValue())
                .isEqualTo("parts[text]");
    }

    @Test
    void anAnswerKeepsAsManyScoresAsRecords() {
        JsonNode answer = message("14-search-Search.response.json");
        RouteGuard rounding = route(milvus(), "Search");
        assertThat(answered(rounding, answer).at("/results/scores").toString()).isEqualTo("[1.0,0.05]");
        RouteGuard dropping = route(milvus().scores(Retrieval.Scores.Drop), "Search");
        assertThat(answered(dropping, answer).at("/results/scores").toString()).isEqualTo("[0.0,0.0]");
        Outcome outcome = response(rounding, answer);
        assertThat(outcome.report().records()).containsExactly("1", "3");
        assertThat(outcome.report().vectors()).isEqualTo(1);
        JsonNode seen = read(outcome, "SearchResults");
        assertThat(document(seen.at("/results/fields_data/0/scalars/json_data/data/0"))
                        .toString())
                .isEqualTo("{\"email\":\"<EMAIL_ADDRESS>\"}");
    }

    @Test
    void everySideDoorOfASearchIsClosed() {
        JsonNode answer = tree(
                "{\"results\": {\"distances\": [0.123], \"search_iterator_v2_results\": {\"last_bound\": 0.123},"
                        + "\"ids\": {\"str_id\": {\"data\": [\"ann.lee@example.com\"]}},"
                        + "\"group_by_field_value\": " + column("mail", texts("ann.lee@example.com")) + ","
                        + "\"highlight_results\": [{\"field_name\": \"text\", \"datas\": [{\"fragments\": [\"ann.lee@example.com\"],"
                        + "\"scores\": [0.123]}]}]}, \"status\": {\"reason\": \"no ann.lee@example.com\","
                        + "\"detail\": \"ann.lee@example.com\", \"extra_info\": {\"ann.lee@example.com\": \"ann.lee@example.com\"}}}");
        String seen = answered(route(milvus(), "Search"), answer).toString();
        assertThat(seen).doesNotContain("ann.lee").doesNotContain("0.123").contains("no <EMAIL_ADDRESS>");
    }

    @Test
    void whatIsNoDocumentAfterAllIsRedactedAsText() {
        JsonNode answer = answerOf(column(
                "$meta", "\"scalars\": {\"json_data\": {\"data\": [\"" + base64("{ann.lee@example.com") + "\"]}}"));
        String seen = answered(route(milvus(), "Query"), answer).toString();
        assertThat(seen).contains(base64("{<EMAIL_ADDRESS>"));
    }

    @Test
    void limitsAreLoweredWhereverTheyStandAndSetWhereThereIsNone() {
        ObjectNode search = message("22-hybrid-HybridSearch.request.json").deepCopy();
        String many = search.toString().replace("\"value\":\"2\"", "\"value\":\"2000\"");
        JsonNode sent = sent(route(milvus(), "HybridSearch"), tree(many));
        assertThat(sent.at("/rank_params/limit").textValue()).isEqualTo("10");
        assertThat(sent.at("/requests/0/search_params/topk").textValue()).isEqualTo("10");
        JsonNode query = sent(route(milvus(), "Query"), message("18-get-Query.request.json"));
        assertThat(query.at("/query_params/limit").textValue()).isEqualTo("10");
        assertThat(query.at("/query_params/ignore_growing").textValue()).isEqualTo("False");
        JsonNode bare = sent(route(milvus(), "Query"), tree("{\"expr\": \"id > 0\"}"));
        assertThat(bare.at("/query_params/limit").textValue()).isEqualTo("10");
    }

    @Test
    void moreQueriesThanResultsAreRefused() {
        JsonNode search = tree("{\"placeholder_group\": {\"placeholders\": [{\"type\": 101, \"values\": ["
                + "\"AAAA\",".repeat(10) + "\"AAAA\"]}]}}");
        assertThat(refused(request(route(milvus(), "Search"), search))).isEqualTo(RefusalReason.TooMany);
        assertThat(request(route(milvus().returning(11), "Search"), search)).isInstanceOf(Outcome.Forward.class);
    }

    @Test
    void aVectorOfTheClientsOwnIsRefusedWhereThePolicyDeniesIt() {
        JsonNode search = message("14-search-Search.request.json");
        RouteGuard denying = route(milvus().byVector(Permission.Deny), "Search");
        assertThat(refused(request(denying, search))).isEqualTo(RefusalReason.QueryByVector);
        JsonNode text = tree("{\"placeholder_group\": {\"placeholders\": [{\"type\": 21, \"values\": [\""
                + base64("who is ann.lee@example.com") + "\"]}]}}");
        JsonNode sent = sent(denying, text);
        assertThat(sent.at("/placeholder_group/placeholders/0/values/0").textValue())
                .isEqualTo(base64("who is <EMAIL_ADDRESS>"));
    }

    @Test
    void anIteratorIsAnExport() {
        JsonNode query = message("25-query-iterator-Query.request.json");
        RequestReading reading = reading(route(milvus(), "Query"), query);
        assertThat(reading.operations()).containsExactly(Operation.Export);
        assertThat(refused(reading.apply(CLOSED))).isEqualTo(RefusalReason.BulkExport);
        assertThat(reading(route(milvus(), "Query"), message("17-query-all-Query.request.json"))
                        .operations())
                .containsExactly(Operation.Query);
    }

    @Test
    void filtersGetTheTokensThatRecordsHave() {
        Guarded tokens = milvus().doing(Action.Tokenize);
        JsonNode stored = sent(route(tokens, "Insert"), message("10-insert-Insert.request.json"));
        String token = document(stored.at("/fields_data/3/scalars/json_data/data/1"))
                .get("email")
                .textValue();
        assertThat(sent(route(tokens, "Delete"), message("30-delete-filter-Delete.request.json"))
                        .get("expr")
                        .textValue())
                .isEqualTo("email == \"" + token + "\"");
    }

    @Test
    void vectorsOfAColumnAreProtectedEachForItselfAndQueriesLikeThem() {
        Guarded guarded = milvus().protecting(VectorProtection.Method.ScaleAndPerturb);
        JsonNode column =
                tree(column("v", "\"vectors\": {\"dim\": 2, \"float_vector\": {\"data\": [0.5, 1, 0.5, 1, 0.25, 2]}}"));
        JsonNode sent = sent(route(guarded, "Insert"), insertOf(column.toString()))
                .at("/fields_data/0/vectors/float_vector/data");
        assertThat(sent).hasSize(6);
        assertThat(sent.get(0).floatValue())
                .isNotEqualTo(0.5f)
                .isEqualTo(sent.get(2).floatValue());
        assertThat(sent.get(1)).isEqualTo(sent.get(3)).isNotEqualTo(sent.get(5));
        byte[] floats = ByteBuffer.allocate(8)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putFloat(0.5f)
                .putFloat(1)
                .array();
        JsonNode search = tree("{\"placeholder_group\": {\"placeholders\": [{\"type\": 101, \"values\": [\""
                + Base64.getEncoder().encodeToString(floats) + "\"]}]}}");
        byte[] asked = Base64.getDecoder()
                .decode(sent(route(guarded, "Search"), search)
                        .at("/placeholder_group/placeholders/0/values/0")
                        .textValue());
        ByteBuffer query = ByteBuffer.wrap(asked).order(ByteOrder.LITTLE_ENDIAN);
        assertThat(query.getFloat()).isEqualTo(sent.get(0).floatValue());
        assertThat(query.getFloat()).isEqualTo(sent.get(1).floatValue());
    }

    @Test
    void aVectorThatCannotBeProtectedIsRefused() {
        Guarded guarded = milvus().protecting(VectorProtection.Method.Gaussian);
        for (String vectors : List.of(
                "\"dim\": 4, \"float_vector\": {\"data\": [0.5, 1, 2]}",
                "\"dim\": 8, \"binary_vector\": \"/wAAAA==\"",
                "\"dim\": 2, \"float16_vector\": \"/wAAAA==\"",
                "\"dim\": 9, \"sparse_float_vector\": {\"contents\": [\"/wAAAAAAAAA=\"]}",
                "\"dim\": 2, \"vector_array\": {\"dim\": 2, \"data\": [{\"dim\": 2, \"float_vector\": {\"data\": [1, 2]}}]}")) {
            JsonNode insert = insertOf(column("v", "\"vectors\": {" + vectors + "}"));
            assertThat(refused(request(route(guarded, "Insert"), insert)))
                    .as(vectors)
                    .isEqualTo(RefusalReason.UnprotectedVector);
            assertThat(request(route(milvus(), "Insert"), insert)).as(vectors).isInstanceOf(Outcome.Forward.class);
        }
    }

    @Test
    void candidatesAndThresholdsInsideOfParametersAreBounded() {
        JsonNode search =
                tree("{\"search_params\": {\"params\": \"{\\\"ef\\\": 5000, \\\"metric_type\\\": \\\"IP\\\"}\"}}");
        assertThat(tree(sent(route(milvus(), "Search"), search)
                        .at("/search_params/params")
                        .textValue()))
                .isEqualTo(tree("{\"ef\": 1000, \"metric_type\": \"IP\"}"));
        JsonNode range = tree("{\"search_params\": {\"params\": \"{\\\"radius\\\": 0.123}\"}}");
        assertThat(tree(sent(route(milvus(), "Search"), range)
                                .at("/search_params/params")
                                .textValue())
                        .get("radius")
                        .decimalValue())
                .isNotEqualByComparingTo("0.123");
        assertThat(refused(request(route(milvus().scores(Retrieval.Scores.Drop), "Search"), range)))
                .isEqualTo(RefusalReason.ScoreOracle);
        assertThat(refused(request(route(milvus(), "Search"), tree("{\"search_params\": {\"params\": \"{\"}}"))))
                .isEqualTo(RefusalReason.MalformedBody);
    }
}
