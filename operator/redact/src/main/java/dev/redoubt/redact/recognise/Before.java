package dev.redoubt.redact.recognise;

/**
 * What a reader of the redacted text sees to the left of a candidate. It is the output, not the input: so a text that is
 * redacted again is judged as it was the first time.
 */
@FunctionalInterface
public interface Before {
    /** The byte at a distance, 1 being the nearest, as 0 to 255; -1 where the text begins or memory of it ends. */
    int at(int distance);

    /**
     * Copies the nearest bytes to the end of an array.
     *
     * @param count as many of them as there are, the others are 0
     */
    default void copy(int count, byte[] to) {
        for (int distance = 1; distance <= count; distance++) {
            to[to.length - distance] = (byte) Math.max(0, at(distance));
        }
    }
}
