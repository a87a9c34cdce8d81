package dev.redoubt.redact;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Restores the tokens of one text that arrives in pieces. What it gives, put together, does not depend on the cuts. Held back
 * is what may be the beginning of a token.
 */
public final class StreamRestorer {
    /** A token's name, and what a text of {@link Swallowed#MOST_KEPT} bytes becomes when it is encrypted and written. */
    private static final int LONGEST_NAME = 63;

    private static final int LONGEST_TOKEN = (Swallowed.MOST_KEPT + 16) * 8 / 5 + Tokens.SHORT + 1;

    /** The most bytes that are ever held back. */
    public static final int BOUND = LONGEST_NAME + LONGEST_TOKEN + 2;

    private final Restorer restorer;
    private final boolean quoted;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /** What was read since the opening bracket. */
    private byte[] held = new byte[64];

    private int length;
    /** Where the colon stands in it, 0 before it was read. */
    private int colon;

    StreamRestorer(Restorer restorer, boolean quoted) {
        this.restorer = restorer;
        this.quoted = quoted;
    }

    /** Takes a piece and returns what may go on now. */
    public byte[] append(byte[] utf8) {
        int from = 0; // of what goes on as it is
        for (int i = 0; i < utf8.length; i++) {
            byte b = utf8[i];
            if (length > 0 && continues(b)) {
                hold(b);
                continue;
            }
            if (length > 0) {
                boolean ends = b == '>' && colon > 0 && restore();
                release();
                from = ends ? i + 1 : i;
            }
            if (b == '<') {
                out.write(utf8, from, i - from);
                hold(b);
            }
        }
        if (length == 0) {
            out.write(utf8, from, utf8.length - from);
        }
        return taken();
    }

    /** Ends the text and returns what was held back. */
    public byte[] finish() {
        release();
        return taken();
    }

    /** Bytes taken and not given out yet. */
    public int held() {
        return length;
    }

    private boolean continues(byte b) {
        boolean digit = b >= '0' && b <= '9';
        if (colon > 0) {
            return (digit || b >= 'a' && b <= 'z') && length - colon <= LONGEST_TOKEN;
        }
        if (b == ':' && length > 1) {
            boolean wanted = restorer.restores(text(1, length));
            colon = wanted ? length : 0;
            return wanted;
        }
        return (digit || b >= 'A' && b <= 'Z' || b == '_') && length <= LONGEST_NAME;
    }

    private boolean restore() {
        String text = restorer.open(text(1, colon), text(colon + 1, length), quoted);
        if (text == null) {
            return false;
        }
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
        length = 0;
        colon = 0;
        return true;
    }

    private void hold(byte b) {
        if (length == held.length) {
            held = Arrays.copyOf(held, 2 * length);
        }
        held[length++] = b;
    }

    private void release() {
        out.write(held, 0, length);
        length = 0;
        colon = 0;
    }

    private String text(int from, int to) {
        return new String(held, from, to - from, StandardCharsets.US_ASCII);
    }

    private byte[] taken() {
        byte[] taken = out.toByteArray();
        out.reset();
        return taken;
    }
}
