package dev.redoubt.wire.json;

import dev.redoubt.redact.text.EightBytes;

/**
 * The grammar of RFC 8259 over bytes, strictly, in UTF-8 (RFC 3629), without a tree: strings and digits are hopped
 * eight bytes at a time. Duplicate names, lone surrogates and nesting beyond the bound are faults too.
 */
public class JsonGrammar {
    /** Values nest by recursion, so the bound has a bound. */
    static final int DEEPEST = 512;

    private static final long QUOTES = EightBytes.ONES * '"';
    private static final long BACKSLASHES = EightBytes.ONES * '\\';
    private static final long SPACES = EightBytes.ONES * ' ';
    private static final long ZEROS = EightBytes.ONES * '0';

    protected final byte[] in;
    protected final NameSet names = new NameSet();
    private final int end;
    private final int maxDepth;

    /** Whether the string that was read last has an escape. */
    protected boolean escaped;

    protected JsonGrammar(byte[] in, int end, int maxDepth) {
        this.in = in;
        this.end = end;
        this.maxDepth = Math.min(maxDepth, DEEPEST);
    }

    /** The byte at a place, −1 at the end; −1 is no byte of UTF-8. */
    protected final int at(int p) {
        return p < end ? in[p] : -1;
    }

    protected final JsonFault unexpected(int p) {
        return new JsonFault(p >= end ? JsonFault.Kind.Truncated : JsonFault.Kind.Syntax, p);
    }

    protected final void descend(int p, int depth) throws JsonFault {
        if (depth >= maxDepth) {
            throw new JsonFault(JsonFault.Kind.Depth, p);
        }
    }

    /** The first place from p on that is not white space. */
    protected final int space(int p) {
        int q = p;
        while (q < end) {
            byte c = in[q];
            if (c > ' ' || c != ' ' && c != '\n' && c != '\r' && c != '\t') {
                return q;
            }
            q++;
        }
        return q;
    }

    /** Checks that nothing but white space follows. */
    protected final void close(int p) throws JsonFault {
        int rest = space(p);
        if (rest != end) {
            throw new JsonFault(JsonFault.Kind.TrailingBytes, rest);
        }
    }

    /** Reads a value that nobody wants to know. Returns the place behind it. */
    protected final int skip(int p, int depth) throws JsonFault {
        return switch (at(p)) {
            case '"' -> string(p + 1) + 1;
            case '{' -> skipObject(p, depth);
            case '[' -> skipArray(p, depth);
            default -> scalar(p);
        };
    }

    private int skipArray(int start, int depth) throws JsonFault {
        descend(start, depth);
        int p = space(start + 1);
        if (at(p) == ']') {
            return p + 1;
        }
        while (true) {
            p = skip(p, depth + 1);
            p = space(p);
            int c = at(p);
            if (c == ']') {
                return p + 1;
            }
            if (c != ',') {
                throw unexpected(p);
            }
            p = space(p + 1);
        }
    }

    private int skipObject(int start, int depth) throws JsonFault {
        descend(start, depth);
        int mark = names.open();
        int p = space(start + 1);
        if (at(p) == '}') {
            return p + 1;
        }
        while (true) {
            int close = name(p);
            declare(mark, p, nameHash(p, close));
            p = skip(colon(close + 1), depth + 1);
            p = space(p);
            int c = at(p);
            if (c == '}') {
                names.close(mark);
                return p + 1;
            }
            if (c != ',') {
                throw unexpected(p);
            }
            p = space(p + 1);
        }
    }

    /** Reads a member's name at its opening quote. Returns the place of its closing quote. */
    protected final int name(int p) throws JsonFault {
        if (at(p) != '"') {
            throw unexpected(p);
        }
        return string(p + 1);
    }

    /** Hash of the name that was read last, its quotes at open and close. */
    protected final long nameHash(int open, int close) {
        if (!escaped) {
            return NameHash.of(in, open + 1, close);
        }
        byte[] decoded = JsonText.decode(in, open + 1, close);
        return NameHash.of(decoded, 0, decoded.length);
    }

    protected final void declare(int mark, int p, long hash) throws JsonFault {
        if (!names.add(mark, hash)) {
            throw new JsonFault(JsonFault.Kind.DuplicateName, p);
        }
    }

    /** Reads the colon of a member. Returns the place of the member's value. */
    protected final int colon(int p) throws JsonFault {
        int q = space(p);
        if (at(q) != ':') {
            throw unexpected(q);
        }
        return space(q + 1);
    }

    /** Reads a number, true, false or null. Returns the place behind it. */
    protected final int scalar(int p) throws JsonFault {
        return switch (at(p)) {
            case 't' -> literal(p, "true");
            case 'f' -> literal(p, "false");
            case 'n' -> literal(p, "null");
            default -> number(p);
        };
    }

