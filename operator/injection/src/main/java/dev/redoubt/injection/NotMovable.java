package dev.redoubt.injection;

import dev.redoubt.injection.InjectionDecision.RejectReason;

/** Something of a pod stands in the way of its guard. The message says what, and the next step. */
final class NotMovable extends Exception {
    private final RejectReason reason;

    NotMovable(RejectReason reason, String message) {
        super(message, null, false, false);
        this.reason = reason;
    }

    RejectReason reason() {
        return reason;
    }
}
