package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redoubt.policy.Bounds;
import dev.redoubt.policy.Mode;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

class GuardTest {
    static final String COLLECTION = "/api/v2/tenants/default_tenant/databases/default_database/collections/c";
    static final String QUERY = COLLECTION + "/query";
    static final String QUESTION = "{\"query_embeddings\":[[1.0]],\"n_results\":3}";
    static final String EMPTY_ANSWER = "{\"ids\":[[]],\"distances\":[[]]}";

    /** What reached the application. */
    record Seen(String method, String uri, MultiMap headers, String body) {}

    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    private void answer(HttpServerRequest request, int status, String type, String body) {
        request.bodyHandler(sent -> {
            seen.add(new Seen(request.method().name(), request.uri(), request.headers(), sent.toString()));
            request.response()
                    .setStatusCode(status)
                    .putHeader("content-type", type)
                    .putHeader("chroma-trace-id", "7")
                    .putHeader("server", "secret-server/1")
                    .putHeader("set-cookie", "a=b")
                    .end(body);
        });
    }

    private GuardFixture chroma(int status, String body) throws Exception {
        return new GuardFixture(Guards.chroma(), request -> answer(request, status, "application/json", body));
    }

    private GuardFixture observing(int status, String body) throws Exception {
        return new GuardFixture(
                Guards.chroma(Mode.Observe, Bounds.DEFAULT, 10, List.of()),
                request -> answer(request, status, "application/json", body));
    }

    @Test
    void aRequestOfAClientThatMayIsPassedAndAnswered() throws Exception {
        try (GuardFixture guard = chroma(200, EMPTY_ANSWER)) {
            HttpResponse<String> response = guard.post(QUERY, Guards.KEY, QUESTION);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(EMPTY_ANSWER);
            assertThat(seen.get(0).body()).isEqualTo(QUESTION);
            assertThat(seen.get(0).uri()).isEqualTo(QUERY);
        }
    }

