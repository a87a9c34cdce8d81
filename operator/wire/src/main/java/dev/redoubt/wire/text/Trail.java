package dev.redoubt.wire.text;

import dev.redoubt.redact.Redactor;
import java.util.Arrays;

/** The last bytes of what a reader sees of a text: redacted, without escapes. */
final class Trail {
    private static final int ROOM = 8 * Redactor.MOST_CONTEXT;

    private final byte[] bytes = new byte[ROOM];
    private int length;
    private long total;

    void add(byte b) {
        if (length == ROOM) {
            System.arraycopy(bytes, ROOM / 2, bytes, 0, ROOM / 2);
            length = ROOM / 2;
        }
        bytes[length++] = b;
        total++;
    }

    void add(byte[] more) {
        for (int i = Math.max(0, more.length - ROOM / 2); i < more.length; i++) {
            add(more[i]);
        }
    }

    /** Bytes that were ever added, but for those of long pieces that could not be kept anyway. */
    long total() {
        return total;
    }

    /** The last whole characters of at most that many bytes; a quarter of the room is always there. */
    byte[] last(int most) {
        int from = Math.max(0, length - most);
        while (from < length && (bytes[from] & 0xC0) == 0x80) {
            from++;
        }
        return Arrays.copyOfRange(bytes, from, length);
    }
}
