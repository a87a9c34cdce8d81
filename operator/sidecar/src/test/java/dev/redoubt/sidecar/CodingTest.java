package dev.redoubt.sidecar;

import static dev.redoubt.sidecar.Chat.ask;
import static dev.redoubt.sidecar.Chat.event;
import static dev.redoubt.sidecar.Gzip.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redoubt.policy.Bounds;
import dev.redoubt.policy.Mode;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Bodies in gzip, both ways, with real sockets. */
class CodingTest {
    private static final String GET = GuardTest.COLLECTION + "/get";
    private static final String ADD = GuardTest.COLLECTION + "/add";
    private static final String RECORD = "{\"ids\":[\"1\"],\"documents\":[\"ann@example.com\"]}";

    private record Seen(MultiMap headers, byte[] body) {}

    private final List<Seen> seen = new CopyOnWriteArrayList<>();

    private GuardFixture chroma(Mode mode, Bounds bounds, int status, byte[] answer) throws Exception {
        return new GuardFixture(Guards.chroma(mode, bounds, 10, List.of()), request -> answer(request, status, answer));
    }

    private void answer(HttpServerRequest request, int status, byte[] body) {
        request.bodyHandler(sent -> {
            seen.add(new Seen(request.headers(), sent.getBytes()));
            request.response()
                    .setStatusCode(status)
                    .putHeader("content-type", "application/json")
                    .putHeader("content-encoding", "gzip")
                    .end(Buffer.buffer(body));
        });
    }

    private static HttpResponse<String> post(GuardFixture guard, String target, String coding, byte[] body) {
        return guard.send(guard.request(target, Guards.KEY)
                .header("Content-Type", "application/json")
                .header("Content-Encoding", coding)
                .POST(BodyPublishers.ofByteArray(body))
                .build());
    }

    @Test
    void aCompressedRequestIsReadAndGoesOnUncompressed() throws Exception {
        try (GuardFixture guard = chroma(Mode.Enforce, Bounds.DEFAULT, 201, gzip("true"))) {
            for (String coding : List.of("gzip", "GZIP", "x-gzip")) {
                HttpResponse<String> response = post(guard, ADD, coding, gzip(RECORD));
                assertThat(response.statusCode()).isEqualTo(201);
                assertThat(response.body()).isEqualTo("true");
            }
            assertThat(seen).hasSize(3).allSatisfy(request -> {
                String body = new String(request.body(), StandardCharsets.UTF_8);
                assertThat(body).isEqualTo(RECORD.replace("ann@example.com", "<EMAIL_ADDRESS>"));
                assertThat(request.headers().contains("content-encoding")).isFalse();
                assertThat(request.headers().get("content-length")).isEqualTo(String.valueOf(body.length()));
                assertThat(request.headers().get("accept-encoding")).isEqualTo("identity");
            });
        }
    }

    @Test
    void aLargeCompressedRequestIsReadToo() throws Exception {
        StringBuilder documents = new StringBuilder();
        for (int i = 0; i < 30_000; i++) {
            documents
                    .append(i == 0 ? "" : ",")
                    .append("\"user")
                    .append(i * 7919)
                    .append("@example.com\"");
        }
        try (GuardFixture guard = chroma(Mode.Enforce, Bounds.DEFAULT, 201, gzip("true"))) {
            byte[] body = gzip("{\"ids\":[\"1\"],\"documents\":[" + documents + "]}");
            assertThat(post(guard, ADD, "gzip", body).statusCode()).isEqualTo(201);
            assertThat(new String(seen.get(0).body(), StandardCharsets.UTF_8))
                    .contains("<EMAIL_ADDRESS>")
                    .doesNotContain("@example.com");
        }
    }

