package dev.redoubt.wire.sse;

import dev.redoubt.wire.frame.Frame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * One event of a stream.
 *
 * @param name of its type, {@code null} where it has none
 * @param data its lines of data joined by line feeds; {@code null} for a comment, whose text is never kept
 */
public record ServerEvent(String name, byte[] data) implements Frame {
    /** A comment, which keeps the connection alive. */
    public static final ServerEvent COMMENT = new ServerEvent(null, null);

    private static final byte[] DONE = "[DONE]".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EVENT = "event: ".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] DATA = "data: ".getBytes(StandardCharsets.US_ASCII);

    @Override
    public ServerEvent with(byte[] other) {
        return new ServerEvent(name, other);
    }

    @Override
    public boolean closes() {
        return data != null && Arrays.equals(data, DONE);
    }

    @Override
    public void write(ByteArrayOutputStream out) {
        if (data == null) {
            out.write(':');
            out.write('\n');
            out.write('\n');
            return;
        }
        if (name != null) {
            out.writeBytes(EVENT);
            out.writeBytes(name.getBytes(StandardCharsets.UTF_8));
            out.write('\n');
        }
        int from = 0;
        for (int i = 0; i <= data.length; i++) {
            if (i == data.length || data[i] == '\n') {
                out.writeBytes(DATA);
                out.write(data, from, i - from);
                out.write('\n');
                from = i + 1;
            }
        }
        out.write('\n');
    }
}
