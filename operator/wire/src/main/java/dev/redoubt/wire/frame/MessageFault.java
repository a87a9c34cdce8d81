package dev.redoubt.wire.frame;

/**
 * Bytes are not a message that the guard accepts. Carries where and why, never any of the bytes, and no stack trace:
 * hostile input is ordinary here.
 */
public abstract class MessageFault extends Exception {
    private final int offset;

    protected MessageFault(Enum<?> kind, int offset) {
        super(kind + " at byte " + offset, null, false, false);
        this.offset = offset;
    }

    /** What a refusal says of it, such as {@code JSON Syntax}. */
    public abstract String rule();

    /** Offset in bytes from the start of the array that was read. */
    public int offset() {
        return offset;
    }
}