    @Test
    void aCompressedAnswerIsReadAndGoesOnUncompressed() throws Exception {
        try (GuardFixture guard = chroma(Mode.Enforce, Bounds.DEFAULT, 200, gzip(RECORD))) {
            HttpResponse<String> response = guard.post(GET, Guards.KEY, "{\"ids\":[\"1\"]}");
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.body()).contains("<EMAIL_ADDRESS>").doesNotContain("ann@");
            assertThat(response.headers().firstValue("content-encoding")).isEmpty();
        }
        try (GuardFixture guard = chroma(Mode.Enforce, Bounds.DEFAULT, 422, gzip("{\"error\":\"ann@example.com\"}"))) {
            HttpResponse<String> response = guard.post(GET, Guards.KEY, "{\"ids\":[\"1\"]}");
            assertThat(response.statusCode()).isEqualTo(422);
            assertThat(response.body()).contains("<EMAIL_ADDRESS>").doesNotContain("ann@");
        }
    }

    @Test
    void whatIsNotOneWholeMemberIsRefusedBothWays() throws Exception {
        byte[] member = gzip(RECORD);
        byte[] twice = Arrays.copyOf(member, member.length * 2);
        System.arraycopy(member, 0, twice, member.length, member.length);
        for (byte[] broken :
                List.of(twice, Arrays.copyOf(member, member.length - 1), RECORD.getBytes(StandardCharsets.UTF_8))) {
            seen.clear();
            try (GuardFixture guard = chroma(Mode.Enforce, Bounds.DEFAULT, 200, broken)) {
                HttpResponse<String> request = post(guard, ADD, "gzip", broken);
                assertThat(request.statusCode()).isEqualTo(400);
                assertThat(request.body()).contains("malformed-encoding");
                assertThat(seen).isEmpty();
                HttpResponse<String> answer = guard.post(GET, Guards.KEY, "{\"ids\":[\"1\"]}");
                assertThat(answer.statusCode()).isEqualTo(502);
                assertThat(answer.body()).doesNotContain("ann@");
            }
        }
    }

    @Test
    void aBombIsRefusedBothWays() throws Exception {
        byte[] bomb = gzip(" ".repeat(30 << 20));
        assertThat(bomb).hasSizeLessThan(100_000);
        try (GuardFixture guard = chroma(Mode.Enforce, Bounds.DEFAULT, 200, bomb)) {
            assertThat(post(guard, ADD, "gzip", bomb).statusCode()).isEqualTo(413);
            assertThat(seen).isEmpty();
            assertThat(guard.post(GET, Guards.KEY, "{\"ids\":[\"1\"]}").statusCode())
                    .isEqualTo(502);
        }
        Bounds bounds = new Bounds(1000, 1000, 64);
        byte[] large = gzip(" ".repeat(1001) + "{}");
        seen.clear();
        try (GuardFixture guard = chroma(Mode.Enforce, bounds, 200, large)) {
            assertThat(post(guard, ADD, "gzip", large).statusCode()).isEqualTo(413);
            assertThat(seen).isEmpty();
            assertThat(guard.post(GET, Guards.KEY, "{\"ids\":[\"1\"]}").statusCode())
                    .isEqualTo(502);
        }
    }

    @Test
    void otherCodingsAndOneOnAnotherAreRefused() throws Exception {
        try (GuardFixture guard = chroma(Mode.Enforce, Bounds.DEFAULT, 200, gzip("{}"))) {
            for (String coding : List.of("br", "deflate", "zstd", "gzip, gzip", "gzip,identity", "identity, br", "")) {
                assertThat(post(guard, ADD, coding, gzip(RECORD)).statusCode())
                        .as(coding)
                        .isEqualTo(415);
            }
            HttpRequest twice = guard.request(ADD, Guards.KEY)
                    .header("Content-Type", "application/json")
                    .header("Content-Encoding", "gzip")
                    .header("Content-Encoding", "gzip")
                    .POST(BodyPublishers.ofByteArray(gzip(RECORD)))
                    .build();
            assertThat(guard.send(twice).statusCode()).isEqualTo(415);
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void observingLooksIntoBothAndPassesTheBytesAsTheyCame() throws Exception {
        byte[] body = gzip(RECORD);
        try (GuardFixture guard = chroma(Mode.Observe, Bounds.DEFAULT, 200, body)) {
            HttpResponse<byte[]> response = guard.client.send(
                    guard.request(GET, Guards.KEY)
                            .header("Content-Type", "application/json")
                            .header("Content-Encoding", "gzip")
                            .POST(BodyPublishers.ofByteArray(gzip("{\"ids\":[\"1\"]}")))
                            .build(),
                    HttpResponse.BodyHandlers.ofByteArray());
            assertThat(response.body()).isEqualTo(body);
            assertThat(response.headers().firstValue("content-encoding")).contains("gzip");
            assertThat(seen.get(0).body()).isEqualTo(gzip("{\"ids\":[\"1\"]}"));
            assertThat(seen.get(0).headers().get("content-encoding")).isEqualTo("gzip");
            await().until(() -> !guard.audit().isEmpty());
            assertThat(guard.audit()
                            .get(0)
                            .at("/entities/Replace/EMAIL_ADDRESS")
                            .intValue())
                    .isEqualTo(1);
        }
    }

    private static GuardFixture streaming(byte[] stream) throws Exception {
        return new GuardFixture(Guards.openAi(Mode.Enforce, Bounds.DEFAULT), request -> {
            Chat.begin(request.response().putHeader("content-encoding", "gzip"));
            for (int i = 0; i < stream.length; i += 11) {
                request.response().write(Buffer.buffer(Arrays.copyOfRange(stream, i, Math.min(i + 11, stream.length))));
            }
            request.response().end();
        });
    }

    @Test
    void aCompressedStreamIsRedactedAsItComes() throws Exception {
        byte[] stream = gzip(event("write to ann@"), event("example."), event("com now"), Chat.LAST);
        try (GuardFixture guard = streaming(stream);
                RawSocket socket = ask(guard)) {
            RawSocket.Answer answer = socket.answer();
            assertThat(answer.complete()).isTrue();
            assertThat(answer.head()).doesNotContainIgnoringCase("content-encoding");
            assertThat(answer.body())
                    .contains("<EMAIL_ADDRESS>")
                    .doesNotContain("ann@")
                    .endsWith(Chat.LAST);
        }
    }

    @Test
    void aCompressedStreamThatIsCutNeverLooksComplete() throws Exception {
        byte[] stream = gzip(event("first"), Chat.LAST);
        try (GuardFixture guard = streaming(Arrays.copyOf(stream, stream.length - 4));
                RawSocket socket = ask(guard)) {
            RawSocket.Answer answer = socket.answer();
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.complete()).isFalse();
            assertThat(answer.body()).contains("malformed-response");
        }
    }
}
