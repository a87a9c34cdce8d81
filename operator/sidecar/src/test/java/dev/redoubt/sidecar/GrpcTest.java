package dev.redoubt.sidecar;

import static dev.redoubt.sidecar.Calls.answer;
import static dev.redoubt.sidecar.Calls.framed;
import static dev.redoubt.sidecar.Calls.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redoubt.policy.Bounds;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Mode;
import dev.redoubt.profiles.Profile;
import dev.redoubt.profiles.Profiles;
import io.vertx.core.Handler;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.net.http.HttpRequest;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls of gRPC with one message each way, through the guard to an application that a test writes. */
class GrpcTest {
    private static final String MAIL = "ann.lee@example.com";
    private static final String LIST = "ShowCollections";

    /** The routes of Milvus, without what is its own: how a key is written, and how a call is told of a problem. */
    private static final Profile PROFILE = Profiles.builtIn()
            .find("Milvus")
            .map(milvus -> new Profile(
                    "Calls",
                    milvus.kind(),
                    List.of(new Profile.Credential("authorization", null)),
                    milvus.ports(),
                    milvus.takeover(),
                    milvus.readiness(),
                    Profile.ErrorShape.Problem,
                    milvus.schema(),
                    milvus.routes()))
            .orElseThrow();

    private final AtomicReference<MultiMap> seen = new AtomicReference<>();
    private GuardFixture guard;
    private Calls calls;

    private void start(Mode mode, Handler<HttpServerRequest> application) throws Exception {
        GuardConfig config = Guards.store("Calls", Guards.chroma(mode, Bounds.DEFAULT, 10, List.of()));
        guard = new GuardFixture(PROFILE, config, request -> {
            seen.set(request.headers());
            application.handle(request);
        });
        calls = new Calls(guard.port());
    }

    private void start(Handler<HttpServerRequest> application) throws Exception {
        start(Mode.Enforce, application);
    }

    @AfterEach
    void stop() throws Exception {
        if (calls != null) {
            calls.close();
            guard.close();
        }
    }

    private Calls.Answer list(Buffer body) throws Exception {
        return calls.call(calls.options(LIST, Guards.KEY), body);
    }

