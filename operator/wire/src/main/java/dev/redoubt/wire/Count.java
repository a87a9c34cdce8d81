package dev.redoubt.wire;

import dev.redoubt.wire.path.Draft;
import java.util.OptionalLong;

/** How many of something a request asks for: a number without fraction and exponent. */
final class Count {
    private static final long MOST = Integer.MAX_VALUE + 1L;

    private Count() {}

    /**
     * The count at a hit.
     *
     * @return -1 for a negative one, 2<sup>31</sup> for all that are larger, empty where there is no whole number
     */
    static OptionalLong at(Draft draft, int hit) {
        byte[] digits = draft.text(hit);
        if (!draft.mayBeNumber(hit) || digits.length == 0) {
            return OptionalLong.empty();
        }
        boolean negative = digits.length > 1 && digits[0] == '-';
        long number = 0;
        for (int i = negative ? 1 : 0; i < digits.length; i++) {
            if (digits[i] < '0' || digits[i] > '9') {
                return OptionalLong.empty();
            }
            number = Math.min(number * 10 + digits[i] - '0', MOST);
        }
        return OptionalLong.of(negative ? -1 : number);
    }
}
