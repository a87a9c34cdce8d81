package dev.redoubt.sidecar;

import dev.redoubt.wire.frame.FrameFault;
import dev.redoubt.wire.protobuf.GrpcParser;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.streams.ReadStream;
import io.vertx.core.streams.WriteStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/**
 * Moves the messages of one direction of a call, each edited on its way: one after the other, and no faster than they are
 * taken. While one is being edited, or the other side does not read, nothing more is read.
 */
final class MessagePump {
    private final ReadStream<Buffer> from;
    private final WriteStream<Buffer> to;
    private final Side side;
    private final GrpcParser parser;
    private final Deque<byte[]> waiting = new ArrayDeque<>();
    private boolean busy;
    private boolean ended;
    private boolean looping;

    /** @param mostBytes the largest message */
    MessagePump(ReadStream<Buffer> from, WriteStream<Buffer> to, int mostBytes, Side side) {
        this.from = from;
        this.to = to;
        this.side = side;
        parser = new GrpcParser(mostBytes);
    }

    /** What is done in one direction. */
    interface Side {
        /** Takes memory for what has come; false where there is none, and then the call is over. */
        boolean takes(Buffer piece);

        /** Edits a message in its frame, now or later; what is not given on ends the call. */
        void edit(byte[] framed, Consumer<byte[]> then);

        /** A message is on its way. */
        void sent(int taken, int bytes);

        /** What comes is not a sequence of messages. */
        void broken(FrameFault fault);

        /** All messages are on their way. */
        void end();
    }

    void begin() {
        from.handler(this::onPiece);
        from.endHandler(end -> onEnd());
    }

    private void onPiece(Buffer piece) {
        if (!side.takes(piece)) {
            return;
        }
        try {
            parser.append(piece.getBytes()).forEach(message -> waiting.add(message.framed()));
        } catch (FrameFault e) {
            side.broken(e);
            return;
        }
        next();
    }

    private void onEnd() {
        try {
            parser.finish();
        } catch (FrameFault e) {
            side.broken(e);
            return;
        }
        ended = true;
        next();
    }

    /** Edits what waits. An edit that is made at once goes round the loop: many little messages come in one piece. */
    private void next() {
        if (looping) {
            return;
        }
        looping = true;
        while (!busy && !waiting.isEmpty()) {
            byte[] message = waiting.poll();
            busy = true;
            from.pause();
            side.edit(message, edited -> send(message.length, edited));
        }
        looping = false;
        if (!busy && ended) {
            busy = true;
            side.end();
        } else if (!busy) {
            from.resume();
        }
    }

    private void send(int taken, byte[] edited) {
        to.write(Bytes.wrap(edited));
        side.sent(taken, edited.length);
        if (to.writeQueueFull()) {
            to.drainHandler(drained -> goOn());
        } else {
            goOn();
        }
    }

    private void goOn() {
        busy = false;
        next();
    }
}
