package dev.redoubt.wire.text;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A number, true, false or null of a JSON text as it arrives, with the white space behind it. */
final class BareToken {
    /** Longer ones are no numbers that anybody writes. */
    private static final int LONGEST = 1024;

    /** As much white space may follow before it counts as ended. */
    private static final int MOST_SPACE = 16;

    private static final String[] WORDS = {"true", "false", "null"};

    /** What was read of a number (RFC 8259, section 6). */
    private enum Number {
        NOTHING,
        MINUS,
        ZERO,
        DIGITS,
        POINT,
        FRACTION,
        E,
        SIGN,
        EXPONENT,
        NONE
    }

    private byte[] bytes = new byte[32];
    private int length;
    private int end;
    private Number number = Number.NOTHING;

    boolean isEmpty() {
        return length == 0;
    }

    /** Whether white space has come behind it. */
    boolean hasEnded() {
        return length > end;
    }

    /** Whether so much white space has come behind it that nothing can belong to it any more. */
    boolean isFarBehind() {
        return length - end >= MOST_SPACE;
    }

    /** Takes a byte; false where with it this is neither a number nor a word: then it is not taken. */
    boolean take(byte b) {
        Number next = next(number, b);
        if (hasEnded() || length == LONGEST || next == Number.NONE && !continuesWord(b)) {
            return false;
        }
        hold(b);
        end = length;
        number = next;
        return true;
    }

    private boolean continuesWord(byte b) {
        String text = text();
        return Arrays.stream(WORDS)
                .anyMatch(word -> length < word.length() && word.startsWith(text) && word.charAt(length) == b);
    }

    /** Takes white space behind it. */
    void space(byte b) {
        hold(b);
    }

    private void hold(byte b) {
        if (length == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * length);
        }
        bytes[length++] = b;
    }

    /** Whether it is a whole number or word. */
    boolean isValid() {
        return switch (number) {
            case ZERO, DIGITS, FRACTION, EXPONENT -> true;
            case NONE -> Arrays.asList(WORDS).contains(text());
            default -> false;
        };
    }

    /** Whether it is true, false, null or the beginning of one, and hence nothing to scan. */
    boolean isWord() {
        return number == Number.NONE;
    }

    /** Without the white space. */
    byte[] token() {
        return Arrays.copyOf(bytes, end);
    }

    /** With the white space. */
    byte[] all() {
        return Arrays.copyOf(bytes, length);
    }

    void clear() {
        length = 0;
        end = 0;
        number = Number.NOTHING;
    }

    private String text() {
        return new String(bytes, 0, end, StandardCharsets.ISO_8859_1);
    }

    private static Number next(Number before, byte b) {
        boolean digit = b >= '0' && b <= '9';
        boolean exponent = b == 'e' || b == 'E';
        return switch (before) {
            case NOTHING -> b == '-' ? Number.MINUS : integer(b);
            case MINUS -> integer(b);
            case ZERO -> b == '.' ? Number.POINT : exponent ? Number.E : Number.NONE;
            case DIGITS -> digit ? Number.DIGITS : b == '.' ? Number.POINT : exponent ? Number.E : Number.NONE;
            case POINT -> digit ? Number.FRACTION : Number.NONE;
            case FRACTION -> digit ? Number.FRACTION : exponent ? Number.E : Number.NONE;
            case E -> digit ? Number.EXPONENT : b == '+' || b == '-' ? Number.SIGN : Number.NONE;
            case SIGN, EXPONENT -> digit ? Number.EXPONENT : Number.NONE;
            case NONE -> Number.NONE;
        };
    }

    private static Number integer(byte b) {
        return b == '0' ? Number.ZERO : b >= '1' && b <= '9' ? Number.DIGITS : Number.NONE;
    }
}
