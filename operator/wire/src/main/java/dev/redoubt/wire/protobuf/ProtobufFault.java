package dev.redoubt.wire.protobuf;

import dev.redoubt.wire.frame.MessageFault;
import java.util.Objects;

/** Bytes are not a message that the guard accepts. */
public final class ProtobufFault extends MessageFault {
    private final Kind kind;

    public ProtobufFault(Kind kind, int offset) {
        super(kind, offset);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    public Kind kind() {
        return kind;
    }

    @Override
    public String rule() {
        return "Protocol Buffers " + kind;
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
        /** A field that is not known, or one of bytes that nothing says what to do with. */
        UnknownField,
        /** A field that may be there once is there twice, or a map has two entries of one key: parsers disagree. */
        Duplicate
    }
}
