package dev.redoubt.wire;

/** Ends the work on a message that is refused. */
final class RefusedException extends Exception {
    private final Refusal refusal;

    RefusedException(Refusal refusal) {
        super(refusal.toString(), null, false, false);
        this.refusal = refusal;
    }

    Refusal refusal() {
        return refusal;
    }
}
