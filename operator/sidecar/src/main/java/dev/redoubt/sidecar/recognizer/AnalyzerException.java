package dev.redoubt.sidecar.recognizer;

import java.util.Locale;

/** A recogniser did not judge texts. Says nothing of them, and nothing of what the recogniser said. */
public final class AnalyzerException extends Exception {
    private final Kind kind;

    AnalyzerException(Kind kind) {
        super(kind.label());
        this.kind = kind;
    }

    /** Why. */
    public Kind kind() {
        return kind;
    }

    /** Why a recogniser did not judge texts. */
    public enum Kind {
        /** Its answer was not there in time. */
        Timeout,
        /** It cannot be reached, or broke off. */
        Unreachable,
        /** Its answer is not status 200. */
        Status,
        /** Its answer is none to what it was asked. */
        Invalid,
        /** It failed again and again, and is not asked for a while. */
        Open,
        /** Too many wait for it. */
        Overloaded,
        /** There is more text than it is ever asked to judge. */
        TooLarge;

        /** What metrics call it. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}
