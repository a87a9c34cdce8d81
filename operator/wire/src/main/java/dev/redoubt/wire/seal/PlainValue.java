package dev.redoubt.wire.seal;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/**
 * A text, number or boolean as it is encrypted: a text behind a quotation mark, anything else as its JSON text, which
 * begins with none. So its type comes back with it.
 *
 * @param bytes of that form
 */
public record PlainValue(byte[] bytes) {
    private static final byte TEXT = '"';

    /** A longer number is no number of anybody, and reading it would take long. */
    private static final int LONGEST_NUMBER = 128;

    /** Whole numbers of more digits are written with an exponent. */
    private static final int MOST_DIGITS = 40;

    /** Of a text. */
    public static PlainValue text(byte[] utf8) {
        byte[] bytes = new byte[utf8.length + 1];
        bytes[0] = TEXT;
        System.arraycopy(utf8, 0, bytes, 1, utf8.length);
        return new PlainValue(bytes);
    }

    /** Of a number or boolean, as it is written. */
    public static PlainValue scalar(byte[] json) {
        return new PlainValue(json);
    }

    /**
     * Of a number or boolean, in the form that equal ones share: 1, 1.0 and 10e-1 are one number. Empty where it is a
     * number beyond all sense.
     */
    public static Optional<PlainValue> canonical(byte[] json) {
        boolean number = json.length > 0 && (json[0] == '-' || json[0] >= '0' && json[0] <= '9');
        if (!number) {
            return Optional.of(scalar(json));
        }
        if (json.length > LONGEST_NUMBER) {
            return Optional.empty();
        }
        try {
            BigDecimal decimal = new BigDecimal(new String(json, StandardCharsets.US_ASCII)).stripTrailingZeros();
            boolean plain = decimal.scale() > -MOST_DIGITS && decimal.scale() < MOST_DIGITS;
            String text = plain ? decimal.toPlainString() : decimal.toString();
            return Optional.of(scalar(text.getBytes(StandardCharsets.US_ASCII)));
        } catch (NumberFormatException | ArithmeticException e) {
            return Optional.empty();
        }
    }

    /** Whether it is a text. */
    public boolean isText() {
        return bytes.length > 0 && bytes[0] == TEXT;
    }

    /** The text, or the JSON text of anything else. */
    public byte[] content() {
        return isText() ? Arrays.copyOfRange(bytes, 1, bytes.length) : bytes;
    }
}
