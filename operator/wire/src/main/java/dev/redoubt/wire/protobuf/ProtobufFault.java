package dev.redoubt.wire.protobuf;

import java.util.Objects;

/** Bytes are not a message that the guard accepts. Carries where and why, never any of the bytes, and no stack trace. */
public final class ProtobufFault extends Exception {
    private final Kind kind;
    private final int offset;

    ProtobufFault(Kind kind, int offset) {
        super(kind + " at byte " + offset, null, false, false);
        this.kind = Objects.requireNonNull(kind, "kind");
        this.offset = offset;
    }

    public Kind kind() {
        return kind;
    }

    /** Offset in bytes from the start of the message. */
    public int offset() {
        return offset;
    }

    /** What is wrong. */
    public enum Kind {
        /** A number of too many bytes, a field number that there is not, or a group. */
        Syntax,
        /** Ends inside of a field, or a field ends behind the message that it stands in. */
        Truncated,
        /** A text is not UTF-8. */
        Encoding,
        /** Nested deeper than the bound. */
        Depth,
        /** A field is there in a wire type that it does not have. */
        WrongType,
        /** A field that is not known, or one that must not be there. */
        RefusedField
    }
}
