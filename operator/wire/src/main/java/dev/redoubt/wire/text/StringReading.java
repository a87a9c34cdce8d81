package dev.redoubt.wire.text;

import dev.redoubt.redact.Edits;

/** The content of a JSON string: what its escapes mean is scanned, and what is kept stays escaped as it was. */
final class StringReading {
    private final Alignment alignment;
    private final Escapes escapes;
    private final TextReading text;

    /** @param trail is given what a reader sees of the text */
    StringReading(TextReading text, Trail trail) {
        this.text = text;
        this.alignment = new Alignment(true, trail);
        this.escapes = new Escapes(alignment);
    }

    /**
     * Takes bytes up to the closing quote.
     *
     * @return the place of the quote, or {@code to} where it is not there
     */
    int append(byte[] utf8, int from, int to, Edits edits) {
        alignment.tell(edits);
        int at = from;
        while (at < to && (utf8[at] != '"' || escapes.isOpen())) {
            if (escapes.take(utf8[at])) {
                at++;
            }
        }
        alignment.pass(text);
        return at;
    }

    /** The closing quote was reached, or the text broke off. */
    void finish(Edits edits) {
        alignment.tell(edits);
        escapes.finish();
        alignment.pass(text);
        text.finish(alignment);
        alignment.finish();
    }
}
