package dev.redoubt.wire.ndjson;

import java.util.Arrays;

/**
 * The documents of newline-delimited JSON that is there as a whole, one after the other: whatever their number, nothing
 * is kept of them.
 */
public final class Lines {
    private final byte[] body;
    private int start;
    private int end = -1;
    private int blanks;

    public Lines(byte[] body) {
        this.body = body;
    }

    /** Goes on to the next line that is not blank; false where there is none. */
    public boolean next() {
        while (end < body.length) {
            start = end + 1;
            end = start;
            while (end < body.length && body[end] != '\n') {
                end++;
            }
            if (start < body.length && !isBlank(body, start, end)) {
                return true;
            }
            blanks++;
        }
        return false;
    }

    /** How many blank lines were passed over. */
    public int blanks() {
        return blanks;
    }

    /** The place of the line's first byte. */
    public int start() {
        return start;
    }

    /** The place of its line feed, or the end of the body. */
    public int end() {
        return end;
    }

    /** The line without its line feed. */
    public byte[] line() {
        return Arrays.copyOfRange(body, start, end);
    }

    /** Whether there is nothing but JSON's white space. */
    static boolean isBlank(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            byte c = bytes[i];
            if (c != ' ' && c != '\t' && c != '\r' && c != '\n') {
                return false;
            }
        }
        return true;
    }
}
