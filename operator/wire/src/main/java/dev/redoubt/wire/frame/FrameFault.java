package dev.redoubt.wire.frame;

/** A stream that cannot be read on. Holds nothing of it. */
public final class FrameFault extends Exception {
    public FrameFault(String message) {
        super(message, null, false, false);
    }
}
