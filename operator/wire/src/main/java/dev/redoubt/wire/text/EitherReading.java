package dev.redoubt.wire.text;

import dev.redoubt.redact.Edits;
import dev.redoubt.wire.text.Readings.Place;
import java.util.Arrays;

/** A text of which the first character that is not white space tells whether it is JSON. */
final class EitherReading implements TextReading {
    /** More white space before a text is no part of its place. */
    private static final int MOST_SPACE = 64;

    private final Readings readings;
    private final Place place;
    private final int depth;
    private final byte[] space = new byte[MOST_SPACE];
    private int spaces;
    private TextReading text;

    EitherReading(Readings readings, Place place, int depth) {
        this.readings = readings;
        this.place = place;
        this.depth = depth;
    }

    @Override
    public void append(byte[] utf8, int from, int to, Edits edits) {
        int at = from;
        while (text == null && at < to) {
            byte b = utf8[at];
            if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
                if (spaces < MOST_SPACE) {
                    space[spaces++] = b;
                }
                edits.keep(1);
                at++;
            } else {
                text = b == '{' || b == '['
                        ? readings.json(place.and(space()).seen(), depth)
                        : readings.plain(place.and(space()));
            }
        }
        if (at < to) {
            text.append(utf8, at, to, edits);
        }
    }

    @Override
    public void finish(Edits edits) {
        if (text != null) {
            text.finish(edits);
        }
    }

    private byte[] space() {
        return Arrays.copyOf(space, spaces);
    }
}
