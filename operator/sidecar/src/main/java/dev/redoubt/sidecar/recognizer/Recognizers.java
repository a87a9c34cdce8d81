package dev.redoubt.sidecar.recognizer;

import dev.redoubt.policy.ExternalRecognizer;
import dev.redoubt.redact.Question;
import dev.redoubt.wire.text.Judgements;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.PoolOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The recognisers outside of a guard. For any number of threads. */
public final class Recognizers {
    /** How long a recogniser is not asked after it failed again and again. */
    static final Duration PAUSE = Duration.ofSeconds(5);

    /** Requests under way with one recogniser; most recognisers work on one at a time. */
    private static final int CONNECTIONS = 8;

    private static final int WAITING = 1024;
    private static final int CONNECT_MILLIS = 1000;

    /** Below the two seconds after which gunicorn closes a connection that rests. */
    private static final int KEPT_SECONDS = 1;

    private final Vertx vertx;
    private final HttpClient client;
    private final Observer observer;
    private final Duration pause;
    private final Map<ExternalRecognizer, Analyzer> analyzers = new ConcurrentHashMap<>();

    public Recognizers(Vertx vertx, Observer observer) {
        this(vertx, observer, PAUSE);
    }

    Recognizers(Vertx vertx, Observer observer, Duration pause) {
        this.vertx = vertx;
        this.observer = observer;
        this.pause = pause;
        client = vertx.createHttpClient(
                new HttpClientOptions()
                        .setProtocolVersion(HttpVersion.HTTP_1_1)
                        .setConnectTimeout(CONNECT_MILLIS)
                        .setKeepAliveTimeout(KEPT_SECONDS)
                        .setTcpNoDelay(true),
                new PoolOptions().setHttp1MaxSize(CONNECTIONS).setMaxWaitQueueSize(WAITING));
    }

    /** Forgets all but some, with what is known of how they did. */
    public void retain(Collection<ExternalRecognizer> recognizers) {
        analyzers.keySet().retainAll(recognizers);
    }

    /**
     * A recogniser that did not judge all texts of a message.
     *
     * @param recognizer which
     * @param kind why
     */
    public record Failure(ExternalRecognizer recognizer, AnalyzerException.Kind kind) {}

    /**
     * Has all texts judged that wait. Every one of them is settled then, with what was found by those who judged it.
     *
     * @return who did not judge all of them; never fails
     */
    public Future<List<Failure>> judge(Judgements judgements) {
        List<byte[]> texts = judgements.pending();
        List<Judging> asked = new ArrayList<>();
        for (Question question : judgements.questions()) {
            Analyzer analyzer = analyzers.computeIfAbsent(
                    question.recognizer(), any -> new Analyzer(vertx, client, any, observer, pause));
            asked.add(new Judging(analyzer, question.entities(), texts));
        }
        return Future.join(asked.stream().map(Judging::begin).toList()).map(done -> {
            for (int i = 0; i < texts.size(); i++) {
                int text = i;
                judgements.settle(
                        texts.get(i),
                        asked.stream()
                                .flatMap(judging -> judging.spans(text).stream())
                                .toList());
            }
            return asked.stream().flatMap(judging -> judging.failure().stream()).toList();
        });
    }
}
