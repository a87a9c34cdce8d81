package dev.redoubt.sidecar;

import static dev.redoubt.sidecar.Chat.content;
import static dev.redoubt.sidecar.Chat.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redoubt.policy.Bounds;
import dev.redoubt.policy.ExternalRecognizer.OnError;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Mode;
import dev.redoubt.sidecar.recognizer.StubAnalyzer;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages whose texts a stub of Presidio's analyzer judges too. */
class JudgedExchangeTest {
    private static final String ADD = GuardTest.COLLECTION + "/add";
    private static final String RECORDS =
            "{\"ids\":[\"a\",\"b\"],\"documents\":[\"by zh\\u0101ng wei of ann@example.com\","
                    + "\"nothing\"],\"metadatas\":[{\"by\":\"zhāng wei\"},null],\"embeddings\":[[1.0],[2.0]]}";
    private static final String QUESTION = "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private final Vertx vertx = Vertx.vertx();
    private final StubAnalyzer stub = new StubAnalyzer(vertx);
    private final List<String> stored = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private GuardConfig chroma(Mode mode, OnError onError) {
        return Guards.judgedBy(stub.recognizer(onError, 10_000), Guards.chroma(mode, Bounds.DEFAULT, 10, List.of()));
    }

    private GuardConfig openAi(Mode mode, OnError onError) {
        return Guards.judgedBy(stub.recognizer(onError, 10_000), Guards.openAi(mode, Bounds.DEFAULT));
    }

    private GuardFixture store(GuardConfig config) throws Exception {
        return new GuardFixture(config, request -> request.body().onSuccess(body -> {
            stored.add(body.toString());
            request.response()
                    .setStatusCode(201)
                    .putHeader("content-type", "application/json")
                    .end("{}");
        }));
    }

    private static GuardFixture model(GuardConfig config, String type, String answer) throws Exception {
        Handler<HttpServerRequest> model =
                request -> request.response().putHeader("content-type", type).end(answer);
        return new GuardFixture(config, model);
    }

    private static JsonNode tree(String json) throws Exception {
        return new ObjectMapper().readTree(json);
    }

    private static JsonNode audited(GuardFixture guard) {
        await().until(() -> !guard.audit().isEmpty());
        return guard.audit().get(0);
    }

    private void fails() {
        stub.does(request -> request.response().setStatusCode(500).end("{\"error\":\"by zhāng wei\"}"));
    }

    @Test
    void recordsReachTheStoreWithoutWhatOthersFoundInThem() throws Exception {
        try (GuardFixture guard = store(chroma(Mode.Enforce, OnError.Block))) {
            assertThat(guard.post(ADD, Guards.KEY, RECORDS).statusCode()).isEqualTo(201);
            JsonNode record = tree(stored.get(0));
            assertThat(record.at("/documents/0").textValue()).isEqualTo("by <PERSON> of <EMAIL_ADDRESS>");
            assertThat(record.at("/metadatas/0/by").textValue()).isEqualTo("<PERSON>");
            assertThat(stub.asked)
                    .containsExactlyInAnyOrder("by zhāng wei of ann@example.com", "nothing", "by", "zhāng wei");
            JsonNode audit = audited(guard);
            assertThat(audit.at("/entities/Replace/PERSON").intValue()).isEqualTo(2);
            assertThat(audit.at("/entities/Replace/EMAIL_ADDRESS").intValue()).isEqualTo(1);
            assertThat(audit.at("/unjudged").intValue()).isZero();
            assertThat(guard.health("/metrics").body())
                    .contains(
                            "redoubt_recognizer_duration_seconds_count{recognizer=\"presidio\",result=\"answered\"} 1")
                    .contains("redoubt_recognizer_open{recognizer=\"presidio\"} 0.0");
        }
    }

