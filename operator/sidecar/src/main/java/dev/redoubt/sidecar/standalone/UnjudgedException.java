package dev.redoubt.sidecar.standalone;

import dev.redoubt.sidecar.recognizer.Recognizers.Failure;

/** A recogniser did not judge a text that must not go on without. */
public final class UnjudgedException extends Exception {
    UnjudgedException(String source, int line, Failure failure) {
        super("%s:%d: the recogniser %s did not judge this text (%s)"
                .formatted(
                        source,
                        line,
                        failure.recognizer().name(),
                        failure.kind().label()));
    }
}
