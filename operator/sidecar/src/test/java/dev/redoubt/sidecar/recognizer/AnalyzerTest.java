package dev.redoubt.sidecar.recognizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redoubt.policy.Entity;
import dev.redoubt.policy.ExternalRecognizer.OnError;
import dev.redoubt.redact.Span;
import dev.redoubt.sidecar.recognizer.AnalyzerException.Kind;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class AnalyzerTest {
    private static final byte[] TEXT = ("it is " + StubAnalyzer.NAME).getBytes(StandardCharsets.UTF_8);

    private final Vertx vertx = Vertx.vertx();
    private final StubAnalyzer stub = new StubAnalyzer(vertx);
    private final List<String> results = Collections.synchronizedList(new ArrayList<>());
    private volatile BooleanSupplier open;

    private Analyzer analyzer(int timeoutMillis, Duration pause) {
        Observer observer = new Observer() {
            @Override
            public void known(String recognizer, BooleanSupplier isOpen) {
                open = isOpen;
            }

            @Override
            public void asked(String recognizer, String result, Duration time) {
                results.add(result);
            }
        };
        return new Analyzer(
                vertx, vertx.createHttpClient(), stub.recognizer(OnError.Block, timeoutMillis), observer, pause);
    }

    private Analyzer analyzer() {
        return analyzer(10_000, Duration.ofMinutes(10));
    }

    private static List<List<Span>> ask(Analyzer analyzer) throws Exception {
        return analyzer.ask(List.of(TEXT), Set.of(Entity.PERSON))
                .toCompletionStage()
                .toCompletableFuture()
                .get();
    }

    private static Kind failure(Analyzer analyzer) throws Exception {
        try {
            ask(analyzer);
            throw new AssertionError("it answered");
        } catch (ExecutionException e) {
            return ((AnalyzerException) e.getCause()).kind();
        }
    }

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void aTextIsJudged() throws Exception {
        assertThat(ask(analyzer())).containsExactly(List.of(new Span(Entity.PERSON, 6, 16, 0.85)));
        assertThat(results).containsExactly("answered");
    }

    @Test
    void anAnswerThatDoesNotComeIsATimeout() throws Exception {
        stub.does(request -> {});
        assertThat(failure(analyzer(50, Duration.ofMinutes(10)))).isEqualTo(Kind.Timeout);
        stub.does(request -> request.response().setChunked(true).write("["));
        assertThat(failure(analyzer(50, Duration.ofMinutes(10)))).isEqualTo(Kind.Timeout);
        assertThat(results).containsExactly("timeout", "timeout");
    }

    @Test
    void anErrorARedirectAndNonsenseAreFailures() throws Exception {
        stub.does(request -> request.response().setStatusCode(500).end("[]"));
        assertThat(failure(analyzer())).isEqualTo(Kind.Status);
        stub.does(request -> request.response()
                .setStatusCode(307)
                .putHeader("location", "/other")
                .end());
        assertThat(failure(analyzer())).isEqualTo(Kind.Status);
        stub.does(request -> request.response().end("{}"));
        assertThat(failure(analyzer())).isEqualTo(Kind.Invalid);
        stub.does(request -> request.connection().close());
        assertThat(failure(analyzer())).isEqualTo(Kind.Unreachable);
    }

    @Test
    void anAnswerWithoutEndIsCutOff() throws Exception {
        stub.does(AnalyzerTest::flood);
        assertThat(failure(analyzer())).isEqualTo(Kind.Invalid);
    }

    private static void flood(HttpServerRequest request) {
        Buffer spaces = Buffer.buffer(" ".repeat(1 << 16));
        request.response().setChunked(true);
        for (int i = 0; i < 32; i++) {
            request.response().write(spaces);
        }
    }

    @Test
    void afterFiveFailuresInARowItIsNotAskedAnyMore() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        stub.does(request -> {
            asked.incrementAndGet();
            request.response().setStatusCode(503).end();
        });
        Analyzer analyzer = analyzer();
        for (int i = 0; i < 5; i++) {
            assertThat(open.getAsBoolean()).isFalse();
            assertThat(failure(analyzer)).isEqualTo(Kind.Status);
        }
        assertThat(open.getAsBoolean()).isTrue();
        assertThat(failure(analyzer)).isEqualTo(Kind.Open);
        assertThat(asked).hasValue(5);
    }

    @Test
    void anAnswerInBetweenBeginsTheRowAnew() throws Exception {
        Analyzer analyzer = analyzer();
        for (int round = 0; round < 3; round++) {
            stub.does(request -> request.response().setStatusCode(503).end());
            for (int i = 0; i < 4; i++) {
                assertThat(failure(analyzer)).isEqualTo(Kind.Status);
            }
            stub.works();
            assertThat(ask(analyzer)).hasSize(1);
        }
        assertThat(open.getAsBoolean()).isFalse();
    }

    @Test
    void afterAPauseItIsAskedAgainAndOneAnswerIsEnough() throws Exception {
        Analyzer analyzer = analyzer(10_000, Duration.ofMillis(20));
        stub.does(request -> request.response().setStatusCode(503).end());
        for (int i = 0; i < 5; i++) {
            assertThat(failure(analyzer)).isEqualTo(Kind.Status);
        }
        // the first one after the pause fails, and the pause begins anew
        await().until(() -> failure(analyzer) == Kind.Status);
        stub.works();
        await().until(() -> !open.getAsBoolean());
        assertThat(ask(analyzer)).hasSize(1);
        assertThat(ask(analyzer)).hasSize(1);
    }
}
