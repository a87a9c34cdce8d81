package dev.redoubt.wire.path;

/** What stands in place of a vector cannot be read as one. Holds nothing of it. */
public final class UnfitVectorException extends Exception {
    public UnfitVectorException() {
        super("not a vector of numbers", null, false, false);
    }
}
