package dev.redoubt.policy;

/**
 * Sizes beyond which a message is refused.
 *
 * @param requestBytes the largest request body (413 beyond)
 * @param responseBytes the largest response body that is not a stream (502 beyond)
 * @param depth the deepest nesting of a JSON value (400 or 502 beyond)
 */
public record Bounds(int requestBytes, int responseBytes, int depth) {
    /** 32 MiB in either direction, 64 levels. */
    public static final Bounds DEFAULT = new Bounds(32 << 20, 32 << 20, 64);

    public Bounds {
        if (requestBytes < 1 || responseBytes < 1 || depth < 1) {
            throw new IllegalArgumentException("bounds are at least 1");
        }
    }
}
