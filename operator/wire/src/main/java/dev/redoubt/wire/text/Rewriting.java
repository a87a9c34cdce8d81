package dev.redoubt.wire.text;

import dev.redoubt.redact.Edits;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Carries out the edits of a text that arrives in pieces. */
final class Rewriting implements Edits {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private byte[] bytes = new byte[256];
    private int from;
    private int to;
    private boolean changed;

    /** The next bytes of the text. */
    void take(byte[] more) {
        if (to + more.length > bytes.length) {
            bytes = Arrays.copyOfRange(bytes, from, Math.max(from + 2 * held(), to + more.length));
            to -= from;
            from = 0;
        }
        System.arraycopy(more, 0, bytes, to, more.length);
        to += more.length;
    }

    @Override
    public void keep(int count) {
        out.write(bytes, from, count);
        from += count;
    }

    @Override
    public void replace(int count, byte[] by) {
        out.writeBytes(by);
        from += count;
        changed = true;
    }

    /** Bytes whose edits are not known yet. */
    int held() {
        return to - from;
    }

    /** Whether any edit was more than keeping. */
    boolean isChanged() {
        return changed;
    }

    /** What has come of the text since the last call. */
    byte[] release() {
        byte[] released = out.toByteArray();
        out.reset();
        return released;
    }
}