    @Test
    void recordsThatAreNotJudgedNeverReachTheStoreAndTheErrorNamesTheRecogniser() throws Exception {
        try (GuardFixture guard = store(chroma(Mode.Enforce, OnError.Block))) {
            fails();
            HttpResponse<String> response = guard.post(ADD, Guards.KEY, RECORDS);
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("retry-after")).hasValue("1");
            assertThat(tree(response.body()).get("type").textValue())
                    .isEqualTo("urn:redoubt:problem:recognizer-failed");
            assertThat(tree(response.body()).get("rule").textValue()).isEqualTo("recognizers.presidio");
            assertThat(stored).isEmpty();
            JsonNode audit = audited(guard);
            assertThat(audit.get("decision").textValue()).isEqualTo("Refuse");
            assertThat(audit.get("reason").textValue()).isEqualTo("RecognizerFailed");
            String metrics = guard.health("/metrics").body();
            assertThat(metrics)
                    .contains("redoubt_recognizer_failures_total{onError=\"Block\",reason=\"status\","
                            + "recognizer=\"presidio\"} 1.0");
            for (String told : List.of(response.body(), guard.auditText(), metrics)) {
                assertThat(told).doesNotContain("wei").doesNotContain("zh");
            }
        }
    }

    @Test
    void whereThePolicySaysPassOurOwnRecognisersDecideAndTheAuditTellsSo() throws Exception {
        try (GuardFixture guard = store(chroma(Mode.Enforce, OnError.Pass))) {
            fails();
            assertThat(guard.post(ADD, Guards.KEY, RECORDS).statusCode()).isEqualTo(201);
            assertThat(tree(stored.get(0)).at("/documents/0").textValue()).isEqualTo("by zhāng wei of <EMAIL_ADDRESS>");
            JsonNode audit = audited(guard);
            assertThat(audit.get("decision").textValue()).isEqualTo("Allow");
            assertThat(audit.get("unjudged").intValue()).isEqualTo(1);
            assertThat(audit.get("rules")).isEqualTo(tree("[\"recognizers.presidio\"]"));
            assertThat(guard.health("/metrics").body())
                    .contains("redoubt_recognizer_failures_total{onError=\"Pass\",reason=\"status\","
                            + "recognizer=\"presidio\"} 1.0");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[]",
                "[[],[],[]]",
                "[[{\"entity_type\":\"PERSON\",\"start\":0,\"end\":9999,\"score\":1}],[],[],[]]",
                "[[{\"entity_type\":\"ANYTHING\",\"start\":0,\"end\":1,\"score\":1}],[],[],[]]"
            })
    void aHostileAnswerIsAFailure(String answer) throws Exception {
        try (GuardFixture guard = store(chroma(Mode.Enforce, OnError.Block))) {
            stub.does(request -> request.response().end(answer));
            assertThat(guard.post(ADD, Guards.KEY, RECORDS).statusCode()).isEqualTo(503);
            assertThat(stored).isEmpty();
        }
    }

    @Test
    void whatOurOwnRecognisersBlockIsRefusedWithoutAskingAnybody() throws Exception {
        try (GuardFixture guard = store(chroma(Mode.Enforce, OnError.Block))) {
            String card = "{\"ids\":[\"a\"],\"documents\":[\"4111 1111 1111 1111\"],\"embeddings\":[[1.0]]}";
            assertThat(guard.post(ADD, Guards.KEY, card).statusCode()).isEqualTo(403);
            assertThat(stub.asked).isEmpty();
        }
    }

    @Test
    void aTextThatIsTooLongToBeJudgedIsRefusedAndSoAreTooManyTexts() throws Exception {
        try (GuardFixture guard = store(chroma(Mode.Enforce, OnError.Block))) {
            String many =
                    IntStream.range(0, 5000).mapToObj(i -> "\"t" + i + "\"").collect(Collectors.joining(","));
            for (String documents : List.of("\"" + "a ".repeat(40_000) + "\"", many)) {
                HttpResponse<String> response = guard.post(
                        ADD, Guards.KEY, "{\"ids\":[\"a\"],\"documents\":[" + documents + "],\"embeddings\":[[1.0]]}");
                assertThat(response.statusCode()).isEqualTo(413);
                assertThat(response.body()).contains("recognizer-limit", "recognizers.presidio");
            }
            assertThat(stored).isEmpty();
            assertThat(stub.asked).isEmpty();
        }
    }

    @Test
    void manyTextsAreJudgedInSeveralRequests() throws Exception {
        try (GuardFixture guard = store(chroma(Mode.Enforce, OnError.Block))) {
            String many = IntStream.range(0, 300)
                    .mapToObj(i -> "\"" + i + " zhāng wei" + "\"")
                    .collect(Collectors.joining(","));
            String ids = IntStream.range(0, 300).mapToObj(i -> "\"" + i + "\"").collect(Collectors.joining(","));
            String vectors = "[1.0]" + ",[1.0]".repeat(299);
            assertThat(guard.post(
                                    ADD,
                                    Guards.KEY,
                                    "{\"ids\":[" + ids + "],\"documents\":[" + many + "],\"embeddings\":[" + vectors
                                            + "]}")
                            .statusCode())
                    .isEqualTo(201);
            assertThat(stub.asked).hasSize(300);
            assertThat(tree(stored.get(0)).get("documents"))
                    .hasSize(300)
                    .allSatisfy(text -> assertThat(text.textValue()).matches("\\d+ <PERSON>"));
        }
    }

    @Test
    void anAnswerIsJudgedBeforeTheClientSeesIt() throws Exception {
        String answer =
                "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"I am zhāng wei\"}}]}";
        try (GuardFixture guard = model(openAi(Mode.Enforce, OnError.Block), "application/json", answer)) {
            assertThat(tree(guard.post(Chat.PATH, Guards.KEY, QUESTION).body())
                            .at("/choices/0/message/content")
                            .textValue())
                    .isEqualTo("I am <PERSON>");
        }
    }

    @Test
    void anErrorThatEchoesANameIsJudgedToo() throws Exception {
        try (GuardFixture guard = new GuardFixture(openAi(Mode.Enforce, OnError.Block), request -> request.response()
                .setStatusCode(400)
                .putHeader("content-type", "application/json")
                .end("{\"error\":{\"message\":\"zhāng wei is no model\"}}"))) {
            HttpResponse<String> response = guard.post(Chat.PATH, Guards.KEY, QUESTION);
            assertThat(response.statusCode()).isEqualTo(400);
            assertThat(tree(response.body()).at("/error/message").textValue()).isEqualTo("<PERSON> is no model");
        }
    }

    private static final String STREAM =
            event("I am zhā") + event("ng w") + event("ei, ann@exa") + event("mple.com") + Chat.LAST;

    @Test
    void aStreamIsHeldBackUntilItsEndAndJudgedAsAWhole() throws Exception {
        try (GuardFixture guard = model(openAi(Mode.Enforce, OnError.Block), "text/event-stream", STREAM)) {
            HttpResponse<String> response = guard.post(Chat.PATH, Guards.KEY, Chat.QUESTION);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("content-type")).hasValue("text/event-stream");
            assertThat(response.headers().firstValue("cache-control")).hasValue("no-store");
            assertThat(content(response.body())).isEqualTo("I am <PERSON>, <EMAIL_ADDRESS>");
            assertThat(response.body()).endsWith(Chat.LAST);
            assertThat(stub.asked).contains("I am zhāng wei, ann@example.com");
        }
    }

    @Test
    void ofAStreamThatIsNotJudgedNothingIsSent() throws Exception {
        try (GuardFixture guard = model(openAi(Mode.Enforce, OnError.Block), "text/event-stream", STREAM)) {
            stub.does(request -> request.body().onSuccess(body -> {
                if (body.toString().contains("I am")) {
                    request.response().setStatusCode(500).end();
                } else {
                    request.response().end("[]");
                }
            }));
            HttpResponse<String> response = guard.post(Chat.PATH, Guards.KEY, Chat.QUESTION);
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.body()).contains("recognizers.presidio").doesNotContain("I am");
        }
    }

    @Test
    void aStreamThatIsLargerThanTheBoundIsRefused() throws Exception {
        GuardConfig small = Guards.judgedBy(
                stub.recognizer(OnError.Block, 10_000), Guards.openAi(Mode.Enforce, new Bounds(1000, 300, 64)));
        try (GuardFixture guard = model(small, "text/event-stream", STREAM)) {
            assertThat(guard.post(Chat.PATH, Guards.KEY, Chat.QUESTION).statusCode())
                    .isEqualTo(502);
        }
    }

    @Test
    void whileObservingWhatOthersFindIsCountedAndNothingIsChangedRefusedOrHeldBack() throws Exception {
        try (GuardFixture guard = store(chroma(Mode.Observe, OnError.Block))) {
            assertThat(guard.post(ADD, Guards.KEY, RECORDS).statusCode()).isEqualTo(201);
            assertThat(audited(guard).at("/entities/Replace/PERSON").intValue()).isEqualTo(2);
            fails();
            assertThat(guard.post(ADD, Guards.KEY, RECORDS).statusCode()).isEqualTo(201);
            await().until(() -> guard.audit().size() == 2);
            assertThat(guard.audit().get(1).get("reason").textValue()).isEqualTo("RecognizerFailed");
            assertThat(guard.audit().get(1).get("unjudged").intValue()).isEqualTo(1);
            assertThat(stored).containsExactly(RECORDS, RECORDS);
        }
        try (GuardFixture guard = model(openAi(Mode.Observe, OnError.Block), "text/event-stream", STREAM)) {
            assertThat(guard.post(Chat.PATH, Guards.KEY, Chat.QUESTION).body()).isEqualTo(STREAM);
            assertThat(audited(guard).get("rules")).contains(tree("\"recognizers.*\""));
        }
    }
}
