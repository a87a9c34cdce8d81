package dev.redoubt.wire;

import java.util.Objects;

/** What becomes of a message. */
public sealed interface Outcome {
    /** What was found and done; of a refused message, up to the refusal. */
    Report report();

    /**
     * It goes on.
     *
     * @param body the bytes to send; the very array that came in where nothing was changed
     * @param status HTTP status of an answer that became another one; 0 where the status stays
     */
    record Forward(byte[] body, Report report, int status) implements Outcome {
        public Forward {
            Objects.requireNonNull(body, "body");
            Objects.requireNonNull(report, "report");
        }

        /** With the status that it has. */
        public Forward(byte[] body, Report report) {
            this(body, report, 0);
        }
    }

    /** It goes nowhere. */
    record Refused(Refusal refusal, Report report) implements Outcome {
        public Refused {
            Objects.requireNonNull(refusal, "refusal");
            Objects.requireNonNull(report, "report");
        }
    }
}
