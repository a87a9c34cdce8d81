package dev.redoubt.sidecar;

import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;

/** Gathers a body up to a bound, within the common memory budget. Not for use by several threads. */
final class Collector {
    private final int most;
    private final Budget.Share share;
    private final List<Buffer> pieces = new ArrayList<>();
    private int size;

    /** @param most bytes, the bound of the configuration */
    Collector(int most, Budget.Share share) {
        this.most = most;
        this.share = share;
    }

    /** What adding a piece led to. */
    enum Added {
        Yes,
        TooLarge,
        OutOfMemory
    }

    /** Adds a piece; where the answer is not {@link Added#Yes} it was not added. */
    Added add(Buffer piece) {
        if (piece.length() > most - size) {
            return Added.TooLarge;
        }
        if (!share.take(piece.length())) {
            return Added.OutOfMemory;
        }
        pieces.add(piece);
        size += piece.length();
        return Added.Yes;
    }

    int size() {
        return size;
    }

    /** All that was added, as one array; the pieces are let go. */
    byte[] bytes() {
        byte[] bytes = new byte[size];
        int position = 0;
        for (Buffer piece : pieces) {
            piece.getBytes(bytes, position);
            position += piece.length();
        }
        pieces.clear();
        return bytes;
    }
}