    private int literal(int p, String word) throws JsonFault {
        for (int i = 0; i < word.length(); i++) {
            if (at(p + i) != word.charAt(i)) {
                throw unexpected(p + i);
            }
        }
        return p + word.length();
    }

    private int number(int start) throws JsonFault {
        int p = at(start) == '-' ? start + 1 : start;
        p = at(p) == '0' ? p + 1 : digits(p);
        if (at(p) == '.') {
            p = digits(p + 1);
        }
        if ((at(p) | 0x20) == 'e') {
            p++;
            if (at(p) == '+' || at(p) == '-') {
                p++;
            }
            p = digits(p);
        }
        return p;
    }

    /** Reads one digit or more. */
    private int digits(int start) throws JsonFault {
        int p = start;
        while (p + Long.BYTES <= end) {
            long v = EightBytes.at(in, p) ^ ZEROS;
            // a byte's high bit is set where it is no digit
            long stop = (v & ~EightBytes.HIGHS) + EightBytes.ONES * 0x76 | v;
            stop &= EightBytes.HIGHS;
            if (stop != 0) {
                p += Long.numberOfTrailingZeros(stop) >>> 3;
                if (p == start) {
                    throw unexpected(p);
                }
                return p;
            }
            p += Long.BYTES;
        }
        while (at(p) >= '0' && at(p) <= '9') {
            p++;
        }
        if (p == start) {
            throw unexpected(p);
        }
        return p;
    }

    /** Reads a string from behind its opening quote. Returns the place of its closing quote. */
    protected final int string(int start) throws JsonFault {
        escaped = false;
        int p = start;
        while (true) {
            while (p + Long.BYTES <= end) {
                long v = EightBytes.at(in, p);
                long quote = v ^ QUOTES;
                long backslash = v ^ BACKSLASHES;
                // high bits of bytes that are a quote, a backslash, a control or not ASCII; the lowest is exact
                long stop = quote - EightBytes.ONES & ~quote
                        | backslash - EightBytes.ONES & ~backslash
                        | v - SPACES & ~v
                        | v;
                stop &= EightBytes.HIGHS;
                if (stop != 0) {
                    p += Long.numberOfTrailingZeros(stop) >>> 3;
                    break;
                }
                p += Long.BYTES;
            }
            if (p >= end) {
                throw unexpected(p);
            }
            byte c = in[p];
            if (c == '"') {
                return p;
            } else if (c == '\\') {
                escaped = true;
                p = escape(p);
            } else if (c < 0) {
                p = multibyte(p);
            } else if (c < ' ') {
                throw unexpected(p);
            } else {
                p++;
            }
        }
    }

    private int escape(int p) throws JsonFault {
        switch (at(p + 1)) {
            case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
                return p + 2;
            }
            case 'u' -> {
                int unit = unit(p + 2);
                if (unit < Character.MIN_SURROGATE || unit > Character.MAX_SURROGATE) {
                    return p + 6;
                }
                if (unit > Character.MAX_HIGH_SURROGATE
                        || at(p + 6) != '\\'
                        || at(p + 7) != 'u'
                        || !Character.isLowSurrogate((char) unit(p + 8))) {
                    throw new JsonFault(JsonFault.Kind.Encoding, p);
                }
                return p + 12;
            }
            default -> throw unexpected(p + 1);
        }
    }

    private int unit(int p) throws JsonFault {
        for (int i = p; i < p + 4; i++) {
            // Character.digit also knows digits beyond ASCII, which a byte cannot be
            if (i >= end || Character.digit(in[i], 16) < 0) {
                throw unexpected(i);
            }
        }
        return JsonText.hex(in, p);
    }

    /** Reads one character of two to four bytes: shortest form, no surrogate, at most U+10FFFF. */
    private int multibyte(int p) throws JsonFault {
        int lead = in[p] & 0xFF;
        int second = at(p + 1) & 0xFF;
        boolean good;
        int length;
        if (lead < 0xE0) {
            length = 2;
            good = lead >= 0xC2 && second >= 0x80 && second <= 0xBF;
        } else if (lead < 0xF0) {
            length = 3;
            good = second >= (lead == 0xE0 ? 0xA0 : 0x80) && second <= (lead == 0xED ? 0x9F : 0xBF) && tail(p + 2);
        } else {
            length = 4;
            good = lead <= 0xF4
                    && second >= (lead == 0xF0 ? 0x90 : 0x80)
                    && second <= (lead == 0xF4 ? 0x8F : 0xBF)
                    && tail(p + 2)
                    && tail(p + 3);
        }
        if (!good) {
            throw new JsonFault(JsonFault.Kind.Encoding, p);
        }
        return p + length;
    }

    private boolean tail(int p) {
        return p < end && (in[p] & 0xC0) == 0x80;
    }
}
