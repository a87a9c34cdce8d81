package dev.redoubt.wire.postgres;

/**
 * Finds vectors that are written out in a text: runs of numbers with separators between them, of which some have a
 * fraction. A vector that was cast to text, to JSON, or shown in an error or as part of a row looks so.
 */
public final class NumberRun {
    /** Numbers of the shortest run that is taken for a vector in a value. */
    public static final int VECTOR = 16;

    /** The same for errors, which show the beginning of a value only. */
    public static final int BEGINNING = 3;

    private NumberRun() {}

    /**
     * Whether a text has such a run.
     *
     * @param shortest numbers of the run; a quarter of them have a fraction or an exponent
     */
    public static boolean isIn(byte[] text, int shortest) {
        int numbers = 0;
        int fractions = 0;
        int i = 0;
        while (i < text.length) {
            int end = number(text, i);
            if (end > i) {
                numbers++;
                fractions += isWhole(text, i, end) ? 0 : 1;
                if (numbers >= shortest && 4 * fractions >= shortest) {
                    return true;
                }
                i = end;
            } else if (isSeparator(text[i])) {
                i++;
            } else {
                numbers = 0;
                fractions = 0;
                i++;
            }
        }
        return false;
    }

    /** Whether a text is nothing but numbers and what a vector or an array is written with. */
    public static boolean isAll(byte[] text) {
        if (text.length < 2 || text[0] != '[' && text[0] != '{') {
            return false;
        }
        boolean separated = false;
        for (byte b : text) {
            separated |= b == ',' || b == ':';
            boolean part = b >= '0' && b <= '9' || isSeparator(b) || "+-.eE[]{}/".indexOf(b) >= 0;
            if (!part) {
                return false;
            }
        }
        return separated;
    }

    private static boolean isSeparator(byte b) {
        return b == ',' || b == ':' || b == ';' || b == '|' || b == ' ' || b == '\t' || b == '\r' || b == '\n';
    }

    /** Where the number ends that begins here; {@code from} where none does. */
    private static int number(byte[] text, int from) {
        int i = from;
        if (text[i] == '-' || text[i] == '+') {
            i++;
        }
        int digits = digits(text, i);
        if (digits == i) {
            return from;
        }
        i = digits;
        if (i + 1 < text.length && text[i] == '.' && digits(text, i + 1) > i + 1) {
            i = digits(text, i + 1);
        }
        if (i < text.length && (text[i] | 0x20) == 'e') {
            int exponent = i + 1;
            if (exponent < text.length && (text[exponent] == '-' || text[exponent] == '+')) {
                exponent++;
            }
            if (digits(text, exponent) > exponent) {
                i = digits(text, exponent);
            }
        }
        return i;
    }

    private static int digits(byte[] text, int from) {
        int i = from;
        while (i < text.length && text[i] >= '0' && text[i] <= '9') {
            i++;
        }
        return i;
    }

    private static boolean isWhole(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (text[i] == '.' || (text[i] | 0x20) == 'e') {
                return false;
            }
        }
        return true;
    }
}
