package dev.redoubt.wire.text;

import dev.redoubt.redact.Edits;

/** Redacts a text as it arrives and tells of it in the bytes that it was given. What it tells does not depend on the cuts. */
interface TextReading {
    /** Takes a piece. What cannot be decided yet is told later. */
    void append(byte[] utf8, int from, int to, Edits edits);

    /** Ends the text; all of it is told then. */
    void finish(Edits edits);
}
