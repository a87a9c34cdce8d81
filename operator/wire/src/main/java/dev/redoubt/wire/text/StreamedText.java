package dev.redoubt.wire.text;

import dev.redoubt.policy.Entity;
import dev.redoubt.profiles.Stage;
import dev.redoubt.redact.Finding;
import dev.redoubt.redact.Redactor;
import dev.redoubt.redact.text.MalformedTextException;
import dev.redoubt.wire.text.Readings.Place;
import java.util.List;
import java.util.Optional;

/**
 * Redacts one text that arrives in pieces. What it gives, put together, does not depend on where the pieces are cut, and
 * is the text itself, byte for byte, where nothing is found. Not for use by several threads at once.
 */
public final class StreamedText {
    /** Each byte that is read costs several until it is decided, so a large text is not read in one go. */
    private static final int MOST_AT_ONCE = 8 << 10;

    private final Readings readings;
    private final TextReading text;
    private final Rewriting rewriting = new Rewriting();

    private StreamedText(Readings readings, TextReading text) {
        this.readings = readings;
        this.text = text;
    }

    /** A text of people. */
    public static StreamedText plain(Redactor redactor, Stage stage, Judgements judgements) {
        Readings readings = new Readings(redactor, stage, judgements);
        return new StreamedText(readings, readings.plain(Place.NOWHERE));
    }

    /**
     * A text that is JSON, such as the arguments of a tool. Names, strings and numbers in it are scanned by what their
     * escapes mean, strings that are JSON themselves likewise, and valid JSON stays valid. Where it is no JSON after all,
     * nothing is taken for structure from there on: what the escapes mean is scanned, and then the text as it stands.
     */
    public static StreamedText json(Redactor redactor, Stage stage, Judgements judgements) {
        Readings readings = new Readings(redactor, stage, judgements);
        return new StreamedText(readings, readings.json(new byte[0], 0));
    }

    /**
     * Takes a piece.
     *
     * @return what may go on now
     * @throws MalformedTextException where the text is not UTF-8; nothing more can come of it
     */
    public byte[] append(byte[] utf8) {
        rewriting.take(utf8);
        for (int from = 0; from < utf8.length; from += MOST_AT_ONCE) {
            text.append(utf8, from, Math.min(utf8.length, from + MOST_AT_ONCE), rewriting);
        }
        return rewriting.release();
    }

    /**
     * Ends the text.
     *
     * @return all that was held back, redacted
     * @throws MalformedTextException where the text ends inside a character
     */
    public byte[] finish() {
        text.finish(rewriting);
        return rewriting.release();
    }

    /** Bytes taken and not given out yet. */
    public int held() {
        return rewriting.held();
    }

    /** Whether the text so far has come out as it was. */
    public boolean isUnchanged() {
        return !rewriting.isChanged();
    }

    /** What was found in parts of the text that have ended, each counted from the beginning of its part. */
    public List<Finding> findings() {
        return List.copyOf(readings.findings());
    }

    /** What it is that refuses the message; then nothing more of it may go on. */
    public Optional<Entity> blocking() {
        return Optional.ofNullable(readings.blocking());
    }
}
