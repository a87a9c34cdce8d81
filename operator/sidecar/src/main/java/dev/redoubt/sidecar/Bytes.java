package dev.redoubt.sidecar;

import io.netty.buffer.Unpooled;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.buffer.impl.BufferImpl;
import io.vertx.core.streams.WriteStream;

/**
 * A body on its way into a stream, in slices and no faster than the stream takes them: what is written at once is
 * copied to memory outside of the heap, and a large body would be there a second time.
 */
final class Bytes {
    private static final int SLICE = 64 << 10;

    private final WriteStream<Buffer> to;
    private final byte[] body;
    private final Promise<Void> written = Promise.promise();
    private int position;
    private boolean taken;

    private Bytes(WriteStream<Buffer> to, byte[] body) {
        this.to = to;
        this.body = body;
    }

    /** Begins to write a body, behind which the stream is ended. Its head announces the length. */
    static Bytes send(byte[] body, WriteStream<Buffer> to) {
        Bytes bytes = new Bytes(to, body);
        bytes.write();
        return bytes;
    }

    /** Whether the stream has taken everything, written or not. */
    boolean isTaken() {
        return taken;
    }

    /** Completes when everything is written. */
    Future<Void> written() {
        return written.future();
    }

    private void write() {
        while (body.length - position > SLICE) {
            to.write(slice(SLICE)).onFailure(written::tryFail);
            if (to.writeQueueFull()) {
                to.drainHandler(drained -> write());
                return;
            }
        }
        taken = true;
        Future<Void> end = body.length == 0 ? to.end() : to.end(slice(body.length - position));
        end.onSuccess(written::tryComplete).onFailure(written::tryFail);
    }

    private Buffer slice(int length) {
        Buffer slice = BufferImpl.buffer(Unpooled.wrappedBuffer(body, position, length));
        position += length;
        return slice;
    }

    /** Vert.x copies arrays that it is given; this does not. */
    static Buffer wrap(byte[] bytes) {
        return BufferImpl.buffer(Unpooled.wrappedBuffer(bytes));
    }
}
