package dev.redoubt.wire.text;

import dev.redoubt.redact.Edits;
import dev.redoubt.redact.Redactor;
import dev.redoubt.wire.json.JsonText;
import dev.redoubt.wire.text.Readings.Place;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A text that is JSON. Each name, string and number is scanned as a text of its own, by what its escapes mean, with what
 * a reader sees before it as its context; so the text stays JSON. A number in which something is found becomes a string.
 *
 * <p>A text that breaks off is read as far as it goes. From the first byte on that cannot stand there in JSON, all the
 * rest is scanned as one text, by what escapes mean and as it stands: how a parser would read it nobody knows.
 */
final class JsonReading implements TextReading {
    private static final int MOST_LEVELS = 128;
    private static final int LONGEST_NAME = 128;
    private static final byte[] BEHIND_NAME = "\":\"".getBytes(StandardCharsets.US_ASCII);

    private final Readings readings;
    private final int depth;
    private final Trail trail = new Trail();

    private Expected expected = Expected.VALUE;
    /** By level: whether it is an object. */
    private final boolean[] objects = new boolean[MOST_LEVELS];

    private int level;

    private StringReading string;
    private boolean isName;
    private final BareToken token = new BareToken();
    private TextReading rest;

    private byte[] beforeName;
    private long nameBegan;
    /** Of the value that comes next; {@code null} where it has no name. */
    private Place named;

    private Edits edits;

    /** @param before what a reader sees before the text */
    JsonReading(Readings readings, byte[] before, int depth) {
        this.readings = readings;
        this.depth = depth;
        trail.add(before);
    }

    private enum Expected {
        VALUE,
        ITEM_OR_END,
        NAME_OR_END,
        NAME,
        COLON,
        COMMA_OR_END,
        NOTHING
    }

    @Override
    public void append(byte[] utf8, int from, int to, Edits target) {
        edits = target;
        int at = from;
        while (at < to && rest == null) {
            if (string != null) {
                at = string.append(utf8, at, to, edits);
                if (at < to) {
                    endString();
                }
            } else if (token.isEmpty() || !continueToken(utf8[at])) {
                structure(utf8[at]);
            }
            // a byte that begins the rest is read with it
            at += rest == null && at < to ? 1 : 0;
        }
        if (at < to) {
            rest.append(utf8, at, to, edits);
        }
    }

    @Override
    public void finish(Edits target) {
        edits = target;
        if (string != null) {
            string.finish(edits);
        } else if (!token.isEmpty()) {
            settleToken();
        } else if (rest != null) {
            rest.finish(edits);
        }
    }

    private void structure(byte b) {
        if (b == ' ' || b == '\n' || b == '\r' || b == '\t') {
            keep(b);
            return;
        }
        switch (expected) {
            case VALUE -> value(b);
            case ITEM_OR_END -> {
                if (b == ']') {
                    close(b);
                } else {
                    value(b);
                }
            }
            case NAME_OR_END, NAME -> {
                if (b == '"') {
                    keep(b);
                    beginName();
                } else if (b == '}' && expected == Expected.NAME_OR_END) {
                    close(b);
                } else {
                    fault();
                }
            }
            case COLON -> punctuation(b, ':', Expected.VALUE);
            case COMMA_OR_END -> {
                boolean object = objects[level - 1];
                if (b == (object ? '}' : ']')) {
                    close(b);
                } else {
                    punctuation(b, ',', object ? Expected.NAME : Expected.VALUE);
                }
            }
            case NOTHING -> fault();
        }
    }

    private void punctuation(byte b, char wanted, Expected next) {
        if (b == wanted) {
            keep(b);
            expected = next;
        } else {
            fault();
        }
    }

    private void value(byte b) {
        if (b == '"') {
            keep(b);
            string = new StringReading(readings.either(place(), depth + 1), trail);
            isName = false;
        } else if ((b == '{' || b == '[') && level < MOST_LEVELS) {
            keep(b);
            named = null;
            objects[level++] = b == '{';
            expected = b == '{' ? Expected.NAME_OR_END : Expected.ITEM_OR_END;
        } else if (!token.take(b)) {
            fault();
        }
    }

    private void close(byte b) {
        keep(b);
        level--;
        valueEnded();
    }

    private void valueEnded() {
        named = null;
        expected = level == 0 ? Expected.NOTHING : Expected.COMMA_OR_END;
    }

    private void keep(byte b) {
        edits.keep(1);
        trail.add(b);
    }

    private void beginName() {
        beforeName = trail.last(Redactor.MOST_CONTEXT);
        nameBegan = trail.total();
        string = new StringReading(readings.either(Place.before(beforeName), depth + 1), trail);
        isName = true;
    }

    private void endString() {
        string.finish(edits);
        string = null;
        if (isName) {
            int length = (int) Math.min(LONGEST_NAME + 1, trail.total() - nameBegan);
            if (length <= LONGEST_NAME) {
                byte[] name = trail.last(length);
                byte[] lead = Arrays.copyOf(name, name.length + BEHIND_NAME.length);
                System.arraycopy(BEHIND_NAME, 0, lead, name.length, BEHIND_NAME.length);
                named = new Place(beforeName, lead);
            }
            expected = Expected.COLON;
        } else {
            valueEnded();
        }
        keep((byte) '"');
    }

    private Place place() {
        return named != null ? named : Place.before(trail.last(Redactor.MOST_CONTEXT));
    }

    /** Whether the byte belongs to the token or to what stands in its place; if not, the token has ended. */
    private boolean continueToken(byte b) {
        boolean space = b == ' ' || b == '\n' || b == '\r' || b == '\t';
        if (token.isValid() && (b == ',' || b == '}' || b == ']' || token.isFarBehind())) {
            settleToken();
            return false;
        }
        if (space && token.isValid()) {
            token.space(b);
        } else if (space || !token.take(b)) {
            byte[] held = token.all();
            token.clear();
            fault();
            rest.append(held, 0, held.length, edits);
        }
        return true;
    }

    private void settleToken() {
        byte[] bytes = token.token();
        int spaces = token.all().length - bytes.length;
        byte[] redacted = token.isWord() ? null : readings.number(place(), bytes);
        if (redacted == null) {
            edits.keep(bytes.length);
            trail.add(bytes);
        } else {
            edits.replace(bytes.length, JsonText.encode(redacted));
            trail.add(redacted);
        }
        for (int i = 0; i < spaces; i++) {
            keep((byte) ' ');
        }
        token.clear();
        valueEnded();
    }

    private void fault() {
        rest = readings.escaped(place());
    }
}
