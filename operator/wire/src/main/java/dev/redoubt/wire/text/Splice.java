package dev.redoubt.wire.text;

import java.util.Arrays;

/** A copy of some bytes with parts of them replaced. Nothing is copied where nothing is replaced. */
public final class Splice {
    private final byte[] in;
    private byte[] out;
    private int size;
    private int taken;

    public Splice(byte[] in) {
        this.in = in;
    }

    /** Replaces a part. Parts come in order and do not overlap. */
    public void replace(int start, int end, byte[] by) {
        if (start < taken || end < start) {
            throw new IllegalArgumentException("parts overlap or are out of order");
        }
        if (out == null) {
            // what is replaced first is often most of it
            out = new byte[in.length - (end - start) + by.length + 64];
        }
        append(in, taken, start - taken);
        append(by, 0, by.length);
        taken = end;
    }

    /** The result: the very array that came in where nothing was replaced. */
    public byte[] finish() {
        if (out == null) {
            return in;
        }
        append(in, taken, in.length - taken);
        taken = in.length;
        return size == out.length ? out : Arrays.copyOf(out, size);
    }

    private void append(byte[] bytes, int from, int length) {
        if (size + length > out.length) {
            out = Arrays.copyOf(out, Math.max(size + length, out.length + (out.length >> 1)));
        }
        System.arraycopy(bytes, from, out, size, length);
        size += length;
    }
}
