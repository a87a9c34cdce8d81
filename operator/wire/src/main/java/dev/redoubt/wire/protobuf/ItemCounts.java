package dev.redoubt.wire.protobuf;

import dev.redoubt.wire.path.Hits;
import java.util.Arrays;

/** How many items the repeated fields of a message had so far. A message has few of them. */
final class ItemCounts {
    private int[] numbers = {};
    private int[] items = {};
    private int[] counted = {};

    /** The place of a field in these columns. */
    int of(int number) {
        for (int i = 0; i < numbers.length; i++) {
            if (numbers[i] == number) {
                return i;
            }
        }
        int last = numbers.length;
        numbers = Arrays.copyOf(numbers, last + 1);
        items = Arrays.copyOf(items, last + 1);
        counted = Arrays.copyOf(counted, last + 1);
        numbers[last] = number;
        counted[last] = -1;
        return last;
    }

    /** Position of an item that comes next. */
    int next(int place) {
        return items[place]++;
    }

    /** Whether a hit is told how many items there are. */
    boolean isCounted(int place) {
        return counted[place] >= 0;
    }

    /** Tells a hit at the end how many items there are. */
    void count(int place, int hit) {
        counted[place] = hit;
    }

    /** All items were seen. */
    void report(Hits hits) {
        for (int i = 0; i < counted.length; i++) {
            if (counted[i] >= 0) {
                hits.count(counted[i], items[i]);
            }
        }
    }
}
