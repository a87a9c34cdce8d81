package dev.redoubt.wire.text;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** A whole number that JSON writes with a fraction or an exponent, as stores do with large ones. */
public final class WholeNumber {
    /** Characters of the longest that stands for something. */
    private static final int LONGEST = 48;

    private WholeNumber() {}

    /** Its digits, {@code null} where the number has neither fraction nor exponent or is not whole. */
    public static byte[] of(byte[] text, int from, int to) {
        if (to - from > LONGEST) {
            return null;
        }
        for (int i = from; i < to; i++) {
            if (text[i] == '.' || text[i] == 'e' || text[i] == 'E') {
                return digits(new String(text, from, to - from, StandardCharsets.US_ASCII));
            }
        }
        return null;
    }

    private static byte[] digits(String number) {
        try {
            BigDecimal value = new BigDecimal(number).stripTrailingZeros();
            boolean isWhole = value.scale() <= 0 && value.precision() - (long) value.scale() <= LONGEST;
            return isWhole ? value.toPlainString().getBytes(StandardCharsets.US_ASCII) : null;
        } catch (NumberFormatException | ArithmeticException e) {
            // an exponent beyond all numbers that stand for something, or a number that broke off
            return null;
        }
    }
}
