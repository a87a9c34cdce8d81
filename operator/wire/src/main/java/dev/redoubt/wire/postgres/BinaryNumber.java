package dev.redoubt.wire.postgres;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;

/** Decimal text of numbers in PostgreSQL's binary format. */
public final class BinaryNumber {
    private static final int POSITIVE = 0;
    private static final int NEGATIVE = 0x4000;
    private static final BigInteger BASE = BigInteger.valueOf(10_000);
    private static final int DIGITS = 4;

    private BinaryNumber() {}

    /** A whole number of four or eight bytes. */
    public static String whole(byte[] value) {
        return new BigInteger(value).toString();
    }

    /** A {@code numeric} ({@code numeric_send}); empty where it is not finite or malformed. */
    public static Optional<String> numeric(byte[] value) {
        try {
            FieldReader fields = new FieldReader(value);
            int count = fields.int16();
            int weight = (short) fields.int16();
            int sign = fields.int16();
            int scale = fields.int16();
            if (sign != POSITIVE && sign != NEGATIVE) {
                return Optional.empty();
            }
            BigInteger digits = BigInteger.ZERO;
            for (int i = 0; i < count; i++) {
                digits = digits.multiply(BASE).add(BigInteger.valueOf(fields.int16()));
            }
            fields.end();
            BigDecimal number = new BigDecimal(digits, DIGITS * (count - 1 - weight));
            BigDecimal scaled = number.setScale(scale, RoundingMode.DOWN);
            return Optional.of((sign == NEGATIVE ? scaled.negate() : scaled).toPlainString());
        } catch (ProtocolFault e) {
            return Optional.empty();
        }
    }
}
