package dev.redoubt.sidecar.recognizer;

import dev.redoubt.policy.Entity;
import dev.redoubt.policy.ExternalRecognizer;
import dev.redoubt.redact.Span;
import dev.redoubt.sidecar.recognizer.AnalyzerException.Kind;
import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.circuitbreaker.CircuitBreakerState;
import io.vertx.circuitbreaker.OpenCircuitException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ConnectionPoolTooBusyException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpClosedException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeoutException;

/**
 * A Presidio analyzer. After {@value #MOST_FAILURES} failures in a row it is not asked for a while, then once to see
 * whether it answers again.
 */
final class Analyzer {
    private static final int MOST_FAILURES = 5;

    /** Failures that are further apart than this are not in a row. */
    private static final Duration IN_A_ROW = Duration.ofMinutes(10);

    /** How long one waits for a connection: the recogniser is busy with others. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int MOST_ANSWER_BYTES = 1 << 20;

    private final Vertx vertx;
    private final HttpClient client;
    private final ExternalRecognizer recognizer;
    private final Observer observer;
    private final CircuitBreaker breaker;

    /** @param pause how long it is not asked after it failed again and again */
    Analyzer(Vertx vertx, HttpClient client, ExternalRecognizer recognizer, Observer observer, Duration pause) {
        this.vertx = vertx;
        this.client = client;
        this.recognizer = recognizer;
        this.observer = observer;
        breaker = CircuitBreaker.create(
                        recognizer.name(),
                        vertx,
                        new CircuitBreakerOptions()
                                .setMaxFailures(MOST_FAILURES)
                                .setFailuresRollingWindow(IN_A_ROW.toMillis())
                                .setMaxRetries(0)
                                // a request has a time of its own, which does not count the wait for a connection
                                .setTimeout(-1)
                                .setResetTimeout(pause.toMillis())
                                .setNotificationAddress(null))
                .failurePolicy(Analyzer::isItsFault);
        observer.known(recognizer.name(), () -> breaker.state() == CircuitBreakerState.OPEN);
    }

    ExternalRecognizer recognizer() {
        return recognizer;
    }

    private static boolean isItsFault(Future<?> asked) {
        return asked.failed()
                && !(asked.cause() instanceof AnalyzerException failure && failure.kind() == Kind.Overloaded);
    }

    /**
     * Asks for what texts hold.
     *
     * @param texts UTF-8, at least one
     * @return what was found in each; fails with an {@link AnalyzerException}
     */
    Future<List<List<Span>>> ask(List<byte[]> texts, Set<Entity> entities) {
        AnalyzerMessages messages = new AnalyzerMessages(texts, entities);
        long began = System.nanoTime();
        return breaker.<List<List<Span>>>execute(asked -> post(Buffer.buffer(messages.request()), false)
                        // an answer that is none counts as a failure too
                        .compose(answer -> parsed(messages, answer))
                        .onComplete(asked))
                .recover(failure -> Future.failedFuture(explained(failure)))
                .onComplete(done -> observer.asked(
                        recognizer.name(),
                        done.succeeded()
                                ? "answered"
                                : ((AnalyzerException) done.cause()).kind().label(),
                        Duration.ofNanos(System.nanoTime() - began)));
    }

    private static Future<List<List<Span>>> parsed(AnalyzerMessages messages, Buffer answer) {
        try {
            return Future.succeededFuture(messages.answer(answer.getBytes()));
        } catch (AnalyzerException e) {
            return Future.failedFuture(e);
        }
    }

    private static AnalyzerException explained(Throwable failure) {
        if (failure instanceof AnalyzerException known) {
            return known;
        }
        if (failure instanceof OpenCircuitException) {
            return new AnalyzerException(Kind.Open);
        }
        return new AnalyzerException(Kind.Unreachable);
    }

    private Future<Buffer> post(Buffer question, boolean again) {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setHost(recognizer.host())
                .setPort(recognizer.port())
                .setURI("/analyze")
                .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
                // to Vert.x this is the wait for a free connection; the attempt to connect has a bound of its own
                .setConnectTimeout(PATIENCE.toMillis());
        return client.request(options)
                .recover(failure -> Future.failedFuture(
                        failure instanceof TimeoutException || failure instanceof ConnectionPoolTooBusyException
                                ? new AnalyzerException(Kind.Overloaded)
                                : failure))
                .compose(request -> answer(request, question))
                .recover(failure -> failure instanceof HttpClosedException && !again
                        // a connection that was kept and closed just then
                        ? post(question, true)
                        : Future.failedFuture(failure));
    }

    private Future<Buffer> answer(HttpClientRequest request, Buffer question) {
        Promise<Buffer> answered = Promise.promise();
        long timer = vertx.setTimer(recognizer.timeoutMillis(), fired -> {
            if (answered.tryFail(new AnalyzerException(Kind.Timeout))) {
                request.reset();
            }
        });
        request.send(question)
                .compose(response -> body(request, response))
                .onSuccess(answered::tryComplete)
                .onFailure(answered::tryFail);
        return answered.future().onComplete(done -> vertx.cancelTimer(timer));
    }

    private static Future<Buffer> body(HttpClientRequest request, HttpClientResponse response) {
        if (response.statusCode() != 200) {
            request.reset();
            return Future.failedFuture(new AnalyzerException(Kind.Status));
        }
        Promise<Buffer> whole = Promise.promise();
        Buffer body = Buffer.buffer();
        response.handler(piece -> {
            if (body.length() + piece.length() > MOST_ANSWER_BYTES) {
                if (whole.tryFail(new AnalyzerException(Kind.Invalid))) {
                    request.reset();
                }
            } else {
                body.appendBuffer(piece);
            }
        });
        response.exceptionHandler(whole::tryFail);
        response.endHandler(end -> whole.tryComplete(body));
        return whole.future();
    }
}
