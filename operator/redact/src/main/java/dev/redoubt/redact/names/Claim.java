package dev.redoubt.redact.names;

import dev.redoubt.policy.Entity;

/**
 * What a phrase is taken for.
 *
 * @param entity what
 * @param end where it ends
 * @param score 0 to 1; decides between claims to the same bytes
 */
record Claim(Entity entity, int end, double score) {
    /** The longer of two claims, of equally long ones the better; either may be null. */
    static Claim better(Claim one, Claim other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        if (one.end != other.end) {
            return one.end > other.end ? one : other;
        }
        return one.score >= other.score ? one : other;
    }
}
