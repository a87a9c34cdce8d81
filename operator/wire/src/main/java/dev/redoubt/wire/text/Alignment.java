package dev.redoubt.wire.text;

import dev.redoubt.redact.Edits;
import dev.redoubt.wire.json.JsonText;
import java.util.Arrays;

/**
 * Which bytes of a source each byte of a text made from it stands for: an edit of the text becomes one of the source, and
 * what is kept of the text stays in the source as it was written.
 */
final class Alignment implements Edits {
    private static final byte[] NOTHING = {};

    private final boolean escapes;
    private final Trail trail;
    private Edits source;

    private byte[] bytes = new byte[64];
    /** By byte: how many bytes of the source it accounts for; 0 for all but the first byte of an escaped character. */
    private int[] widths = new int[64];
    /** By byte: how many bytes before those were taken out of the source. */
    private int[] lost = new int[64];
    /** By byte: whether the source has the like, so that it can stay as it is. */
    private boolean[] same = new boolean[64];

    private int head;
    /** Where the bytes begin that {@link #pass} has not passed on. */
    private int fresh;

    private int end;
    private int losing;

    /**
     * @param escapes whether the source is the content of a JSON string
     * @param trail is given what goes on; {@code null} where nobody asks
     */
    Alignment(boolean escapes, Trail trail) {
        this.escapes = escapes;
        this.trail = trail;
    }

    /** Tells somebody else from now on. */
    void tell(Edits edits) {
        source = edits;
    }

    /** The next byte of the text; the source has it too. */
    void same(byte b, int width) {
        add(b, width, true);
    }

    /** The next bytes of the text; they stand in place of some of the source. */
    void other(byte[] by, int width) {
        for (int i = 0; i < by.length; i++) {
            add(by[i], i == 0 ? width : 0, false);
        }
    }

    /** The next bytes of the source are not in the text. */
    void without(int width) {
        losing += width;
    }

    private void add(byte b, int width, boolean isSame) {
        if (end == bytes.length) {
            makeRoom();
        }
        bytes[end] = b;
        widths[end] = width;
        lost[end] = losing;
        same[end++] = isSame;
        losing = 0;
    }

    private void makeRoom() {
        int size = end - head;
        int room = size > bytes.length / 2 ? bytes.length * 2 : bytes.length;
        bytes = moved(bytes, new byte[room], size);
        widths = moved(widths, new int[room], size);
        lost = moved(lost, new int[room], size);
        same = moved(same, new boolean[room], size);
        fresh -= head;
        head = 0;
        end = size;
    }

    private <T> T moved(T from, T to, int size) {
        System.arraycopy(from, head, to, 0, size);
        return to;
    }

    /** Gives a reading what is new of the text. */
    void pass(TextReading reading) {
        if (fresh < end) {
            int from = fresh;
            fresh = end;
            reading.append(bytes, from, end, this);
        }
    }

    @Override
    public void keep(int count) {
        int stop = head + count;
        while (head < stop) {
            tellLost(head);
            int from = head;
            int width = 0;
            do {
                width += widths[head++];
            } while (head < stop && same[head] == same[from] && lost[head] == 0);
            if (same[from]) {
                source.keep(width);
            } else {
                source.replace(width, written(Arrays.copyOfRange(bytes, from, head)));
            }
            for (int i = from; trail != null && i < head; i++) {
                trail.add(bytes[i]);
            }
        }
    }

    @Override
    public void replace(int count, byte[] by) {
        int width = 0;
        for (int i = head; i < head + count; i++) {
            width += lost[i] + widths[i];
        }
        head += count;
        source.replace(width, written(by));
        if (trail != null) {
            trail.add(by);
        }
    }

    /** All of the text was told. */
    void finish() {
        if (losing > 0) {
            source.replace(losing, NOTHING);
        }
    }

    private void tellLost(int at) {
        if (lost[at] > 0) {
            source.replace(lost[at], NOTHING);
        }
    }

    private byte[] written(byte[] text) {
        if (!escapes) {
            return text;
        }
        byte[] quoted = JsonText.encode(text);
        return Arrays.copyOfRange(quoted, 1, quoted.length - 1);
    }
}
