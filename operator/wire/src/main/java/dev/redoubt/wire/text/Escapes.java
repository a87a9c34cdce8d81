package dev.redoubt.wire.text;

import java.nio.charset.StandardCharsets;

/**
 * Resolves the escapes of a text byte by byte. Knows those of RFC 8259 and, because lenient parsers do, those of JSON5; a
 * backslash before anything else means nothing, and half of a surrogate pair becomes U+FFFD.
 */
final class Escapes {
    private static final byte[] REPLACEMENT = "\uFFFD".getBytes(StandardCharsets.UTF_8);
    private static final int UNICODE = "\\uXXXX".length();
    private static final int HEXADECIMAL = "\\xXX".length();

    private final Alignment text;
    private final byte[] open = new byte[2 * UNICODE];
    private int length;

    Escapes(Alignment text) {
        this.text = text;
    }

    /** Whether what was read last is the beginning of an escape. */
    boolean isOpen() {
        return length > 0;
    }

    /**
     * Takes a byte.
     *
     * @return whether the byte was taken; if not, an escape ended before it and it must be given again
     */
    boolean take(byte b) {
        if (length == 0) {
            if (b == '\\') {
                open[length++] = b;
            } else {
                text.same(b, 1);
            }
            return true;
        }
        if (!continues(b)) {
            settle();
            return false;
        }
        open[length++] = b;
        if (isComplete()) {
            settle();
        }
        return true;
    }

    private boolean continues(byte b) {
        if (length == 1) {
            return true;
        }
        if (length < UNICODE) {
            return hex(b);
        }
        // behind a high surrogate
        return length == UNICODE ? b == '\\' : length == UNICODE + 1 ? b == 'u' : hex(b);
    }

    private boolean isComplete() {
        return switch (open[1]) {
            case 'u' -> length == open.length || length == UNICODE && !Character.isHighSurrogate((char) unit(2, 4));
            case 'x' -> length == HEXADECIMAL;
            default -> length == 2;
        };
    }

    /** The text is at its end: what is open is no escape. */
    void finish() {
        while (length > 0) {
            settle();
        }
    }

    /** Puts out what the open bytes mean; those behind a lone surrogate are read again. */
    private void settle() {
        int read = length;
        length = 0;
        if (read >= UNICODE && open[1] == 'u') {
            unicode(read);
        } else if (read == HEXADECIMAL && open[1] == 'x') {
            put(Character.toString(unit(2, 2)).getBytes(StandardCharsets.UTF_8), read);
        } else if (read == 2 && open[1] != 'u' && open[1] != 'x') {
            text.same(simple(open[1]), read);
        } else {
            for (int i = 0; i < read; i++) {
                text.same(open[i], 1);
            }
        }
    }

    private void unicode(int read) {
        char first = (char) unit(2, 4);
        if (!Character.isSurrogate(first)) {
            put(Character.toString(first).getBytes(StandardCharsets.UTF_8), read);
            return;
        }
        if (read == open.length && Character.isHighSurrogate(first)) {
            char second = (char) unit(UNICODE + 2, 4);
            if (Character.isLowSurrogate(second)) {
                put(Character.toString(Character.toCodePoint(first, second)).getBytes(StandardCharsets.UTF_8), read);
                return;
            }
        }
        put(REPLACEMENT, UNICODE);
        System.arraycopy(open, UNICODE, open, 0, read - UNICODE);
        length = read - UNICODE;
        if (length > 1 && isComplete()) {
            settle();
        }
    }

    private void put(byte[] utf8, int width) {
        for (int i = 0; i < utf8.length; i++) {
            text.same(utf8[i], i == 0 ? width : 0);
        }
    }

    private int unit(int from, int digits) {
        int unit = 0;
        for (int i = from; i < from + digits; i++) {
            unit = unit << 4 | Character.digit(open[i], 16);
        }
        return unit;
    }

    private static boolean hex(byte b) {
        return Character.digit(b, 16) >= 0;
    }

    private static byte simple(byte b) {
        return switch (b) {
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'v' -> 0x0B;
            case '0' -> 0;
            default -> b;
        };
    }
}
