package dev.redoubt.wire.ndjson;

import dev.redoubt.wire.frame.Frame;
import java.io.ByteArrayOutputStream;

/**
 * One line of a stream.
 *
 * @param data all of it but the line feed; {@code null} for a blank line
 */
public record Line(byte[] data) implements Frame {
    /** A line without a document, which keeps the connection alive. */
    static final Line BLANK = new Line(null);

    @Override
    public Line with(byte[] other) {
        return new Line(other);
    }

    @Override
    public boolean closes() {
        return false;
    }

    @Override
    public void write(ByteArrayOutputStream out) {
        if (data != null) {
            out.writeBytes(data);
        }
        out.write('\n');
    }
}
