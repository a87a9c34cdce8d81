package dev.redoubt.sidecar;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * Which configuration counts, the pushed one or the mounted one. A push reaches the guard within a second, the mount
 * of the same revision up to two minutes later, and may show older revisions before it. So:
 *
 * <ul>
 *   <li>a push always counts;
 *   <li>until the mount has shown the pushed revision, a mounted one that a push replaced is late, and ignored;
 *   <li>until then, another mounted one is believed only when it still stands there after the grace time;
 *   <li>once the mount has shown the pushed revision, every change of the mount is news.
 * </ul>
 *
 * So a quarantine that was pushed is never undone by a file that is on its way, and a push that was followed by a
 * change which could not be pushed does not block that change for ever. A restart begins with the mount.
 */
final class Precedence {
    /** Several times the kubelet's sync period. */
    static final Duration GRACE = Duration.ofMinutes(5);

    private static final int MOST_REMEMBERED = 64;

    private final LongSupplier clock;
    private final Set<String> replaced = new LinkedHashSet<>();
    private String awaited;
    private long pushedAt;

    /** @param clock monotonic, in nanoseconds */
    Precedence(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * A push has come into force.
     *
     * @param before the revision that was in force until then, {@code null} for none
     */
    void pushed(String revision, String before) {
        if (before != null && !before.equals(revision)) {
            replaced.add(before);
            if (replaced.size() > MOST_REMEMBERED) {
                replaced.remove(replaced.iterator().next());
            }
        }
        replaced.remove(revision);
        awaited = revision;
        pushedAt = clock.getAsLong();
    }

    /** Whether the revision that the mount shows now may come into force. */
    boolean believes(String mounted) {
        if (awaited == null) {
            return true;
        }
        if (mounted.equals(awaited)) {
            awaited = null;
            replaced.clear();
            return true;
        }
        return !replaced.contains(mounted) && clock.getAsLong() - pushedAt >= GRACE.toNanos();
    }
}
