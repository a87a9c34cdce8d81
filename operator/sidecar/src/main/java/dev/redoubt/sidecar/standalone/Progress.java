package dev.redoubt.sidecar.standalone;

import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/** Says how far a long work is, every two seconds; says nothing about a short one. */
public final class Progress {
    private static final long INTERVAL = TimeUnit.SECONDS.toNanos(2);

    private final Consumer<String> messages;
    private final LongSupplier clock;
    private long due;

    /** @param clock monotonic, in nanoseconds */
    public Progress(Consumer<String> messages, LongSupplier clock) {
        this.messages = messages;
        this.clock = clock;
        due = clock.getAsLong() + INTERVAL;
    }

    void at(long done, String what) {
        long now = clock.getAsLong();
        if (now - due >= 0) {
            due = now + INTERVAL;
            messages.accept(done + " " + what);
        }
    }
}
