package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static dev.redoubt.wire.Guarded.OPEN;
import static dev.redoubt.wire.Guarded.bytes;
import static dev.redoubt.wire.Guarded.captured;
import static dev.redoubt.wire.Guarded.forwarded;
import static dev.redoubt.wire.Guarded.qdrant;
import static dev.redoubt.wire.Guarded.refused;
import static dev.redoubt.wire.Guarded.request;
import static dev.redoubt.wire.Guarded.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redoubt.policy.Action;
import dev.redoubt.policy.Bounds;
import dev.redoubt.policy.Permission;
import dev.redoubt.policy.Retrieval;
import dev.redoubt.profiles.Operation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages captured from Qdrant 1.18.3 and its official client, through the guard. */
class QdrantMessagesTest {
    private static final String POINTS = "/collections/people/points";
    private static final List<String> PEOPLE = List.of("ann.lee", "bob@", "carol@", "dan@", "eve@", "555 0101");

    /** Names of the captured exchanges that a guard lets through, as far as it goes by their routes. */
    static Stream<String> routed() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/qdrant"))) {
            return files
                    .map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".request.json") && !name.matches("(28|29|30|40|41|42|46)-.*"))
                    .map(name -> name.substring(0, name.length() - ".request.json".length()))
                    .sorted()
                    .toList()
                    .stream();
        }
    }

    private static RouteGuard route(Guarded guarded, String exchange) {
        JsonNode request = captured("qdrant/" + exchange + ".request.json");
        return guarded.route(
                request.get("method").textValue(), request.get("path").textValue());
    }

    private static String body(String exchange, String part) {
        JsonNode body = captured("qdrant/" + exchange + "." + part + ".json").get("body");
        return body.isNull() ? "" : body.isTextual() ? body.textValue() : body.toString();
    }

    @ParameterizedTest
    @MethodSource("routed")
    void nothingThatIdentifiesAPersonGoesEitherWay(String exchange) {
        RouteGuard guard = route(qdrant(), exchange);
        RequestReading reading = guard.read(bytes(body(exchange, "request")));
        if (!reading.operations().equals(List.of(Operation.Export)) && !exchange.matches("(17|45)-.*")) {
            assertThat(forwarded(reading.apply(CLOSED))).doesNotContain(PEOPLE);
        }
        boolean good =
                captured("qdrant/" + exchange + ".response.json").get("status").intValue() == 200;
        byte[] answer = bytes(body(exchange, "response"));
        assertThat(forwarded(good ? guard.response(answer, CLOSED) : guard.error(answer, CLOSED)))
                .doesNotContain(PEOPLE);
    }

    @ParameterizedTest
    @MethodSource("routed")
    void noAnswerHoldsAVectorOrAnExactScore(String exchange) {
        RouteGuard guard = route(qdrant(), exchange);
        assertThat(forwarded(guard.response(bytes(body(exchange, "response")), CLOSED)))
                .doesNotContain("0.99503714", "0.9999999", "0.028592", "indices", "0.5,0.0", "0.9805807");
    }

    @Test
    void aVectorInEveryFormBecomesNull() {
        RouteGuard guard = qdrant().route("POST", POINTS + "/query");
        for (String vector : List.of(
                "[1.5,2.5]",
                "[[1.5,2.5],[3.5]]",
                "{\"img\":[1.5,2.5]}",
                "{\"kw\":{\"indices\":[7],\"values\":[1.5]}}",
                "{\"\":[[1.5,2.5]]}")) {
            String answer =
                    "{\"result\":{\"points\":[{\"id\":1,\"version\":3,\"score\":0.7,\"vector\":" + vector + "}]}}";
            Outcome outcome = guard.response(bytes(answer), CLOSED);
            assertThat(forwarded(outcome)).contains("\"vector\":null").doesNotContain("1.5", "7]");
            assertThat(outcome.report().vectors()).isEqualTo(1);
        }
    }

    @Test
    void aScoreThatIsDroppedIsANumberBecauseTheClientTakesNoOther() {
        RouteGuard guard = qdrant().scores(Retrieval.Scores.Drop).route("POST", POINTS + "/query");
        JsonNode answer = tree(guard.response(bytes(body("08-query", "response")), CLOSED));
        assertThat(answer.at("/result/points/0/score").isNumber()).isTrue();
        assertThat(answer.at("/result/points/0/score").intValue()).isZero();
    }

    @Test
    void whatWouldTellScoresIsRefusedWhereTheyAreDropped() {
        Guarded guarded = qdrant().scores(Retrieval.Scores.Drop);
        RouteGuard query = guarded.route("POST", POINTS + "/query");
        assertThat(refused(request(query, "{\"query\":[1],\"score_threshold\":0.5}")))
                .isEqualTo(RefusalReason.ScoreOracle);
        assertThat(refused(request(query, "{\"prefetch\":{\"query\":[1],\"score_threshold\":0.5}}")))
                .isEqualTo(RefusalReason.ScoreOracle);
        for (String matrix : List.of("pairs", "offsets")) {
            assertThat(refused(request(guarded.route("POST", POINTS + "/search/matrix/" + matrix), "{}")))
                    .isEqualTo(RefusalReason.ScoreOracle);
        }
    }

    @Test
    void aThresholdTellsNoMoreThanARoundedScore() {
        RouteGuard query = qdrant().route("POST", POINTS + "/query");
        assertThat(forwarded(request(query, "{\"query\":[1],\"score_threshold\":0.7312}")))
                .isEqualTo("{\"query\":[1],\"score_threshold\":0.725}");
        assertThat(forwarded(request(
                        qdrant().scores(Retrieval.Scores.Exact).route("POST", POINTS + "/query"),
                        "{\"query\":[1],\"score_threshold\":0.7312}")))
                .contains("0.7312");
        assertThat(refused(request(query, "{\"query\":[1],\"score_threshold\":\"x\"}")))
                .isEqualTo(RefusalReason.WrongType);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"query\":{\"formula\":{\"mult\":[1000000,\"$score\"]}}}",
                "{\"query\":{\"relevance_feedback\":{\"target\":1}}}",
                "{\"prefetch\":[{\"prefetch\":[{\"prefetch\":[{\"limit\":9}]}]}]}",
                "{\"surprise\":1}"
            })
    void whatTheProfileDoesNotNameIsRefused(String body) {
        assertThat(refused(request(qdrant().route("POST", POINTS + "/query"), body)))
                .isEqualTo(RefusalReason.UnknownField);
    }

    @Test
    void manyExamplesDoNotAddUpToAFinerScore() {
        String examples = "{\"query\":{\"recommend\":{\"positive\":[1,2,3],\"strategy\":\"sum_scores\"}}}";
        assertThat(refused(request(qdrant().returning(2).route("POST", POINTS + "/query"), examples)))
                .isEqualTo(RefusalReason.TooMany);
        assertThat(forwarded(request(qdrant().returning(3).route("POST", POINTS + "/query"), examples)))
                .contains("sum_scores");
    }

    @Test
    void limitsOfEveryLevelAreLoweredOrSet() {
        Guarded guarded = qdrant().returning(4).bounds(new Bounds(1 << 20, 1 << 20, 64, 50, 100));
        RouteGuard query = guarded.route("POST", POINTS + "/query");
        assertThat(
                        forwarded(
                                request(
                                        query,
                                        "{\"prefetch\":[{\"limit\":9999,\"prefetch\":{\"limit\":101,\"params\":{\"hnsw_ef\":5000}}}],\"limit\":9}")))
                .isEqualTo(
                        "{\"prefetch\":[{\"limit\":100,\"prefetch\":{\"limit\":100,\"params\":{\"hnsw_ef\":100}}}],\"limit\":4}");
        assertThat(forwarded(request(query, "{\"query\":[1]}"))).isEqualTo("{\"query\":[1],\"limit\":4}");

        RouteGuard batch = guarded.route("POST", POINTS + "/query/batch");
        Outcome outcome =
                request(batch, "{\"searches\":[{\"query\":[1]},{\"limit\":null},{\"limit\":2},{},{\"limit\":99}]}");
        assertThat(refused(outcome)).isEqualTo(RefusalReason.TooMany);
        outcome = request(batch, "{\"searches\":[{\"query\":[1]},{\"limit\":null},{\"limit\":2},{}]}");
        assertThat(forwarded(outcome))
                .isEqualTo("{\"searches\":[{\"query\":[1],\"limit\":4},{\"limit\":4},{\"limit\":2},{\"limit\":4}]}");
        assertThat(outcome.report().limited()).isEqualTo(3);
        assertThat(forwarded(request(guarded.route("POST", "/collections/people/facet"), "{\"key\":\"a\"}")))
                .isEqualTo("{\"key\":\"a\",\"limit\":4}");
    }

    @Test
    void skippingFartherThanTheBoundIsAnExport() {
        Guarded guarded = qdrant().bounds(new Bounds(1 << 20, 1 << 20, 64, 50, 100));
        RouteGuard query = guarded.route("POST", POINTS + "/query");
        assertThat(query.read(bytes("{\"query\":[1],\"offset\":50}")).operations())
                .containsExactly(Operation.Query);
        RequestReading far = query.read(bytes("{\"query\":[1],\"offset\":51}"));
        assertThat(far.operations()).containsExactly(Operation.Export);
        assertThat(refused(far.apply(CLOSED))).isEqualTo(RefusalReason.BulkExport);
        RouteGuard batch = guarded.route("POST", POINTS + "/query/batch");
        assertThat(batch.read(bytes("{\"searches\":[{\"offset\":1},{\"offset\":99999999999999}]}"))
                        .operations())
                .containsExactly(Operation.Export);
        assertThat(refused(request(query, "{\"query\":[1],\"offset\":-1}"))).isEqualTo(RefusalReason.WrongType);

        RouteGuard exporting = guarded.bulk(Permission.Allow).route("POST", POINTS + "/query");
        assertThat(forwarded(request(exporting, "{\"query\":[1],\"offset\":51,\"limit\":5000}")))
                .contains("\"offset\":51", "5000");
    }

    @Test
    void readingOnIsAnExport() {
        RouteGuard scroll = qdrant().route("POST", POINTS + "/scroll");
        String filter = "\"filter\":{\"must\":[{\"key\":\"tag\",\"match\":{\"value\":\"x\"}}]}";
        assertThat(scroll.read(bytes("{" + filter + "}")).operations()).containsExactly(Operation.Query);
        for (String bulk : List.of(
                "{}",
                "{\"limit\":1}",
                "{\"filter\":{}}",
                "{\"filter\":{\"must\":[]}}",
                "{" + filter + ",\"offset\":7}")) {
            assertThat(scroll.read(bytes(bulk)).operations()).as(bulk).containsExactly(Operation.Export);
        }
    }

    @Test
    void deletingAndChangingByFilterIsManagement() {
        String filter = "{\"filter\":{\"must\":[{\"has_id\":[1]}]}}";
        RouteGuard delete = qdrant().route("POST", POINTS + "/delete");
        assertThat(delete.read(bytes(filter)).operations()).containsExactly(Operation.Manage);
        assertThat(delete.read(bytes("{\"points\":[1]}")).operations())
                .containsExactly(Operation.Ingest, Operation.Manage);
        RouteGuard batch = qdrant().route("POST", POINTS + "/batch");
        assertThat(batch.read(bytes("{\"operations\":[{\"delete\":{\"points\":[1]}},{\"delete\":" + filter + "}]}"))
                        .operations())
                .containsExactly(Operation.Manage);
        assertThat(batch.read(bytes(body("27-batch-update", "request"))).operations())
                .containsExactly(Operation.Ingest);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "GET /telemetry",
                "GET /metrics",
                "GET /cluster",
                "GET /issues",
                "DELETE /issues",
                "POST /snapshots",
                "GET /collections/people/snapshots",
                "POST /collections/people/snapshots",
                "PUT /collections/people/snapshots/recover",
                "GET /collections/people/shards/0/snapshot",
                "POST /collections/people/shards",
                "GET /collections/people/cluster",
                "GET /collections/people/optimizations",
                "PUT /quotas",
                "POST /locks",
                "GET /dashboard"
            })
    void whatAdministersOrDumpsTheServerIsNoRoute(String request) throws Exception {
        String[] parts = request.split(" ");
        assertThat(qdrant().guard().match(parts[0], parts[1])).isEmpty();
    }

    @Test
    void sealedFieldsAreSealedUnderTheirRecordsAndOpenedAgain() {
        Guarded guarded = qdrant().sealing("text").withoutRedaction();
        String sent =
                forwarded(request(guarded.route("PUT", POINTS + "?wait=true"), body("03-upsert-points", "request")));
        assertThat(sent).doesNotContain("Contact", "Write to").contains("rdbt1.1.", "\"tenant_id\":\"a\"");
        JsonNode first = tree(sent).at("/points/0");
        String answer = "{\"result\":{\"points\":[{\"id\":1,\"payload\":" + first.get("payload") + "}]}}";
        RouteGuard query = guarded.route("POST", POINTS + "/query");
        assertThat(forwarded(query.response(bytes(answer), OPEN))).contains("Contact Ann Lee");
        assertThat(forwarded(query.response(bytes(answer), CLOSED))).contains("rdbt1.1.");
        assertThat(forwarded(query.response(bytes(answer.replace("\"id\":1", "\"id\":2")), OPEN)))
                .contains("\"text\":null");

        String batch = forwarded(request(guarded.route("PUT", POINTS), body("04-upsert-batch", "request")));
        assertThat(batch).doesNotContain("Contact").contains("rdbt1.1.");
        String groups = "{\"result\":{\"groups\":[{\"hits\":[{\"id\":4,\"payload\":"
                + tree(batch).at("/batch/payloads/0") + "}],\"id\":\"a\"}]}}";
        assertThat(forwarded(guarded.route("POST", POINTS + "/query/groups").response(bytes(groups), OPEN)))
                .contains("Contact Ann Lee");
    }

    @Test
    void fieldsThatAreDroppedNeverReachTheStore() {
        RouteGuard upsert = qdrant().dropping("raw_html").route("PUT", POINTS);
        assertThat(
                        forwarded(
                                request(
                                        upsert,
                                        "{\"points\":[{\"id\":1,\"vector\":[1],\"payload\":{\"raw_html\":\"x\",\"a\":{\"raw_html\":[1],\"b\":2}}}]}")))
                .isEqualTo("{\"points\":[{\"id\":1,\"vector\":[1],\"payload\":{\"a\":{\"b\":2}}}]}");
    }

    @Test
    void aTextThatTheServerEmbedsIsRedactedToo() {
        String document = "{\"text\":\"ask ann@example.com\",\"model\":\"m\"}";
        assertThat(forwarded(request(qdrant().route("POST", POINTS + "/query"), "{\"query\":" + document + "}")))
                .contains("<EMAIL_ADDRESS>", "\"model\":\"m\"");
        assertThat(forwarded(request(
                        qdrant().route("POST", POINTS + "/query"), "{\"query\":{\"nearest\":" + document + "}}")))
                .contains("<EMAIL_ADDRESS>");
        for (String vector : List.of(document, "{\"text\":" + document + "}", "{\"text\":[1.5]}", "[[1.5]]")) {
            assertThat(forwarded(request(
                            qdrant().route("PUT", POINTS), "{\"points\":[{\"id\":1,\"vector\":" + vector + "}]}")))
                    .doesNotContain("ann@");
        }
    }

    @Test
    void aHitWithSomethingBlockedIsTakenOutAndTheOthersStay() {
        Guarded guarded = qdrant().doing(Action.Block).finding("CREDIT_CARD");
        String card = "4111111111111111";
        String hits = "[{\"id\":1,\"payload\":{\"a\":\"x\"}},{\"id\":2,\"payload\":{\"a\":{\"b\":[\"no " + card
                + "\"]}}},{\"id\":3,\"payload\":null}]";
        Outcome outcome = guarded.route("POST", POINTS + "/query")
                .response(bytes("{\"result\":{\"points\":" + hits + "},\"status\":\"ok\"}"), CLOSED);
        assertThat(forwarded(outcome))
                .isEqualTo(
                        "{\"result\":{\"points\":[{\"id\":1,\"payload\":{\"a\":\"x\"}},{\"id\":3,\"payload\":null}]},\"status\":\"ok\"}");
        assertThat(outcome.report().withheld()).isEqualTo(1);
        assertThat(outcome.report().redacted())
                .extracting(Report.Redacted::action)
                .containsExactly(Action.Block);
        assertThat(outcome.report().records()).containsExactly("1", "3");

        RouteGuard groups = guarded.route("POST", POINTS + "/query/groups");
        String grouped = "{\"result\":{\"groups\":[{\"hits\":[{\"id\":1,\"payload\":{\"a\":\"" + card
                + "\"}}],\"id\":\"g\"},{\"hits\":[{\"id\":2}],\"id\":\"" + card
                + "\"},{\"hits\":[{\"id\":3}],\"id\":7}]}}";
        assertThat(forwarded(groups.response(bytes(grouped), CLOSED)))
                .isEqualTo("{\"result\":{\"groups\":[{\"hits\":[{\"id\":3}],\"id\":7}]}}");

        RouteGuard point = guarded.route("GET", POINTS + "/1");
        assertThat(forwarded(
                        point.response(bytes("{\"result\":{\"id\":1,\"payload\":{\"a\":\"" + card + "\"}}}"), CLOSED)))
                .isEqualTo("{\"result\":null}");
        assertThat(refused(guarded.route("GET", "/collections")
                        .response(bytes("{\"result\":[\"" + card + "\"]}"), CLOSED)))
                .isEqualTo(RefusalReason.EntityBlocked);
    }

    @Test
    void whatWouldBeTakenOutStaysWhereThePolicyIsOnlyObserved() {
        String answer = "{\"result\":[{\"id\":1,\"payload\":{\"a\":\"4111111111111111\"}}]}";
        Outcome outcome = qdrant().observing()
                .doing(Action.Block)
                .finding("CREDIT_CARD")
                .route("POST", POINTS)
                .response(bytes(answer), CLOSED);
        assertThat(forwarded(outcome)).isEqualTo(answer);
        assertThat(outcome.report().observed().reason()).isEqualTo(RefusalReason.EntityBlocked);
    }
}
