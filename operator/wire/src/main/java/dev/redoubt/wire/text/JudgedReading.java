package dev.redoubt.wire.text;

import dev.redoubt.redact.Edits;
import dev.redoubt.redact.Joined;
import dev.redoubt.redact.Span;
import dev.redoubt.wire.text.Readings.Place;
import java.io.ByteArrayOutputStream;
import java.util.List;

/**
 * A text that others judge as well, who can only judge all of it: nothing is told before it has ended. What comes of both
 * is scanned once more as it stands.
 */
final class JudgedReading implements TextReading {
    private final Readings readings;
    private final Place place;
    private final TextReading plain;
    private final ByteArrayOutputStream text = new ByteArrayOutputStream();

    /** @param plain the same place, where nobody else judges it */
    JudgedReading(Readings readings, Place place, TextReading plain) {
        this.readings = readings;
        this.place = place;
        this.plain = plain;
    }

    @Override
    public void append(byte[] utf8, int from, int to, Edits edits) {
        text.write(utf8, from, to - from);
    }

    @Override
    public void finish(Edits edits) {
        byte[] whole = text.toByteArray();
        List<Span> given = readings.judged(whole);
        if (given.isEmpty()) {
            plain.append(whole, 0, whole.length, edits);
            plain.finish(edits);
            return;
        }
        Joined joined = readings.joined(place, whole, given);
        Alignment alignment = new Alignment(false, null);
        alignment.tell(edits);
        joined.tell(new Edits() {
            private int at;

            @Override
            public void keep(int bytes) {
                for (int stop = at + bytes; at < stop; at++) {
                    alignment.same(whole[at], 1);
                }
            }

            @Override
            public void replace(int bytes, byte[] by) {
                if (by.length == 0) {
                    alignment.without(bytes);
                } else {
                    alignment.other(by, bytes);
                }
                at += bytes;
            }
        });
        alignment.pass(plain);
        plain.finish(alignment);
        alignment.finish();
    }
}
