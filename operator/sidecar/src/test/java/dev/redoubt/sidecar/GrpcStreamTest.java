package dev.redoubt.sidecar;

import static dev.redoubt.sidecar.Calls.framed;
import static dev.redoubt.sidecar.Calls.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redoubt.profiles.MessageSpec;
import dev.redoubt.profiles.MessageSpec.Encoding;
import dev.redoubt.profiles.MessageSpec.Others;
import dev.redoubt.profiles.Operation;
import dev.redoubt.profiles.Profile;
import dev.redoubt.profiles.Role;
import dev.redoubt.profiles.Route;
import dev.redoubt.profiles.Schema;
import dev.redoubt.profiles.SchemaField;
import dev.redoubt.profiles.Stage;
import dev.redoubt.profiles.Takeover;
import dev.redoubt.profiles.ValueSpec;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls of gRPC with any number of messages each way. */
class GrpcStreamTest {
    private static final String MAIL = "ann.lee@example.com";
    private static final Profile PROFILE = new Profile(
            "Stream",
            Profile.Kind.VectorStore,
            List.of(new Profile.Credential("authorization", null)),
            List.of(new Profile.Port("grpc", 1, List.of())),
            new Takeover(List.of(), List.of()),
            "/",
            Profile.ErrorShape.Problem,
            new Schema(Map.of("Text", Map.of(1, SchemaField.valueOf("text string")))),
            List.of(new Route(
                    "stream",
                    "POST",
                    Calls.SERVICE + "Stream",
                    List.of(),
                    true,
                    List.of(Operation.Ingest),
                    List.of(),
                    message(Stage.Ingest, Others.Refuse),
                    message(Stage.Retrieve, Others.Redact),
                    null)));

    private final CompletableFuture<Buffer> received = new CompletableFuture<>();
    private GuardFixture guard;
    private Calls calls;

    private static MessageSpec message(Stage stage, Others others) {
        return new MessageSpec(
                stage, Encoding.Grpc, "Text", List.of(new ValueSpec("text", Role.Text, null, null)), others);
    }

    private void start(Handler<HttpServerRequest> application) throws Exception {
        guard = new GuardFixture(PROFILE, Guards.store("Stream", Guards.chroma()), application);
        calls = new Calls(guard.port());
    }

    @AfterEach
    void stop() throws Exception {
        calls.close();
        guard.close();
    }

