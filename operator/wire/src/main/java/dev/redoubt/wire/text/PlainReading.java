package dev.redoubt.wire.text;

import dev.redoubt.redact.Edits;
import dev.redoubt.redact.StreamRedactor;

/**
 * A text that is scanned as it is. A name before it is scanned with it, because some matches begin in the name, such as
 * that of a secret; what is told of the name itself is left out.
 */
final class PlainReading implements TextReading, Edits {
    private final Readings readings;
    private final StreamRedactor redactor;
    /** Bytes of the name that nothing was told of yet. */
    private int ofName;

    private Edits edits;

    PlainReading(Readings readings, StreamRedactor redactor, byte[] name) {
        this.readings = readings;
        this.redactor = redactor;
        this.ofName = name.length;
        if (name.length > 0) {
            redactor.append(name, 0, name.length, this);
        }
    }

    @Override
    public void append(byte[] utf8, int from, int to, Edits target) {
        edits = target;
        redactor.append(utf8, from, to, this);
        readings.note(redactor);
    }

    @Override
    public void finish(Edits target) {
        edits = target;
        redactor.finish(this);
        readings.ended(redactor);
    }

    @Override
    public void keep(int bytes) {
        int skipped = Math.min(bytes, ofName);
        ofName -= skipped;
        if (bytes > skipped) {
            edits.keep(bytes - skipped);
        }
    }

    @Override
    public void replace(int bytes, byte[] by) {
        int skipped = Math.min(bytes, ofName);
        ofName -= skipped;
        boolean inName = ofName > 0 || bytes > 0 && bytes == skipped;
        if (!inName) {
            edits.replace(bytes - skipped, by);
        }
    }
}