    @Test
    void onlyHarmlessHeadersCrossAndNoCredentialDoes() throws Exception {
        try (GuardFixture guard = chroma(200, EMPTY_ANSWER)) {
            HttpResponse<String> response = guard.send(guard.request(QUERY, Guards.KEY)
                    .header("X-Chroma-Token", Guards.KEY)
                    .header("Content-Type", "application/json; charset=UTF-8")
                    .header("Cookie", "c=1")
                    .header("X-Forwarded-For", "10.0.0.1")
                    .header("Accept-Encoding", "gzip")
                    .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                    .POST(HttpRequest.BodyPublishers.ofString(QUESTION))
                    .build());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().map().keySet())
                    .containsExactlyInAnyOrder("content-type", "chroma-trace-id", "content-length");
            assertThat(seen.get(0).headers().names())
                    .containsExactlyInAnyOrder(
                            "host", "content-length", "content-type", "user-agent", "traceparent", "accept-encoding");
            assertThat(seen.get(0).headers().get("accept-encoding")).isEqualTo("identity");
            assertThat(seen.get(0).headers().get("host")).startsWith("127.0.0.1:");
            assertThat(seen.get(0).headers().get("content-type")).isEqualTo("application/json");
        }
    }

    @Test
    void aLeakageTestIsToldWhichConfigurationAnsweredAlsoWhereItIsRefusedAndNobodyElseIs() throws Exception {
        try (GuardFixture guard = chroma(200, EMPTY_ANSWER)) {
            assertThat(guard.post(QUERY, Guards.SLOW_KEY, QUESTION).headers().firstValue("redoubt-revision"))
                    .hasValue(Guards.chroma().revision());
            HttpResponse<String> refused = guard.post(COLLECTION + "/get", Guards.SLOW_KEY, "{}");
            assertThat(refused.statusCode()).isEqualTo(403);
            assertThat(refused.headers().firstValue("redoubt-revision"))
                    .hasValue(Guards.chroma().revision());
            for (String other : new String[] {Guards.KEY, "key-of-eve", null}) {
                assertThat(guard.post(QUERY, other, QUESTION).headers().firstValue("redoubt-revision"))
                        .isEmpty();
            }
        }
    }

    @Test
    void aStrangerGets401WithAChallengeAndTheStoreHearsNothing() throws Exception {
        try (GuardFixture guard = chroma(200, EMPTY_ANSWER)) {
            for (String key : new String[] {null, "key-of-eve"}) {
                HttpResponse<String> response = guard.post(QUERY, key, QUESTION);
                assertThat(response.statusCode()).isEqualTo(401);
                assertThat(response.headers().firstValue("www-authenticate")).contains("Bearer realm=\"redoubt\"");
                assertThat(response.headers().firstValue("content-type")).contains("application/problem+json");
                assertThat(response.body()).contains("AuthorizationError").doesNotContain("key-of-eve");
            }
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void aKnownClientWithoutTheOperationGets403() throws Exception {
        try (GuardFixture guard = chroma(200, EMPTY_ANSWER)) {
            HttpResponse<String> response = guard.post(QUERY, Guards.MANAGER_KEY, QUESTION);
            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.body()).contains("clients.allow");
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void anUnknownRouteIsRefusedForEverybody() throws Exception {
        try (GuardFixture guard = chroma(200, "{}")) {
            assertThat(guard.post("/api/v2/reset", Guards.KEY, "{}").statusCode())
                    .isEqualTo(403);
            assertThat(guard.post(COLLECTION + "/fork", Guards.KEY, "{}").statusCode())
                    .isEqualTo(403);
            assertThat(guard.get("/docs", null).statusCode()).isEqualTo(403);
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void healthIsOpenButNoSideDoor() throws Exception {
        try (GuardFixture guard = chroma(200, "{\"nanosecond heartbeat\":1}")) {
            assertThat(guard.get("/api/v2/heartbeat", null).statusCode()).isEqualTo(200);
            assertThat(guard.post("/api/v2/heartbeat", null, "{}").statusCode()).isEqualTo(403);
            HttpRequest withBody = guard.request("/api/v2/heartbeat", null)
                    .header("Content-Type", "application/json")
                    .method("GET", HttpRequest.BodyPublishers.ofString("{}"))
                    .build();
            assertThat(guard.send(withBody).statusCode()).isEqualTo(400);
            assertThat(seen).hasSize(1);
        }
    }

    @Test
    void aHealthAnswerTooLargeForOneIsNotPassed() throws Exception {
        try (GuardFixture guard = chroma(200, "\"" + "x".repeat(20_000) + "\"")) {
            assertThat(guard.get("/api/v2/heartbeat", null).statusCode()).isEqualTo(502);
        }
    }

    @Test
    void theLimitAnswers429WithTheSecondsToWait() throws Exception {
        try (GuardFixture guard = chroma(200, EMPTY_ANSWER)) {
            for (int i = 0; i < 6; i++) {
                assertThat(guard.post(QUERY, Guards.SLOW_KEY, QUESTION).statusCode())
                        .isEqualTo(200);
            }
            guard.pass(Duration.ofMillis(500));
            HttpResponse<String> response = guard.post(QUERY, Guards.SLOW_KEY, QUESTION);
            assertThat(response.statusCode()).isEqualTo(429);
            assertThat(response.headers().firstValue("retry-after")).contains("10");
            assertThat(response.body()).contains("RateLimitError");
            assertThat(guard.post(QUERY, Guards.KEY, QUESTION).statusCode()).isEqualTo(200);
            guard.pass(Duration.ofSeconds(10));
            assertThat(guard.post(QUERY, Guards.SLOW_KEY, QUESTION).statusCode())
                    .isEqualTo(200);
        }
    }

    @Test
    void textsAreRedactedBothWays() throws Exception {
        String answer = "{\"ids\":[[\"1\"]],\"documents\":[[\"write to ann@example.com\"]]}";
        try (GuardFixture guard = chroma(200, answer)) {
            String question =
                    "{\"query_embeddings\":[[1.0]],\"n_results\":3,\"where_document\":{\"$contains\":\"ann@example.com\"}}";
            HttpResponse<String> response = guard.post(QUERY, Guards.KEY, question);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("<EMAIL_ADDRESS>").doesNotContain("ann@");
            assertThat(seen.get(0).body()).contains("<EMAIL_ADDRESS>").doesNotContain("ann@");
        }
    }

    @Test
    void aBlockedTextIsRefusedWithTheNameOfTheRuleAndNeverTheText() throws Exception {
        try (GuardFixture guard = chroma(200, EMPTY_ANSWER)) {
            String question = QUESTION.replace("}", ",\"where\":{\"k\":\"4111 1111 1111 1111\"}}");
            HttpResponse<String> response = guard.post(QUERY, Guards.KEY, question);
            assertThat(response.statusCode()).isEqualTo(403);
            assertThat(response.body()).contains("CREDIT_CARD").doesNotContain("4111");
            assertThat(guard.auditText()).doesNotContain("4111");
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void contentTypesAndEncodingsThatAreNotReadAreRefused() throws Exception {
        try (GuardFixture guard = chroma(200, EMPTY_ANSWER)) {
            for (String type : List.of(
                    "text/plain", "application/json; charset=utf-16", "application/x-ndjson", "application/json, x")) {
                HttpRequest request = guard.request(QUERY, Guards.KEY)
                        .header("Content-Type", type)
                        .POST(HttpRequest.BodyPublishers.ofString(QUESTION))
                        .build();
                assertThat(guard.send(request).statusCode()).as(type).isEqualTo(415);
            }
            HttpRequest zipped = guard.request(QUERY, Guards.KEY)
                    .header("Content-Type", "application/json")
                    .header("Content-Encoding", "br")
                    .POST(HttpRequest.BodyPublishers.ofString(QUESTION))
                    .build();
            assertThat(guard.send(zipped).statusCode()).isEqualTo(415);
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void bodiesBeyondTheBoundsAreRefusedBothWays() throws Exception {
        Bounds bounds = new Bounds(1000, 2000, 64);
        try (GuardFixture guard = new GuardFixture(
                Guards.chroma(Mode.Enforce, bounds, 10, List.of()),
                request -> answer(request, 200, "application/json", "\"" + "x".repeat(2000) + "\""))) {
            HttpResponse<String> response = guard.post(QUERY, Guards.KEY, " ".repeat(1001));
            assertThat(response.statusCode()).isEqualTo(413);
            HttpRequest chunked = guard.request(QUERY, Guards.KEY)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofInputStream(
                            () -> new java.io.ByteArrayInputStream(new byte[1001])))
                    .build();
            assertThat(guard.send(chunked).statusCode()).isEqualTo(413);
            assertThat(seen).isEmpty();
            assertThat(guard.post(QUERY, Guards.KEY, QUESTION).statusCode()).isEqualTo(502);
        }
    }

    @Test
    void anErrorOfTheStoreIsRedactedAndKeepsItsStatus() throws Exception {
        String echo = "{\"error\":\"ChromaError\",\"message\":\"invalid type: \\\"ann@example.com\\\"\"}";
        try (GuardFixture guard = chroma(422, echo)) {
            HttpResponse<String> response = guard.post(QUERY, Guards.KEY, QUESTION);
            assertThat(response.statusCode()).isEqualTo(422);
            assertThat(response.body()).contains("ChromaError").doesNotContain("ann@");
        }
    }

    @Test
    void anErrorThatCannotBeReadIsReplacedByOneOfTheSameStatus() throws Exception {
        try (GuardFixture guard = new GuardFixture(
                Guards.chroma(), request -> answer(request, 404, "text/html", "<p>ann@example.com</p>"))) {
            HttpResponse<String> response = guard.post(QUERY, Guards.KEY, QUESTION);
            assertThat(response.statusCode()).isEqualTo(404);
            assertThat(response.body()).contains("NotFoundError").doesNotContain("ann@");
        }
    }

    @Test
    void anAnswerThatIsNotJsonOrIsEncodedIsNotPassed() throws Exception {
        try (GuardFixture guard =
                new GuardFixture(Guards.chroma(), request -> answer(request, 200, "text/plain", "ann@example.com"))) {
            assertThat(guard.post(QUERY, Guards.KEY, QUESTION).statusCode()).isEqualTo(502);
        }
        try (GuardFixture guard = new GuardFixture(Guards.chroma(), request -> {
            request.response().putHeader("content-encoding", "br");
            answer(request, 200, "application/json", "{}");
        })) {
            assertThat(guard.post(QUERY, Guards.KEY, QUESTION).statusCode()).isEqualTo(502);
        }
    }

    @Test
    void aStoreThatIsNotThereIs503AndOneThatBreaksOffIs502() throws Exception {
        try (GuardFixture guard = chroma(200, EMPTY_ANSWER)) {
            guard.stopApplication();
            HttpResponse<String> response = guard.post(QUERY, Guards.KEY, QUESTION);
            assertThat(response.statusCode()).isEqualTo(503);
            assertThat(response.headers().firstValue("retry-after")).contains("1");
        }
        try (GuardFixture guard = new GuardFixture(
                Guards.chroma(), request -> request.connection().close())) {
            assertThat(guard.post(QUERY, Guards.KEY, QUESTION).statusCode()).isEqualTo(502);
            assertThat(guard.get("/api/v2/version", Guards.KEY).statusCode()).isEqualTo(502);
        }
    }

    @Test
    void aStoreThatIsSilentForTooLongIs504() throws Exception {
        Timeouts impatient = new Timeouts(
                Duration.ofSeconds(30),
                Duration.ofSeconds(30),
                Duration.ofSeconds(2),
                Duration.ofMillis(100),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1));
        try (GuardFixture guard = new GuardFixture(Guards.chroma(), impatient, request -> {})) {
            assertThat(guard.post(QUERY, Guards.KEY, QUESTION).statusCode()).isEqualTo(504);
        }
    }

    @Test
    void observingRefusesAndChangesNothingAndSaysWhatItWouldHaveDone() throws Exception {
        String answer = "{\"ids\":[[\"1\"]],\"documents\":[[\"ann@example.com\"]],\"embeddings\":[[[1.5]]]}";
        try (GuardFixture guard = observing(200, answer)) {
            HttpResponse<String> stranger = guard.post(QUERY, "the-stores-own-key", QUESTION);
            assertThat(stranger.statusCode()).isEqualTo(200);
            assertThat(stranger.body()).isEqualTo(answer);
            assertThat(seen.get(0).headers().get("authorization")).isEqualTo("Bearer the-stores-own-key");
            assertThat(guard.post("/api/v2/reset", null, "{}").statusCode()).isEqualTo(200);
            HttpResponse<String> known =
                    guard.post(QUERY, Guards.KEY, QUESTION.replace("}", ",\"where\":{\"k\":\"4111 1111 1111 1111\"}}"));
            assertThat(known.statusCode()).isEqualTo(200);
            assertThat(known.body()).isEqualTo(answer);
            assertThat(seen.get(2).headers().contains("authorization")).isFalse();
            await().until(() -> guard.audit().size() == 3);
            assertThat(guard.audit())
                    .allMatch(line -> line.get("decision").textValue().equals("Observe"));
            assertThat(guard.audit().stream().map(line -> line.get("reason").textValue()))
                    .containsExactly("Unauthenticated", "UnknownRoute", "EntityBlocked");
            assertThat(guard.audit()
                            .get(0)
                            .at("/entities/Replace/EMAIL_ADDRESS")
                            .intValue())
                    .isEqualTo(1);
        }
    }

    @Test
    void observingLetsBodiesThroughThatAreTooLargeToLookAt() throws Exception {
        String large = "\"" + "x".repeat(100_000) + "\"";
        try (GuardFixture guard = new GuardFixture(
                Guards.chroma(Mode.Observe, new Bounds(1000, 1000, 64), 10, List.of()),
                request -> answer(request, 200, "application/json", large))) {
            HttpResponse<String> response = guard.post(QUERY, Guards.KEY, large);
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).isEqualTo(large);
            assertThat(seen.get(0).body()).isEqualTo(large);
        }
    }

    @Test
    void oneLineOfAuditTellsOneDecision() throws Exception {
        try (GuardFixture guard = chroma(200, EMPTY_ANSWER)) {
            guard.send(guard.request(QUERY, Guards.SLOW_KEY)
                    .header("Content-Type", "application/json")
                    .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
                    .POST(HttpRequest.BodyPublishers.ofString(QUESTION))
                    .build());
            await().until(() -> !guard.audit().isEmpty());
            JsonNode line = guard.audit().get(0);
            assertThat(line.get("namespace").textValue()).isEqualTo("rag");
            assertThat(line.get("pipeline").textValue()).isEqualTo("support");
            assertThat(line.get("target").textValue()).isEqualTo("docs");
            assertThat(line.get("client").textValue()).isEqualTo("sue");
            assertThat(line.get("leakageTest").booleanValue()).isTrue();
            assertThat(line.get("route").textValue()).isEqualTo("query");
            assertThat(line.get("operation").textValue()).isEqualTo("Query");
            assertThat(line.get("decision").textValue()).isEqualTo("Allow");
            assertThat(line.get("reason").isNull()).isTrue();
            assertThat(line.get("status").intValue()).isEqualTo(200);
            assertThat(line.get("keyVersion").intValue()).isEqualTo(1);
            assertThat(line.get("revision").textValue())
                    .isEqualTo(Guards.chroma().revision());
            assertThat(line.get("traceId").textValue()).isEqualTo("0af7651916cd43dd8448eb211c80319c");
            assertThat(line.get("bytesIn").intValue()).isEqualTo(QUESTION.length());
            assertThat(line.get("bytesOut").intValue()).isEqualTo(EMPTY_ANSWER.length());
            assertThat(guard.auditText())
                    .doesNotContain(Guards.SLOW_KEY)
                    .doesNotContain(Guards.sha256(Guards.SLOW_KEY));
        }
    }

    @Test
    void metricsCountWhatTheAuditTells() throws Exception {
        try (GuardFixture guard = chroma(200, EMPTY_ANSWER)) {
            guard.post(QUERY, Guards.KEY, QUESTION);
            guard.post(QUERY, null, QUESTION);
            String metrics = guard.health("/metrics").body();
            assertThat(metrics)
                    .contains(
                            "redoubt_requests_total{client=\"ann\",decision=\"Allow\",operation=\"Query\",route=\"query\",status=\"200\"} 1.0")
                    .contains("redoubt_refusals_total{decision=\"Refuse\",reason=\"Unauthenticated\"} 1.0")
                    .contains("redoubt_request_duration_seconds_bucket{route=\"query\"")
                    .contains("redoubt_configuration_revision{mode=\"Enforce\",profile=\"Chroma\",revision=\""
                            + Guards.chroma().revision() + "\"} 1")
                    .contains("redoubt_requests_in_flight 0");
        }
    }
}