    @Test
    void aCallPassesAndTextsOfItsAnswerAreRedacted() throws Exception {
        start(request -> request.body().onSuccess(body -> {
            assertThat(body).isEqualTo(framed(text(2, "default")));
            answer(request, framed(text(2, "mail " + MAIL)), "0", null);
        }));
        Calls.Answer answer = list(framed(text(2, "default")));
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.code()).isEqualTo("0");
        assertThat(answer.body()).isEqualTo(framed(text(2, "mail <EMAIL_ADDRESS>")));
        assertThat(answer.headers().get("content-type")).isEqualTo("application/grpc");
        assertThat(seen.get().get("te")).isEqualTo("trailers");
        assertThat(seen.get().contains("authorization")).isFalse();
        await().until(() -> !guard.audit().isEmpty());
        assertThat(guard.audit().get(0).at("/route").textValue()).isEqualTo("list-collections");
        assertThat(guard.audit().get(0).at("/entities/Replace/EMAIL_ADDRESS").intValue())
                .isEqualTo(1);
    }

    @Test
    void aDeadlineIsPassedOnAndNothingElseThatAClientMakesUp() throws Exception {
        start(request -> answer(request, framed(Buffer.buffer()), "0", null));
        RequestOptions options = calls.options(LIST, Guards.KEY)
                .putHeader("grpc-timeout", "20S")
                .putHeader("x-forwarded-for", "10.0.0.1");
        assertThat(calls.call(options, framed(Buffer.buffer())).code()).isEqualTo("0");
        assertThat(seen.get().get("grpc-timeout")).isEqualTo("20S");
        assertThat(seen.get().contains("x-forwarded-for")).isFalse();
    }

    @Test
    void refusalsAreStatusesOfGrpcWithTheRule() throws Exception {
        start(request -> answer(request, framed(Buffer.buffer()), "0", null));
        Calls.Answer unknown = calls.call(calls.options("CreateCredential", Guards.KEY), framed(Buffer.buffer()));
        assertThat(unknown.status()).isEqualTo(200);
        assertThat(unknown.code()).as("PERMISSION_DENIED").isEqualTo("7");
        assertThat(unknown.message()).contains("routes");
        assertThat(calls.call(calls.options(LIST, null), framed(Buffer.buffer()))
                        .code())
                .as("UNAUTHENTICATED")
                .isEqualTo("16");
        for (int i = 0; i < 6; i++) {
            calls.call(calls.options(LIST, Guards.SLOW_KEY), framed(Buffer.buffer()));
        }
        assertThat(calls.call(calls.options(LIST, Guards.SLOW_KEY), framed(Buffer.buffer()))
                        .code())
                .as("RESOURCE_EXHAUSTED")
                .isEqualTo("8");
    }

    @Test
    void whatIsNotOneUncompressedMessageIsRefusedBeforeTheApplicationSeesIt() throws Exception {
        start(request -> answer(request, framed(Buffer.buffer()), "0", null));
        Buffer marked = Buffer.buffer().appendByte((byte) 1).appendInt(0);
        assertThat(list(marked).code()).as("INVALID_ARGUMENT").isEqualTo("3");
        assertThat(list(Buffer.buffer()).code()).isEqualTo("3");
        assertThat(list(framed(Buffer.buffer()).appendBuffer(framed(Buffer.buffer())))
                        .code())
                .isEqualTo("3");
        assertThat(list(Buffer.buffer().appendByte((byte) 0).appendInt(5).appendString("x"))
                        .code())
                .isEqualTo("3");
        assertThat(list(framed(text(9, "a field that the schema does not know")))
                        .code())
                .isEqualTo("3");
        Calls.Answer zipped =
                calls.call(calls.options(LIST, Guards.KEY).putHeader("grpc-encoding", "gzip"), framed(Buffer.buffer()));
        assertThat(zipped.code()).as("UNIMPLEMENTED").isEqualTo("12");
        assertThat(zipped.headers().get("grpc-accept-encoding")).isEqualTo("identity");
        assertThat(seen.get()).isNull();
    }

    @Test
    void anErrorThatEchoesTheRequestIsRedacted() throws Exception {
        start(request -> answer(request, Buffer.buffer(), "5", "no collection of " + MAIL + " 100%25"));
        Calls.Answer answer = list(framed(Buffer.buffer()));
        assertThat(answer.code()).isEqualTo("5");
        assertThat(answer.message()).isEqualTo("no collection of <EMAIL_ADDRESS> 100%25");
    }

    @Test
    void anAnswerThatCannotBeCheckedIsAnErrorAndNeverPassed() throws Exception {
        start(request -> {
            switch (request.getHeader("x-request-id")) {
                case "no status" ->
                    request.response()
                            .putHeader("content-type", "application/grpc")
                            .end(framed(text(2, "x")));
                case "no message" -> answer(request, Buffer.buffer(), "0", null);
                case "half" ->
                    answer(request, Buffer.buffer().appendByte((byte) 0).appendInt(9), "0", null);
                case "not a message" -> answer(request, framed(Buffer.buffer("\uFFFF")), "0", null);
                case "compressed" ->
                    answer(request, Buffer.buffer().appendByte((byte) 1).appendInt(0), "0", null);
                case "html" ->
                    request.response().putHeader("content-type", "text/html").end("<p>");
                case "not found" -> request.response().setStatusCode(404).end();
                default -> request.response().reset(2);
            }
        });
        for (String kind :
                new String[] {"no status", "no message", "half", "not a message", "compressed", "html", "reset"}) {
            Calls.Answer answer = calls.call(
                    calls.options(LIST, Guards.KEY).putHeader("x-request-id", kind), framed(Buffer.buffer()));
            assertThat(answer.code()).as(kind).isEqualTo("13");
            assertThat(answer.body().length()).as(kind).isZero();
        }
    }

    @Test
    void anApplicationThatIsNotThereIsUnavailable() throws Exception {
        start(request -> {});
        guard.stopApplication();
        assertThat(list(framed(Buffer.buffer())).code()).isEqualTo("14");
    }

    @Test
    void callsOfOneConnectionAreIndependentOfEachOther() throws Exception {
        start(request -> {
            if ("hang".equals(request.getHeader("x-request-id"))) {
                return;
            }
            answer(request, framed(Buffer.buffer()), "0", null);
        });
        calls.client()
                .request(calls.options(LIST, Guards.KEY).putHeader("x-request-id", "hang"))
                .onSuccess(request -> request.send(framed(Buffer.buffer())));
        assertThat(list(framed(Buffer.buffer())).code()).isEqualTo("0");
    }

    @Test
    void whileObservingEverythingPassesAsItIs() throws Exception {
        start(Mode.Observe, request -> answer(request, framed(text(2, MAIL)), "0", "of " + MAIL));
        Calls.Answer answer = list(framed(text(9, "unknown")));
        assertThat(answer.code()).isEqualTo("0");
        assertThat(answer.message()).contains(MAIL);
        assertThat(answer.body()).isEqualTo(framed(text(2, MAIL)));
    }

    @Test
    void aCallOverHttp11IsRefused() throws Exception {
        start(request -> answer(request, framed(Buffer.buffer()), "0", null));
        HttpRequest request = HttpRequest.newBuilder(guard.uri(Calls.SERVICE + LIST))
                .header("Content-Type", "application/grpc")
                .header("Authorization", Guards.KEY)
                .POST(HttpRequest.BodyPublishers.ofByteArray(
                        framed(Buffer.buffer()).getBytes()))
                .build();
        assertThat(guard.send(request).statusCode()).isEqualTo(505);
        assertThat(seen.get()).isNull();
    }

    @Test
    void readinessIsAskedByTheHealthProtocolOfGrpc() throws Exception {
        AtomicReference<Buffer> message = new AtomicReference<>(framed(Buffer.buffer(new byte[] {8, 2})));
        AtomicReference<String> code = new AtomicReference<>("0");
        start(request -> {
            assertThat(request.path()).isEqualTo("/grpc.health.v1.Health/Check");
            answer(request, message.get(), code.get(), null);
        });
        assertThat(guard.health("/readyz").statusCode()).as("NOT_SERVING").isEqualTo(503);
        message.set(framed(Buffer.buffer(new byte[] {8, 1})));
        await().until(() -> guard.health("/readyz").statusCode() == 200);
        code.set("14");
        await().until(() -> guard.health("/readyz").statusCode() == 503);
        // a server that does not know the protocol has answered nevertheless
        code.set("12");
        await().until(() -> guard.health("/readyz").statusCode() == 200);
        guard.stopApplication();
        await().until(() -> guard.health("/readyz").statusCode() == 503);
    }
}
