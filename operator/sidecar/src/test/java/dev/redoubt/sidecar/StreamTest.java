package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redoubt.policy.Bounds;
import dev.redoubt.policy.Mode;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StreamTest {
    private static final String CHAT = "/v1/chat/completions";
    private static final String QUESTION =
            "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

    private static String event(String text) {
        return "data: {\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text
                + "\"},\"finish_reason\":null}]}\n\n";
    }

    private static void begin(HttpServerResponse response) {
        response.setChunked(true).putHeader("content-type", "text/event-stream");
    }

    private static RawSocket ask(GuardFixture guard) throws Exception {
        return guard.raw()
                .send("POST " + CHAT + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + Guards.KEY
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + QUESTION.length() + "\r\n\r\n"
                        + QUESTION);
    }

    @Test
    void aTextThatIsSplitOverEventsAndPiecesIsRedacted() throws Exception {
        String stream = event("write to ann@") + event("example.") + event("com now") + "data: [DONE]\n\n";
        try (GuardFixture guard = new GuardFixture(Guards.openAi(Mode.Enforce, Bounds.DEFAULT), request -> {
            begin(request.response());
            for (int i = 0; i < stream.length(); i += 7) {
                request.response().write(stream.substring(i, Math.min(i + 7, stream.length())));
            }
            request.response().end();
        })) {
            try (RawSocket socket = ask(guard)) {
                RawSocket.Answer answer = socket.answer();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.complete()).isTrue();
                assertThat(answer.head()).containsIgnoringCase("content-type: text/event-stream");
                assertThat(answer.body())
                        .contains("<EMAIL_ADDRESS>")
                        .doesNotContain("example.com")
                        .doesNotContain("ann@")
                        .endsWith("data: [DONE]\n\n");
            }
            await().until(() -> !guard.audit().isEmpty());
            assertThat(guard.audit()
                            .get(0)
                            .at("/entities/Replace/EMAIL_ADDRESS")
                            .intValue())
                    .isEqualTo(1);
            assertThat(guard.health("/metrics").body()).contains("redoubt_stream_held_bytes 0");
        }
    }

    @Test
    void aStreamThatBreaksOffNeverLooksComplete() throws Exception {
        try (GuardFixture guard = new GuardFixture(Guards.openAi(Mode.Enforce, Bounds.DEFAULT), request -> {
            begin(request.response());
            request.response().write(event("first")).onSuccess(written -> request.connection()
                    .close());
        })) {
            try (RawSocket socket = ask(guard)) {
                RawSocket.Answer answer = socket.answer();
                assertThat(answer.status()).isEqualTo(200);
                assertThat(answer.complete()).isFalse();
                assertThat(answer.body()).contains("upstream-failed").doesNotContain("[DONE]");
            }
            await().until(() -> !guard.audit().isEmpty());
            assertThat(guard.audit().get(0).get("reason").textValue()).isEqualTo("UpstreamFailed");
        }
    }

    @Test
    void aStreamWithABlockedTextIsStoppedWithoutIt() throws Exception {
        try (GuardFixture guard = new GuardFixture(Guards.openAi(Mode.Enforce, Bounds.DEFAULT), request -> {
            begin(request.response());
            request.response().write(event("pay 4111 1111"));
            request.response().write(event(" 1111 1111 now"));
            request.response().end("data: [DONE]\n\n");
        })) {
            try (RawSocket socket = ask(guard)) {
                RawSocket.Answer answer = socket.answer();
                assertThat(answer.complete()).isFalse();
                assertThat(answer.body())
                        .contains("CREDIT_CARD")
                        .doesNotContain("4111")
                        .doesNotContain("[DONE]");
            }
        }
    }

    @Test
    void eventsThatNoRouteExpectsAreNotPassed() throws Exception {
        try (GuardFixture guard = new GuardFixture(Guards.chroma(), request -> {
            begin(request.response());
            request.response().end(event("x"));
        })) {
            assertThat(guard.post(GuardTest.QUERY, Guards.KEY, GuardTest.QUESTION)
                            .statusCode())
                    .isEqualTo(502);
        }
    }

    @Test
    void aClientThatDoesNotReadSlowsTheApplicationDown() throws Exception {
        AtomicLong written = new AtomicLong();
        AtomicBoolean stopped = new AtomicBoolean();
        String event = event("x".repeat(60_000));
        long much = 64L << 20;
        try (GuardFixture guard = new GuardFixture(Guards.openAi(Mode.Enforce, Bounds.DEFAULT), request -> {
            begin(request.response());
            Runnable more = new Runnable() {
                @Override
                public void run() {
                    while (!request.response().writeQueueFull() && written.get() < much) {
                        request.response().write(event);
                        written.addAndGet(event.length());
                    }
                    request.response().drainHandler(drained -> run());
                }
            };
            request.response().closeHandler(closed -> stopped.set(true));
            more.run();
        })) {
            try (RawSocket socket = ask(guard)) {
                long[] before = {-1};
                // the sockets' buffers fill, then nothing moves any more
                await().pollInterval(java.time.Duration.ofMillis(300)).until(() -> {
                    boolean still = written.get() == before[0];
                    before[0] = written.get();
                    return still;
                });
                assertThat(written.get()).isLessThan(much);
            }
            await().untilTrue(stopped);
            await().until(() -> !guard.audit().isEmpty());
            assertThat(guard.audit().get(0).get("reason").textValue()).isEqualTo("ClientGone");
        }
    }

    @Test
    void observingPassesAStreamUnchanged() throws Exception {
        String stream = event("ann@example.com") + "data: [DONE]\n\n";
        try (GuardFixture guard = new GuardFixture(Guards.openAi(Mode.Observe, Bounds.DEFAULT), request -> {
            begin(request.response());
            request.response().end(stream);
        })) {
            try (RawSocket socket = ask(guard)) {
                assertThat(socket.answer().body()).isEqualTo(stream);
            }
            await().until(() -> !guard.audit().isEmpty());
            assertThat(guard.audit()
                            .get(0)
                            .at("/entities/Replace/EMAIL_ADDRESS")
                            .intValue())
                    .isEqualTo(1);
        }
    }
}
