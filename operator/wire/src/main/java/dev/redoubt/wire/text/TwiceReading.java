package dev.redoubt.wire.text;

import dev.redoubt.redact.Edits;
import java.util.Arrays;

/** A text whose escapes may or may not mean something: what they mean is scanned first, then what comes of it as it stands. */
final class TwiceReading implements TextReading, Edits {
    private final Alignment first = new Alignment(false, null);
    private final Escapes escapes = new Escapes(first);
    private final TextReading resolved;
    private final Alignment second = new Alignment(false, null);
    private final TextReading written;

    /** What the first reading has taken and not told of. */
    private byte[] source = new byte[64];

    private int head;
    private int end;

    TwiceReading(TextReading resolved, TextReading written) {
        this.resolved = resolved;
        this.written = written;
    }

    @Override
    public void append(byte[] utf8, int from, int to, Edits edits) {
        first.tell(this);
        second.tell(edits);
        if (end + to - from > source.length) {
            source = Arrays.copyOfRange(source, head, head + 2 * (end - head + to - from));
            end -= head;
            head = 0;
        }
        System.arraycopy(utf8, from, source, end, to - from);
        end += to - from;
        for (int i = from; i < to; i++) {
            while (!escapes.take(utf8[i])) {}
        }
        first.pass(resolved);
    }

    @Override
    public void finish(Edits edits) {
        first.tell(this);
        second.tell(edits);
        escapes.finish();
        first.pass(resolved);
        resolved.finish(first);
        first.finish();
        written.finish(second);
        second.finish();
    }

    @Override
    public void keep(int bytes) {
        for (int stop = head + bytes; head < stop; head++) {
            second.same(source[head], 1);
        }
        second.pass(written);
    }

    @Override
    public void replace(int bytes, byte[] by) {
        if (by.length == 0) {
            second.without(bytes);
        } else {
            second.other(by, bytes);
        }
        head += bytes;
        second.pass(written);
    }
}
