package dev.redoubt.controller.status;

import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.ConditionType;
import java.util.Objects;

/**
 * What is to be said by one condition.
 *
 * @param type which condition
 * @param truth whether it holds
 * @param reason why, of the closed set
 * @param message a sentence that names the object at fault and the next step
 */
public record Finding(ConditionType type, Truth truth, ConditionReason reason, String message) {
    public Finding {
        Objects.requireNonNull(type, "type");
        Objects.requireNonNull(truth, "truth");
        Objects.requireNonNull(reason, "reason");
        Objects.requireNonNull(message, "message");
    }

    /** It holds, and that was observed. */
    public static Finding yes(ConditionType type, ConditionReason reason, String message) {
        return new Finding(type, Truth.TRUE, reason, message);
    }

    /** It does not hold. */
    public static Finding no(ConditionType type, ConditionReason reason, String message) {
        return new Finding(type, Truth.FALSE, reason, message);
    }

    /** Nobody can tell. */
    public static Finding unknown(ConditionType type, ConditionReason reason, String message) {
        return new Finding(type, Truth.UNKNOWN, reason, message);
    }

    /** Whether it was observed to hold. */
    public boolean holds() {
        return truth == Truth.TRUE;
    }
}
