package dev.redoubt.sidecar;

import static dev.redoubt.sidecar.Chat.ask;
import static dev.redoubt.sidecar.Chat.begin;
import static dev.redoubt.sidecar.Chat.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redoubt.policy.Bounds;
import dev.redoubt.policy.Mode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StreamTest {
    @Test
    void aTextThatIsSplitOverEventsAndPiecesIsRedacted() throws Exception {
        String stream = event("write to ann@") + event("example.") + event("com now") + Chat.LAST;
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
                        .endsWith(Chat.LAST);
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
            request.response().end(Chat.LAST);
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
        String stream = event("ann@example.com") + Chat.LAST;
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

    /** llama.cpp's server closes it with the end of the stream, and does not say so before. */
    @Test
    void theConnectionThatAStreamCameOnIsNotUsedAgain() throws Exception {
        List<Integer> ports = new CopyOnWriteArrayList<>();
        try (GuardFixture guard = new GuardFixture(Guards.openAi(Mode.Enforce, Bounds.DEFAULT), request -> {
            ports.add(request.remoteAddress().port());
            if (request.path().equals(Chat.PATH)) {
                begin(request.response());
                request.response().end(event("hi") + Chat.LAST);
            } else {
                request.response().putHeader("content-type", "application/json").end("{}");
            }
        })) {
            guard.get("/v1/models", Guards.KEY);
            guard.post(Chat.PATH, Guards.KEY, Chat.QUESTION);
            guard.get("/v1/models", Guards.KEY);
        }
        assertThat(ports.get(1)).isEqualTo(ports.get(0));
        assertThat(ports.get(2)).isNotEqualTo(ports.get(1));
    }
}