    private HttpClientRequest open(String key) throws Exception {
        return calls.client()
                .request(calls.options("Stream", key))
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS)
                .setChunked(true);
    }

    /** What has come when the call is over, with its status. */
    private static CompletableFuture<Calls.Answer> answer(HttpClientRequest request) {
        return request.response()
                .compose(response -> response.body().map(body -> ended(response, body)))
                .toCompletionStage()
                .toCompletableFuture();
    }

    private static Calls.Answer ended(HttpClientResponse response, Buffer body) {
        boolean trailers = response.trailers().contains("grpc-status");
        return new Calls.Answer(
                response.statusCode(), body, response.headers(), trailers ? response.trailers() : response.headers());
    }

    private static void echo(HttpServerRequest request) {
        request.response().putHeader("content-type", "application/grpc").setChunked(true);
        request.handler(piece -> request.response().write(piece));
        request.endHandler(end -> {
            request.response().putTrailer("grpc-status", "0");
            request.response().end();
        });
    }

    @Test
    void messagesOfBothDirectionsAreEditedAsTheyCome() throws Exception {
        start(GrpcStreamTest::echo);
        HttpClientRequest request = open(Guards.KEY);
        CompletableFuture<Buffer> first = new CompletableFuture<>();
        CompletableFuture<Calls.Answer> over = new CompletableFuture<>();
        request.response().onSuccess(response -> {
            Buffer all = Buffer.buffer();
            response.handler(piece -> first.complete(all.appendBuffer(piece).copy()));
            response.endHandler(end -> over.complete(ended(response, all)));
        });
        request.write(framed(text(1, "to " + MAIL)));
        assertThat(first.get(20, TimeUnit.SECONDS))
                .as("an answer comes while the client may still send")
                .isEqualTo(framed(text(1, "to <EMAIL_ADDRESS>")));
        request.write(framed(text(1, "and again")));
        request.end();
        Calls.Answer answer = over.get(20, TimeUnit.SECONDS);
        assertThat(answer.code()).isEqualTo("0");
        assertThat(answer.body().toString()).contains("and again").doesNotContain(MAIL);
    }

    @Test
    void messagesThatAreCutAnywhereAreWhole() throws Exception {
        start(GrpcStreamTest::echo);
        Buffer all = Buffer.buffer();
        for (int i = 0; i < 200; i++) {
            all.appendBuffer(framed(text(1, "number " + i + " of " + MAIL)));
        }
        HttpClientRequest request = open(Guards.KEY);
        CompletableFuture<Calls.Answer> answer = answer(request);
        for (int from = 0; from < all.length(); from += 23) {
            request.write(all.slice(from, Math.min(all.length(), from + 23)));
        }
        request.end();
        assertThat(answer.get(20, TimeUnit.SECONDS).code()).isEqualTo("0");
        assertThat(answer.get().body().toString())
                .contains("number 199 of <EMAIL_ADDRESS>")
                .doesNotContain(MAIL);
        assertThat(guard.health("/metrics").body()).contains("redoubt_body_memory_bytes 0");
    }

    @Test
    void aMessageThatIsRefusedEndsTheCallAndIsNeverSent() throws Exception {
        start(request -> {
            Buffer all = Buffer.buffer();
            request.handler(all::appendBuffer);
            request.exceptionHandler(reset -> received.complete(all));
            request.response().putHeader("content-type", "application/grpc").setChunked(true);
            request.response().write(framed(text(1, "begun")));
        });
        HttpClientRequest request = open(Guards.KEY);
        CompletableFuture<Calls.Answer> over = new CompletableFuture<>();
        CompletableFuture<Void> begun = new CompletableFuture<>();
        request.response().onSuccess(response -> {
            Buffer all = Buffer.buffer();
            response.handler(piece -> {
                all.appendBuffer(piece);
                begun.complete(null);
            });
            response.endHandler(end -> over.complete(ended(response, all)));
        });
        request.write(framed(text(1, "good")));
        begun.get(20, TimeUnit.SECONDS);
        request.write(framed(text(1, "card 4111 1111 1111 1111")));
        Calls.Answer answer = over.get(20, TimeUnit.SECONDS);
        assertThat(answer.code()).as("PERMISSION_DENIED").isEqualTo("7");
        assertThat(answer.message()).contains("CREDIT_CARD").doesNotContain("4111");
        assertThat(received.get(20, TimeUnit.SECONDS)).isEqualTo(framed(text(1, "good")));
    }

    @Test
    void everyMessageCountsAgainstTheRate() throws Exception {
        start(GrpcStreamTest::echo);
        HttpClientRequest request = open(Guards.SLOW_KEY);
        CompletableFuture<Calls.Answer> answer = answer(request);
        for (int i = 0; i < 20; i++) {
            request.write(framed(text(1, "x")));
        }
        assertThat(answer.get(20, TimeUnit.SECONDS).code())
                .as("RESOURCE_EXHAUSTED")
                .isEqualTo("8");
    }

    @Test
    void aClientThatDoesNotReadHoldsTheApplicationBack() throws Exception {
        AtomicLong written = new AtomicLong();
        Buffer message = framed(text(1, "x".repeat(120)));
        Buffer many = Buffer.buffer();
        for (int i = 0; i < 100; i++) {
            many.appendBuffer(message);
        }
        start(request -> {
            request.response().putHeader("content-type", "application/grpc").setChunked(true);
            flood(request, many, written);
        });
        HttpClientRequest request = open(Guards.KEY);
        request.response().onSuccess(HttpClientResponse::pause);
        request.end(framed(text(1, "go")));
        await().during(java.time.Duration.ofSeconds(1))
                .atMost(java.time.Duration.ofSeconds(20))
                .until(() -> {
                    long before = written.get();
                    return before > 0 && settled(before, written);
                });
        assertThat(written.get()).as("bytes that fit into windows and queues").isLessThan(8 << 20);
        request.reset();
        await().untilAsserted(
                        () -> assertThat(guard.health("/metrics").body()).contains("redoubt_body_memory_bytes 0"));
    }

    private static boolean settled(long before, AtomicLong written) {
        return written.get() == before;
    }

    /** Writes as long as it is taken, up to 64 MiB. */
    private static void flood(HttpServerRequest request, Buffer many, AtomicLong written) {
        while (!request.response().writeQueueFull()) {
            if (written.addAndGet(many.length()) > 64 << 20) {
                request.response().putTrailer("grpc-status", "0");
                request.response().end();
                return;
            }
            request.response().write(many);
        }
        request.response().drainHandler(drained -> flood(request, many, written));
    }

    @Test
    void anApplicationThatBreaksOffIsAnErrorToTheClient() throws Exception {
        start(request -> {
            request.response().putHeader("content-type", "application/grpc").setChunked(true);
            request.response().write(framed(text(1, "begun"))).onSuccess(written -> request.response()
                    .reset(2));
        });
        HttpClientRequest request = open(Guards.KEY);
        CompletableFuture<Calls.Answer> answer = answer(request);
        request.write(framed(text(1, "go")));
        assertThat(answer.get(20, TimeUnit.SECONDS).code()).isEqualTo("13");
    }
}
