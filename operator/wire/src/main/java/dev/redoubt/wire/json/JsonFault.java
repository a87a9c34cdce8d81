package dev.redoubt.wire.json;

import java.util.Objects;

/**
 * Bytes are not the JSON that the guard accepts. Carries where and why, never any of the bytes, and no stack trace:
 * hostile input is ordinary here.
 */
public final class JsonFault extends Exception {
    private final Kind kind;
    private final int offset;

    public JsonFault(Kind kind, int offset) {
        super(kind + " at byte " + offset, null, false, false);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.offset = offset;
    }

    public Kind kind() {
        return kind;
    }

    /** Offset in bytes from the start of the array that was read. */
    public int offset() {
        return offset;
    }

    /** What is wrong. */
    public enum Kind {
        /** Not of the grammar of RFC 8259, which has no NaN, no comments and no byte order mark. */
        Syntax,
        /** Ends before the value does, or holds no value. */
        Truncated,
        /** Something other than white space follows the value. */
        TrailingBytes,
        /** Not UTF-8, or an escaped surrogate without its other half. */
        Encoding,
        /** An object has two members of one name, escaped or not: parsers disagree on which one counts. */
        DuplicateName,
        /** Nested deeper than the bound. */
        Depth
    }
}
