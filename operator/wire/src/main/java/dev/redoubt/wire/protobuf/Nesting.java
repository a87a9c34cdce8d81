package dev.redoubt.wire.protobuf;

import dev.redoubt.wire.text.Splice;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Where the messages in a message stand, so that it can be edited anywhere: what changes its size changes the lengths of
 * all around it.
 */
final class Nesting {
    /** The number of the message that all others stand in. */
    static final int ROOT = -1;

    /** It is not known in which message an edit is made. */
    private static final int UNKNOWN = -2;

    private static final int INTS = 4;

    /** Of each message: the place of its length, of its content, the end, and which one it stands in. */
    private int[] ints = {};

    private int size;

    /**
     * Bytes that are replaced.
     *
     * @param message number of the message that they stand in: what is added at an end may stand at several
     */
    record Edit(int start, int end, byte[] by, int message) {
        Edit(int start, int end, byte[] by) {
            this(start, end, by, UNKNOWN);
        }
    }

    /** Enters a message; outer ones come first. Returns its number. */
    int enter(int length, int content, int end, int outer) {
        if (size * INTS == ints.length) {
            ints = Arrays.copyOf(ints, Math.max(16 * INTS, ints.length * 2));
        }
        int i = size * INTS;
        ints[i] = length;
        ints[i + 1] = content;
        ints[i + 2] = end;
        ints[i + 3] = outer;
        return size++;
    }

    /**
     * Makes edits. One that lies within another is made by that.
     *
     * @return the very array that came in where there are none
     */
    byte[] apply(List<Edit> edits, byte[] in) {
        if (edits.isEmpty()) {
            return in;
        }
        List<Edit> all = outermost(edits);
        int[] growth = new int[size];
        for (Edit edit : all) {
            int message = edit.message() == UNKNOWN ? innermost(edit) : edit.message();
            if (message != ROOT) {
                growth[message] = Math.addExact(growth[message], edit.by().length - (edit.end() - edit.start()));
            }
        }
        for (int message = size - 1; message >= 0; message--) {
            if (growth[message] == 0) {
                continue;
            }
            int content = ints[message * INTS + 1];
            byte[] length = Varint.of(ints[message * INTS + 2] - content + growth[message]);
            Edit edit = new Edit(ints[message * INTS], content, length);
            all.add(edit);
            int outer = ints[message * INTS + 3];
            if (outer != ROOT) {
                int more = growth[message] + length.length - (edit.end() - edit.start());
                growth[outer] = Math.addExact(growth[outer], more);
            }
        }
        all.sort(Comparator.comparingInt(Edit::start));
        Splice splice = new Splice(in);
        all.forEach(edit -> splice.replace(edit.start(), edit.end(), edit.by()));
        return splice.finish();
    }

    /**
     * Those that do not lie within others, in their order. What is put between two parts comes before the second, what is
     * put at the end of a message before what is put at the end of the one around it.
     */
    private static List<Edit> outermost(List<Edit> edits) {
        List<Edit> sorted = new ArrayList<>(edits);
        sorted.sort(Comparator.comparingInt(Edit::start)
                .thenComparing(edit -> edit.start() < edit.end())
                .thenComparing(edit -> edit.start() < edit.end() ? 0 : -edit.message())
                .thenComparing(Edit::end, Comparator.reverseOrder()));
        List<Edit> outermost = new ArrayList<>();
        int end = 0;
        for (Edit edit : sorted) {
            if (edit.start() >= end) {
                outermost.add(edit);
                end = edit.end();
            }
        }
        return outermost;
    }

    /** The innermost message that an edit is made in. */
    private int innermost(Edit edit) {
        int low = 0;
        int high = size;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ints[middle * INTS + 1] <= edit.start()) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int message = low - 1;
        while (message != ROOT && edit.end() > ints[message * INTS + 2]) {
            message = ints[message * INTS + 3];
        }
        return message;
    }
}
