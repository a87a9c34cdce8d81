package dev.redoubt.benchmarks;

import java.util.List;
import org.bytedeco.hyperscan.global.hyperscan;
import org.bytedeco.hyperscan.hs_compile_error_t;
import org.bytedeco.hyperscan.hs_database_t;
import org.bytedeco.hyperscan.hs_scratch_t;
import org.bytedeco.hyperscan.match_event_handler;
import org.bytedeco.javacpp.BytePointer;
import org.bytedeco.javacpp.IntPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.javacpp.PointerPointer;

/** Many patterns in one database of Hyperscan, called through JavaCPP. The text lies outside of the Java heap already. */
final class Hyperscan {
    private final hs_database_t database;
    private final hs_scratch_t scratch;
    private final BytePointer text;
    private final int length;
    private final Counter counter = new Counter();

    /**
     * @param starts whether matches say where they begin, as one must know to replace them
     * @throws IllegalArgumentException where it cannot hold a pattern
     */
    Hyperscan(List<String> expressions, boolean starts, byte[] text) {
        int count = expressions.size();
        int[] flags = new int[count];
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++) {
            flags[i] = starts ? hyperscan.HS_FLAG_SOM_LEFTMOST : 0;
            numbers[i] = i;
        }
        PointerPointer<hs_database_t> databases = new PointerPointer<>(1);
        PointerPointer<hs_compile_error_t> errors = new PointerPointer<>(1);
        int status = hyperscan.hs_compile_multi(
                new PointerPointer<>(expressions.toArray(String[]::new)),
                new IntPointer(flags),
                new IntPointer(numbers),
                count,
                hyperscan.HS_MODE_BLOCK,
                null,
                databases,
                errors);
        if (status != 0) {
            hs_compile_error_t error = new hs_compile_error_t(errors.get(0));
            throw new IllegalArgumentException(
                    "pattern " + error.expression() + ": " + error.message().getString());
        }
        database = new hs_database_t(databases.get(0));
        PointerPointer<hs_scratch_t> scratches = new PointerPointer<>(1);
        scratches.put(0, (Pointer) null);
        hyperscan.hs_alloc_scratch(database, scratches);
        scratch = new hs_scratch_t(scratches.get(0));
        this.text = new BytePointer(text);
        this.length = text.length;
    }

    /** The patterns of which it can say where a match begins; others are too large for that. */
    static List<String> able(List<String> expressions) {
        return expressions.stream().filter(Hyperscan::isAble).toList();
    }

    private static boolean isAble(String expression) {
        try {
            new Hyperscan(List.of(expression), true, new byte[1]);
            return true;
        } catch (IllegalArgumentException refused) {
            return false;
        }
    }

    /** How many matches it reports. */
    int scan() {
        counter.matches = 0;
        int status = hyperscan.hs_scan(database, text, length, 0, scratch, counter, null);
        if (status != 0) {
            throw new IllegalStateException("Hyperscan ends with status " + status);
        }
        return counter.matches;
    }

    private static final class Counter extends match_event_handler {
        private int matches;

        @Override
        public int call(int id, long from, long to, int flags, Pointer context) {
            matches++;
            return 0;
        }
    }
}
