package dev.redoubt.sidecar;

import io.netty.util.concurrent.ScheduledFuture;
import io.vertx.core.impl.ContextInternal;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Ends what takes too long, each after the same time. One timer watches over the eldest instead of one for each: nearly all
 * of them end in time. For use on the event loop of one context.
 */
final class Deadlines {
    private final ContextInternal context;
    private final long nanos;
    /** Before the eldest and behind the youngest, which is a ring. */
    private final Deadline ring = new Deadline(null, 0);

    private ScheduledFuture<?> timer;

    Deadlines(ContextInternal context, Duration time) {
        this.context = context;
        this.nanos = time.toNanos();
        ring.before = ring;
        ring.after = ring;
    }

    /** The end of something. */
    static final class Deadline {
        private final Runnable late;
        private final long at;
        private Deadline before;
        private Deadline after;

        private Deadline(Runnable late, long at) {
            this.late = late;
            this.at = at;
        }

        /** It has come to its end by itself. Every further call does nothing. */
        void cancel() {
            if (before != null) {
                before.after = after;
                after.before = before;
                before = null;
                after = null;
            }
        }
    }

    /** @param late what happens after the time, unless it is cancelled */
    Deadline begin(Runnable late) {
        Deadline youngest = new Deadline(late, System.nanoTime() + nanos);
        youngest.before = ring.before;
        youngest.after = ring;
        ring.before.after = youngest;
        ring.before = youngest;
        if (timer == null) {
            watch(nanos);
        }
        return youngest;
    }

    private void watch(long delay) {
        timer = context.nettyEventLoop().schedule(() -> context.dispatch(at -> look()), delay, TimeUnit.NANOSECONDS);
    }

    private void look() {
        long now = System.nanoTime();
        timer = null;
        while (ring.after != ring && ring.after.at - now <= 0) {
            Deadline eldest = ring.after;
            eldest.cancel();
            eldest.late.run();
        }
        if (timer == null && ring.after != ring) {
            watch(ring.after.at - now);
        }
    }
}
