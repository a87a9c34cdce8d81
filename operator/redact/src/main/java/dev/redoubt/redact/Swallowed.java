package dev.redoubt.redact;

import dev.redoubt.redact.recognise.Recogniser;
import dev.redoubt.redact.recognise.Tail;
import dev.redoubt.redact.text.Fold;
import dev.redoubt.redact.text.Utf8;
import java.util.Arrays;

/** A match without a bound while it is swallowed. Of its text only the beginning is kept, to make a token from. */
final class Swallowed {
    /** Bytes kept; matches that are equal in as many are the same. */
    static final int MOST_KEPT = 4096;

    private final Recogniser recogniser;
    private final int start;
    private byte[] kept = new byte[256];
    private int length;
    private boolean whole = true;
    private int state;
    private boolean complete;

    Swallowed(Recogniser recogniser, int start) {
        this.recogniser = recogniser;
        this.start = start;
    }

    /** Takes over bytes that belong to the match; a cut falls between characters wherever they came in. */
    void keep(byte[] text, int from, int to) {
        int fit = Math.min(to - from, MOST_KEPT - length);
        if (!whole || fit < to - from) {
            fit = whole ? fit : 0;
            while (fit > 0 && (text[from + fit] & 0xC0) == 0x80) {
                fit--;
            }
            whole = false;
        }
        if (length + fit > kept.length) {
            kept = Arrays.copyOf(kept, Math.max(kept.length * 2, length + fit));
        }
        System.arraycopy(text, from, kept, length, fit);
        length += fit;
    }

    /** Reads on; gives the end of what certainly belongs to the match. */
    int follow(byte[] text, int from, int end, boolean last) {
        Tail tail = recogniser.tail();
        int settled = from;
        int settledState = state;
        int now = state;
        for (int at = from; at < end; ) {
            int symbol = Fold.of(Utf8.decode(text, at));
            at += Utf8.length(text[at]);
            if (symbol == Fold.SKIP) {
                continue;
            }
            now = tail.step(now, symbol);
            if (now == Tail.STOPPED || now == Tail.COMPLETE) {
                complete = true;
                return now == Tail.COMPLETE ? at : settled;
            }
            if (tail.settled(now)) {
                settled = at;
                settledState = now;
            }
        }
        state = settledState;
        complete = last;
        return settled;
    }

    boolean complete() {
        return complete;
    }

    Recogniser recogniser() {
        return recogniser;
    }

    /** First byte of the match, counted from the beginning of all text. */
    int start() {
        return start;
    }

    /** Whether {@link #kept} is all of the match. */
    boolean whole() {
        return whole;
    }

    byte[] kept() {
        return Arrays.copyOf(kept, length);
    }
}
