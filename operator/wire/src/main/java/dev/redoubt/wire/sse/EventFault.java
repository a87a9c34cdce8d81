package dev.redoubt.wire.sse;

/** A stream of events that cannot be read on. Holds nothing of it. */
public final class EventFault extends Exception {
    EventFault(String message) {
        super(message, null, false, false);
    }
}
