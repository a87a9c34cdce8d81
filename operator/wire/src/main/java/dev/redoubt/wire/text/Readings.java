package dev.redoubt.wire.text;

import dev.redoubt.policy.Entity;
import dev.redoubt.profiles.Stage;
import dev.redoubt.redact.Finding;
import dev.redoubt.redact.Joined;
import dev.redoubt.redact.Redactor;
import dev.redoubt.redact.Span;
import dev.redoubt.redact.StreamRedactor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes the readings of one text and of the texts in it, and gathers what they find. */
final class Readings {
    /** Texts within texts within texts: deeper ones are scanned as they stand. */
    static final int DEEPEST = 4;

    private final Redactor redactor;
    private final Stage stage;
    private final Judgements judgements;
    private final List<Finding> findings = new ArrayList<>(0);
    private Entity blocking;

    Readings(Redactor redactor, Stage stage, Judgements judgements) {
        this.redactor = redactor;
        this.stage = stage;
        this.judgements = judgements;
    }

    /** Where a text stands: what a reader sees before it, and the name before its value, which is scanned with it. */
    record Place(byte[] before, byte[] name) {
        static final Place NOWHERE = before(new byte[0]);

        /** That of a text without a name. */
        static Place before(byte[] text) {
            return new Place(text, new byte[0]);
        }

        /** With something between it and the text. */
        Place and(byte[] more) {
            return new Place(before, joined(name, more));
        }

        /** All of it as what a reader sees. */
        byte[] seen() {
            return joined(before, name);
        }

        private static byte[] joined(byte[] first, byte[] second) {
            byte[] both = Arrays.copyOf(first, first.length + second.length);
            System.arraycopy(second, 0, both, first.length, second.length);
            return both;
        }
    }

    /** A text that holds no other. */
    TextReading plain(Place place) {
        TextReading plain = new PlainReading(this, redactor.stream(stage, place.before()), place.name());
        return judgements.asks() ? new JudgedReading(this, place, plain) : plain;
    }

    /** What others found in a text. */
    List<Span> judged(byte[] text) {
        return judgements.of(text, 0, text.length);
    }

    /** What others found in a text together with what is found here. */
    Joined joined(Place place, byte[] text, List<Span> given) {
        Joined joined = redactor.join(stage, place.seen(), text, given);
        findings.addAll(joined.findings());
        if (blocking == null && joined.blocking().isPresent()) {
            blocking = joined.blocking().orElseThrow();
        }
        return joined;
    }

    /** A text that may be an object or array of JSON. */
    TextReading either(Place place, int depth) {
        return depth < DEEPEST ? new EitherReading(this, place, depth) : plain(place);
    }

    /** A text that is JSON. */
    TextReading json(byte[] before, int depth) {
        return new JsonReading(this, before, depth);
    }

    /** A text with escapes that is no JSON: what its escapes mean is scanned, then what it says as it stands. */
    TextReading escaped(Place place) {
        return new TwiceReading(plain(place), plain(Place.before(place.seen())));
    }

    /**
     * The text that is to stand in place of a JSON number, {@code null} where nothing was found. A whole number may be
     * written with a fraction or an exponent, and some programs write it so.
     */
    byte[] number(Place place, byte[] number) {
        byte[] redacted = redacted(place, number);
        if (redacted != null) {
            return redacted;
        }
        byte[] whole = WholeNumber.of(number, 0, number.length);
        return whole == null ? null : redacted(place, whole);
    }

    private byte[] redacted(Place place, byte[] text) {
        Rewriting rewriting = new Rewriting();
        TextReading reading = plain(place);
        rewriting.take(text);
        reading.append(text, 0, text.length, rewriting);
        reading.finish(rewriting);
        return rewriting.isChanged() ? rewriting.release() : null;
    }

    /** Notes what a text had, once it has ended. */
    void ended(StreamRedactor text) {
        findings.addAll(text.findings());
        note(text);
    }

    /** Notes at once that a text must not go on. */
    void note(StreamRedactor text) {
        if (blocking == null && text.blocked()) {
            blocking = text.blocking().orElseThrow();
        }
    }

    List<Finding> findings() {
        return findings;
    }

    /** The first entity that refuses the message, {@code null} where none does. */
    Entity blocking() {
        return blocking;
    }
}
