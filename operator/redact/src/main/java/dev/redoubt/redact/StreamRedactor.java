package dev.redoubt.redact;

import dev.redoubt.policy.Entity;
import dev.redoubt.redact.text.MalformedTextException;
import dev.redoubt.redact.text.Utf8;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Redacts one text that arrives in pieces. What it gives, put together, is what {@link Redactor#redact} gives for the whole
 * text, wherever the pieces are cut, inside of characters too. Not for use by several threads at once.
 */
public final class StreamRedactor {
    private static final byte[] NOTHING = new byte[0];

    private final Scan scan;
    private final int bound;
    private byte[] bytes = new byte[512];
    private int length;
    private int whole;
    private boolean closed;

    /** @param before what stands before the text */
    StreamRedactor(Plan plan, byte[] before) {
        this.scan = new Scan(plan, bytes, 0);
        this.bound = plan.bound();
        if (before.length > 0) {
            scan.precede(before);
        }
    }

    /**
     * Takes a piece.
     *
     * @return what may go on now: everything but the bytes that a match may begin or go on with
     * @throws MalformedTextException where the text is not UTF-8; nothing more can come of this stream
     * @throws IllegalStateException where the stream has ended
     */
    public byte[] append(byte[] utf8, int from, int to) {
        open();
        if (length + (to - from) > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, Math.addExact(length, to - from)));
        }
        System.arraycopy(utf8, from, bytes, length, to - from);
        length += to - from;
        closed = true; // stays so where the next line throws
        whole = Utf8.validate(bytes, whole, length);
        closed = false;
        return advance(false);
    }

    /** {@link #append(byte[], int, int)}, told step by step. */
    public void append(byte[] utf8, int from, int to, Edits edits) {
        scan.tell(edits);
        append(utf8, from, to);
    }

    /** {@link #append(byte[], int, int)} of a whole array. */
    public byte[] append(byte[] utf8) {
        return append(utf8, 0, utf8.length);
    }

    /**
     * Ends the text.
     *
     * @return all that was held back, redacted
     * @throws MalformedTextException where the text ends inside a character
     * @throws IllegalStateException where the stream has ended
     */
    public byte[] finish() {
        open();
        closed = true;
        if (whole < length) {
            throw MalformedTextException.cut();
        }
        return advance(true);
    }

    /** {@link #finish()}, told step by step. */
    public void finish(Edits edits) {
        scan.tell(edits);
        finish();
    }

    /** Bytes taken and not given out yet; never more than {@link #bound}. */
    public int held() {
        return closed ? 0 : Math.max(0, length - scan.pending());
    }

    /** The most bytes that this stream ever holds back. */
    public int bound() {
        return bound;
    }

    /** What was found so far; offsets count from the beginning of the stream. */
    public List<Finding> findings() {
        return List.copyOf(scan.findings());
    }

    /** Whether a rule refuses the message; then nothing more of it may go on. */
    public boolean blocked() {
        return scan.blocking() != null;
    }

    /** What it is that refuses the message; known before it has ended and is among the findings. */
    public Optional<Entity> blocking() {
        return Optional.ofNullable(scan.blocking());
    }

    private byte[] advance(boolean last) {
        scan.advance(bytes, whole, last);
        byte[] released = scan.release();
        int needed = scan.needed();
        if (needed > 0) {
            System.arraycopy(bytes, needed, bytes, 0, length - needed);
            length -= needed;
            whole -= needed;
            scan.moved(needed);
        }
        return released.length == 0 ? NOTHING : released;
    }

    private void open() {
        if (closed) {
            throw new IllegalStateException("the stream has ended");
        }
    }
}
