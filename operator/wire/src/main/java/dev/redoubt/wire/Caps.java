package dev.redoubt.wire;

import dev.redoubt.policy.GuardConfig;

/**
 * How much one request may ask for.
 *
 * @param results the most results
 * @param offset the most results that are skipped
 * @param candidates the most candidates that a search looks at
 */
record Caps(int results, int offset, int candidates) {
    static final int UNLIMITED = Integer.MAX_VALUE;

    /** @param bulk whether the client may read any number of records */
    static Caps of(GuardConfig config, boolean bulk) {
        boolean free = bulk || config.retrieval() == null;
        return new Caps(
                free ? UNLIMITED : config.retrieval().maxResults(),
                free ? UNLIMITED : config.bounds().offset(),
                free ? UNLIMITED : config.bounds().candidates());
    }
}
