package dev.redoubt.wire.json;

import dev.redoubt.wire.frame.MessageFault;
import java.util.Objects;

/** Bytes are not the JSON that the guard accepts. */
public final class JsonFault extends MessageFault {
    private final Kind kind;

    public JsonFault(Kind kind, int offset) {
        super(kind, offset);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    public Kind kind() {
        return kind;
    }

    @Override
    public String rule() {
        return "JSON " + kind;
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
