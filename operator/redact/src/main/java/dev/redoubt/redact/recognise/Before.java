package dev.redoubt.redact.recognise;

/**
 * What a reader of the redacted text sees to the left of a candidate. It is the output, not the input: so a text that is
 * redacted again is judged as it was the first time.
 */
@FunctionalInterface
public interface Before {
    /** The byte at a distance, 1 being the nearest, as 0 to 255; -1 where the text begins or memory of it ends. */
    int at(int distance);
}
