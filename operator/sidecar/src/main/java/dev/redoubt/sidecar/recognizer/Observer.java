package dev.redoubt.sidecar.recognizer;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Is told how recognisers do, in names and numbers: nothing of any text. */
public interface Observer {
    /** Tells nobody. */
    Observer NONE = new Observer() {
        @Override
        public void known(String recognizer, BooleanSupplier open) {}

        @Override
        public void asked(String recognizer, String result, Duration time) {}
    };

    /**
     * A recogniser may be asked from now on.
     *
     * @param open whether it is not asked just then, because it failed again and again
     */
    void known(String recognizer, BooleanSupplier open);

    /**
     * A recogniser was to be asked once.
     *
     * @param result {@code answered} or what went wrong
     * @param time that it took
     */
    void asked(String recognizer, String result, Duration time);
}
