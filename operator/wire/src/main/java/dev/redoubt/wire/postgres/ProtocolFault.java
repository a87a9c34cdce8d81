package dev.redoubt.wire.postgres;

/**
 * Bytes are not the PostgreSQL protocol that the guard accepts. Says where and why, never any of the bytes, and has no
 * stack trace: hostile input is ordinary here.
 */
public final class ProtocolFault extends Exception {
    public ProtocolFault(String message) {
        super(message, null, false, false);
    }
}
