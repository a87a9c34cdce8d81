package dev.redoubt.policy;

/**
 * Sizes beyond which a message is refused, and numbers beyond which it asks for too much.
 *
 * @param requestBytes the largest request body (413 beyond)
 * @param responseBytes the largest response body that is not a stream (502 beyond)
 * @param depth the deepest nesting of a JSON value (400 or 502 beyond)
 * @param offset the most results that a request may skip: beyond, it is an export; {@code null} for {@link #REACH}
 * @param candidates the most candidates that a search may look at: more are lowered to it; {@code null} for {@link
 *     #REACH}
 */
public record Bounds(int requestBytes, int responseBytes, int depth, Integer offset, Integer candidates) {
    /** How many results a request may skip, and how many candidates it may look at, where nothing else is said. */
    public static final int REACH = 1000;

    /** 32 MiB in either direction, 64 levels. */
    public static final Bounds DEFAULT = new Bounds(32 << 20, 32 << 20, 64);

    public Bounds {
        offset = offset == null ? REACH : offset;
        candidates = candidates == null ? REACH : candidates;
        if (requestBytes < 1 || responseBytes < 1 || depth < 1 || candidates < 1 || offset < 0) {
            throw new IllegalArgumentException("bounds are at least 1");
        }
    }

    /** Bounds of sizes, with the ordinary ones of numbers. */
    public Bounds(int requestBytes, int responseBytes, int depth) {
        this(requestBytes, responseBytes, depth, null, null);
    }
}
