package dev.redoubt.wire.gzip;

import java.util.Objects;

/** Bytes are not the gzip that the guard accepts. Holds nothing of them, and no stack trace. */
public final class GzipFault extends Exception {
    private final Kind kind;

    GzipFault(Kind kind) {
        super("gzip " + kind, null, false, false);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    public Kind kind() {
        return kind;
    }

    /** What is wrong. */
    public enum Kind {
        /** Not of the format of RFC 1952 and RFC 1951, or a header beyond the bound. */
        Syntax,
        /** Ends before its trailer does. */
        Truncated,
        /** Something follows the first member, another member too: decoders disagree on whether it counts. */
        TrailingBytes,
        /** Checksum or size of the trailer are not those of the content. */
        Checksum,
        /** The content is larger than allowed. */
        TooLarge,
        /** The content is so much larger than its compressed form that it can only be there to exhaust a reader. */
        Ratio
    }
}
