package dev.redoubt.sidecar.recognizer;

import dev.redoubt.policy.Entity;
import dev.redoubt.redact.Span;
import dev.redoubt.sidecar.recognizer.AnalyzerException.Kind;
import dev.redoubt.sidecar.recognizer.Recognizers.Failure;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One recogniser judges the texts of one message, several at a time. The first failure ends it: a recogniser that failed is
 * not asked about the rest of the message.
 */
final class Judging {
    /** The longest text that is sent, in bytes; Presidio's default model takes some milliseconds per hundred. */
    private static final int LONGEST_TEXT = 64 << 10;

    private static final int MOST_TEXTS = 4096;

    /** Texts of one request, and their bytes where there are several: little enough to be judged in time. */
    private static final int TEXTS_AT_ONCE = 32;

    private static final int BYTES_AT_ONCE = 4 << 10;

    /** Requests of one message under way. */
    private static final int LANES = 4;

    /** The longest time that one message waits for its judgement. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Analyzer analyzer;
    private final Set<Entity> entities;
    private final List<byte[]> texts;
    private final List<Span>[] spans;
    private final Promise<Void> done = Promise.promise();
    private final long began = System.nanoTime();
    private int next;
    private int underWay;
    private Kind failure;

    @SuppressWarnings({"unchecked", "rawtypes"})
    Judging(Analyzer analyzer, Set<Entity> entities, List<byte[]> texts) {
        this.analyzer = analyzer;
        this.entities = entities;
        this.texts = texts;
        this.spans = new List[texts.size()];
    }

    /** Completes when the texts were judged, or one was not. */
    Future<Void> begin() {
        boolean tooMuch = texts.size() > MOST_TEXTS || texts.stream().anyMatch(text -> text.length > LONGEST_TEXT);
        if (tooMuch) {
            failure = Kind.TooLarge;
            return Future.succeededFuture();
        }
        for (int lane = 0; lane < LANES; lane++) {
            ask();
        }
        return done.future();
    }

    private synchronized void ask() {
        if (failure == null && System.nanoTime() - began > PATIENCE.toNanos()) {
            failure = Kind.Timeout;
        }
        if (failure != null || next == texts.size()) {
            if (underWay == 0) {
                done.tryComplete();
            }
            return;
        }
        int from = next;
        int bytes = 0;
        do {
            bytes += texts.get(next++).length;
        } while (next < texts.size() && next - from < TEXTS_AT_ONCE && bytes + texts.get(next).length <= BYTES_AT_ONCE);
        underWay++;
        analyzer.ask(texts.subList(from, next), entities)
                .onSuccess(found -> answered(from, found))
                .onFailure(this::failed);
    }

    private synchronized void answered(int from, List<List<Span>> found) {
        for (int i = 0; i < found.size(); i++) {
            spans[from + i] = found.get(i);
        }
        underWay--;
        ask();
    }

    private synchronized void failed(Throwable cause) {
        if (failure == null) {
            failure = cause instanceof AnalyzerException known ? known.kind() : Kind.Unreachable;
        }
        underWay--;
        ask();
    }

    /** What was found in a text; nothing where it was not judged. */
    List<Span> spans(int text) {
        return spans[text] == null ? List.of() : spans[text];
    }

    /** Why not all texts were judged. */
    Optional<Failure> failure() {
        return Optional.ofNullable(failure).map(kind -> new Failure(analyzer.recognizer(), kind));
    }
}
