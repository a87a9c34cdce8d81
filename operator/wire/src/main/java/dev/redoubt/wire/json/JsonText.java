package dev.redoubt.wire.json;

import dev.redoubt.redact.text.EightBytes;
import java.util.Arrays;

/**
 * The text of JSON strings: escapes resolved and made. Works on what {@link JsonGrammar} has accepted; a string's
 * content is what stands between its quotes.
 */
public final class JsonText {
    private static final byte[] HEX = {'0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f'};

    private JsonText() {}

    /** UTF-8 of a valid string content with its escapes resolved. */
    public static byte[] decode(byte[] in, int from, int to) {
        byte[] out = new byte[to - from];
        int size = 0;
        int p = from;
        while (true) {
            int escape = escape(in, p, to);
            System.arraycopy(in, p, out, size, escape - p);
            size += escape - p;
            if (escape == to) {
                return size == out.length ? out : Arrays.copyOf(out, size);
            }
            p = escape + 1;
            byte c = in[p++];
            switch (c) {
                case 'b' -> out[size++] = '\b';
                case 'f' -> out[size++] = '\f';
                case 'n' -> out[size++] = '\n';
                case 'r' -> out[size++] = '\r';
                case 't' -> out[size++] = '\t';
                case 'u' -> {
                    int unit = hex(in, p);
                    p += 4;
                    if (Character.isHighSurrogate((char) unit)) {
                        // the grammar has seen to it that the low half follows
                        unit = Character.toCodePoint((char) unit, (char) hex(in, p + 2));
                        p += 6;
                    }
                    size = utf8(unit, out, size);
                }
                default -> out[size++] = c;
            }
        }
    }

    /** The next backslash, or the end. */
    private static int escape(byte[] in, int from, int to) {
        int p = from;
        while (p + Long.BYTES <= to && EightBytes.zero(EightBytes.at(in, p) ^ '\\' * EightBytes.ONES) == 0) {
            p += Long.BYTES;
        }
        while (p < to && in[p] != '\\') {
            p++;
        }
        return p;
    }

    /** A JSON string, quotes included, of UTF-8 text. Only what must be escaped is. */
    public static byte[] encode(byte[] utf8) {
        return encode(utf8, 0, utf8.length);
    }

    /** A JSON string, quotes included, of the UTF-8 text in {@code [from, to)}. */
    public static byte[] encode(byte[] utf8, int from, int to) {
        int size = 2 + to - from;
        for (int i = plain(utf8, from, to); i < to; i = plain(utf8, i + 1, to)) {
            size += escapedLength(utf8[i]) - 1;
        }
        byte[] out = new byte[size];
        int p = 0;
        out[p++] = '"';
        for (int i = from; i < to; i++) {
            int next = plain(utf8, i, to);
            System.arraycopy(utf8, i, out, p, next - i);
            p += next - i;
            i = next;
            if (i < to) {
                p = escaped(utf8[i], out, p);
            }
        }
        out[p] = '"';
        return out;
    }

    /** Where the text has to be escaped next, or its end. */
    private static int plain(byte[] utf8, int from, int to) {
        int p = from;
        while (p + Long.BYTES <= to) {
            long bytes = EightBytes.at(utf8, p);
            long control = bytes - 0x20 * EightBytes.ONES & ~bytes & EightBytes.HIGHS;
            if ((control
                            | EightBytes.zero(bytes ^ '"' * EightBytes.ONES)
                            | EightBytes.zero(bytes ^ '\\' * EightBytes.ONES))
                    != 0) {
                break;
            }
            p += Long.BYTES;
        }
        while (p < to && escapedLength(utf8[p]) == 1) {
            p++;
        }
        return p;
    }

    private static int escaped(byte c, byte[] out, int at) {
        int p = at;
        out[p++] = '\\';
        if (escapedLength(c) == 2) {
            out[p++] = shortEscape(c);
            return p;
        }
        out[p++] = 'u';
        out[p++] = '0';
        out[p++] = '0';
        out[p++] = HEX[c >> 4];
        out[p++] = HEX[c & 0xF];
        return p;
    }

    static int hex(byte[] in, int p) {
        return Character.digit(in[p], 16) << 12
                | Character.digit(in[p + 1], 16) << 8
                | Character.digit(in[p + 2], 16) << 4
                | Character.digit(in[p + 3], 16);
    }

    private static int escapedLength(byte c) {
        if (c == '"' || c == '\\') {
            return 2;
        }
        if (c < 0 || c >= 0x20) {
            return 1;
        }
        return c == '\b' || c == '\f' || c == '\n' || c == '\r' || c == '\t' ? 2 : 6;
    }

    private static byte shortEscape(byte c) {
        return (byte)
                switch (c) {
                    case '\b' -> 'b';
                    case '\f' -> 'f';
                    case '\n' -> 'n';
                    case '\r' -> 'r';
                    case '\t' -> 't';
                    default -> c;
                };
    }

    private static int utf8(int codePoint, byte[] out, int size) {
        int p = size;
        if (codePoint < 0x80) {
            out[p++] = (byte) codePoint;
        } else if (codePoint < 0x800) {
            out[p++] = (byte) (0xC0 | codePoint >> 6);
            out[p++] = (byte) (0x80 | codePoint & 0x3F);
        } else if (codePoint < 0x10000) {
            out[p++] = (byte) (0xE0 | codePoint >> 12);
            out[p++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
            out[p++] = (byte) (0x80 | codePoint & 0x3F);
        } else {
            out[p++] = (byte) (0xF0 | codePoint >> 18);
            out[p++] = (byte) (0x80 | codePoint >> 12 & 0x3F);
            out[p++] = (byte) (0x80 | codePoint >> 6 & 0x3F);
            out[p++] = (byte) (0x80 | codePoint & 0x3F);
        }
        return p;
    }
}
