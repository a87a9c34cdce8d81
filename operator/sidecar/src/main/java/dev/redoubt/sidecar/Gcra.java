package dev.redoubt.sidecar;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The generic cell rate algorithm (ITU-T I.371) of one client: requests drain at an even rate, and a client that was
 * quiet for a minute may send a minute's worth at once. So the first {@code n} requests after a quiet minute pass,
 * and within any window of {@code w} seconds no more than {@code n + n * w / 60} do.
 *
 * <p>Lock-free: concurrent callers never pass more than the rate allows.
 */
final class Gcra {
    private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

    /** The theoretical arrival time: when all that was let through has drained, in nanoseconds of the caller's clock. */
    private final AtomicLong drained;

    /** @param now the present, in nanoseconds of a monotonic clock */
    Gcra(long now) {
        drained = new AtomicLong(now);
    }

    /**
     * Asks for one request.
     *
     * @param perMinute the rate, at least 1; it may differ from call to call because a configuration may change
     * @param now the present, in nanoseconds of the same clock
     * @return 0 where the request may pass, else the nanoseconds after which one may, greater than 0
     */
    long ask(int perMinute, long now) {
        long interval = MINUTE / perMinute;
        while (true) {
            long before = drained.get();
            // differences, not comparisons: System.nanoTime() may overflow
            long backlog = Math.max(0, before - now);
            long excess = backlog + interval - interval * perMinute;
            if (excess > 0) {
                return excess;
            }
            if (drained.compareAndSet(before, now + backlog + interval)) {
                return 0;
            }
        }
    }
}
