package dev.redoubt.wire.seal;

/** A sealed value cannot be opened. Holds nothing of it, and no stack trace: a store may be full of them. */
public final class SealBroken extends Exception {
    private final Kind kind;

    SealBroken(Kind kind) {
        super(kind.name(), null, false, false);
        this.kind = kind;
    }

    public Kind kind() {
        return kind;
    }

    /** Why. */
    public enum Kind {
        /** It is not of the format. */
        Malformed,
        /** The key ring has no key of its version. */
        UnknownKey,
        /** It was changed, sealed with another key, or belongs to another tenant, collection, record or field. */
        NotAuthentic
    }
}
