package dev.redoubt.redact;

import java.util.Arrays;

/** The redacted text as it grows; remembers its last bytes after they were handed out. */
final class Output {
    private final int memory;
    private byte[] bytes;
    private int released;
    private int length;
    private long total;

    /** @param memory bytes that stay readable behind the end */
    Output(int memory, int expected) {
        this.memory = memory;
        this.bytes = new byte[Math.max(expected, 64)];
    }

    void append(byte[] source, int from, int to) {
        if (length + (to - from) > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, to - from)));
        }
        System.arraycopy(source, from, bytes, length, to - from);
        length += to - from;
        total += to - from;
    }

    /** Everything that was appended since the last call. */
    byte[] release() {
        byte[] fresh = Arrays.copyOfRange(bytes, released, length);
        int keep = Math.min(memory, length);
        System.arraycopy(bytes, length - keep, bytes, 0, keep);
        length = keep;
        released = keep;
        return fresh;
    }

    /** The byte at a distance from the end, 1 being the last; -1 beyond memory. */
    int behind(int distance) {
        return distance <= length ? bytes[length - distance] & 0xFF : -1;
    }

    /** Copies the last bytes to before a place; those beyond memory are 0. */
    void copy(int count, byte[] to, int end) {
        int known = Math.min(count, length);
        System.arraycopy(bytes, length - known, to, end - known, known);
        Arrays.fill(to, end - count, end - known, (byte) 0);
    }

    /** Bytes that were ever appended. */
    long total() {
        return total;
    }

    byte[] array() {
        return bytes;
    }

    int length() {
        return length;
    }
}
