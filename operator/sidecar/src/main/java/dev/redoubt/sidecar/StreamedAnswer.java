package dev.redoubt.sidecar;

import dev.redoubt.wire.AnswerStream;
import dev.redoubt.wire.ContentCoding;
import dev.redoubt.wire.Outcome;
import dev.redoubt.wire.text.Judgements;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * An answer that is a stream, transformed as it comes. No faster than the client reads: while its queue is full
 * the application is not read from. A stream that breaks off, or that the policy stops, ends in an error and a
 * connection that is closed without the last chunk, so that nobody takes what came for the whole.
 */
final class StreamedAnswer {
    private static final int MOST_AT_ONCE = 8 << 10;

    private final Exchange exchange;
    private final HttpClientResponse in;
    private final HttpServerResponse out;
    private final AnswerStream stream;
    private final Runnable complete;
    private int held;

    /** @param complete told when the application has sent everything */
    StreamedAnswer(Exchange exchange, HttpClientResponse in, ContentCoding coding, Runnable complete) {
        this.exchange = exchange;
        this.in = in;
        this.complete = complete;
        out = exchange.request().response();
        // a stream whose texts others judge comes here while observing alone, and is not kept waiting for them
        boolean unjudged = exchange.guard().judgesStreams();
        stream = exchange.guard().stream(
                coding, unjudged ? exchange.context().judgedBy(Judgements.omitted()) : exchange.context());
        if (unjudged) {
            exchange.ledger().findings().unjudged(JudgedEdit.RULE + "*");
        }
    }

    void begin() {
        out.setStatusCode(in.statusCode()).setChunked(true);
        out.headers().addAll(Headers.toClient(in.headers()));
        out.putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
        // the client may stop waiting for the first token once it sees the head
        out.writeHead();
        in.exceptionHandler(failure -> exchange.refuse(Problem.of(Reason.UpstreamFailed)));
        in.handler(this::onPiece);
        in.endHandler(end -> onEnd());
    }

    /** What is compressed may grow much, so it is taken in small parts. */
    private void onPiece(Buffer piece) {
        for (int from = 0; from < piece.length(); from += MOST_AT_ONCE) {
            byte[] part = piece.getBytes(from, Math.min(piece.length(), from + MOST_AT_ONCE));
            take(() -> stream.append(part), edited -> write(Bytes.wrap(edited)));
        }
    }

    /** The exchange is over, however it ended. */
    void close() {
        countHeld(0);
        stream.close();
    }

    private void onEnd() {
        complete.run();
        take(stream::finish, rest -> exchange.answer(in.statusCode(), rest));
    }

    private void take(Supplier<Outcome> step, Consumer<byte[]> then) {
        if (exchange.isEnded()) {
            return;
        }
        Outcome outcome;
        try {
            outcome = step.get();
        } catch (RuntimeException e) {
            exchange.failed(e);
            return;
        }
        countHeld(stream.held());
        byte[] bytes = exchange.settle(outcome);
        if (bytes != null) {
            then.accept(bytes);
        }
    }

    private void write(Buffer piece) {
        if (piece.length() == 0) {
            return;
        }
        exchange.ledger().out(piece.length());
        out.write(piece);
        if (out.writeQueueFull()) {
            in.pause();
            out.drainHandler(drained -> in.resume());
        }
    }

    private void countHeld(int now) {
        exchange.services().metrics().heldBack(now - held);
        held = now;
    }
}
