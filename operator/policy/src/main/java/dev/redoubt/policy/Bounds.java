package dev.redoubt.policy;

/**
 * Sizes beyond which a message is refused or its request is made smaller.
 *
 * @param requestBytes the largest request body (413 beyond)
 * @param responseBytes the largest response body that is not a stream (502 beyond)
 * @param depth the deepest nesting of a JSON value (400 or 502 beyond)
 * @param offset the most results that a request skips; beyond it is bulk export
 * @param candidates the most candidates that a search looks at; lowered beyond
 */
public record Bounds(int requestBytes, int responseBytes, int depth, int offset, int candidates) {
    private static final int MOST_SKIPPED = 1000;
    private static final int MOST_CANDIDATES = 1000;

    /** 32 MiB in either direction, 64 levels, 1000 results skipped, 1000 candidates. */
    public static final Bounds DEFAULT = new Bounds(32 << 20, 32 << 20, 64);

    public Bounds {
        if (requestBytes < 1 || responseBytes < 1 || depth < 1 || offset < 1 || candidates < 1) {
            throw new IllegalArgumentException("bounds are at least 1");
        }
    }

    /** Of these sizes, and the default number of results skipped and candidates. */
    public Bounds(int requestBytes, int responseBytes, int depth) {
        this(requestBytes, responseBytes, depth, MOST_SKIPPED, MOST_CANDIDATES);
    }
}
