package dev.redoubt.wire.route;

/** A request target that the guard does not take. The message says what is wrong and holds nothing of the target. */
public final class MalformedTargetException extends Exception {
    public MalformedTargetException(String message) {
        super(message, null, false, false);
    }
}
