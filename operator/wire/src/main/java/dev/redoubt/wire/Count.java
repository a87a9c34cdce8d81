package dev.redoubt.wire;

import dev.redoubt.wire.path.Hits;
import dev.redoubt.wire.path.Hits.Kind;
import java.util.OptionalLong;

/** How many of something a request asks for: a JSON number without fraction and exponent. */
final class Count {
    private static final long MOST = Integer.MAX_VALUE + 1L;

    private Count() {}

    /**
     * The count at a hit.
     *
     * @return -1 for a negative one, 2<sup>31</sup> for all that are larger, empty where there is no whole number
     */
    static OptionalLong at(Hits hits, int hit, byte[] body) {
        if (hits.kind(hit) != Kind.Number) {
            return OptionalLong.empty();
        }
        boolean negative = body[hits.start(hit)] == '-';
        long number = 0;
        for (int i = hits.start(hit) + (negative ? 1 : 0); i < hits.end(hit); i++) {
            if (body[i] < '0' || body[i] > '9') {
                return OptionalLong.empty();
            }
            number = Math.min(number * 10 + body[i] - '0', MOST);
        }
        return OptionalLong.of(negative ? -1 : number);
    }
}
