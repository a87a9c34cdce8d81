package dev.redoubt.sidecar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The audit on its way to the standard output, one line per decision, written by a thread of its own: the first line at
 * once, those of the next {@value #PAUSE_MILLIS} ms together. Whoever is about to decide takes a {@link Slot} first; while
 * there is none, because the sink is slow or broken, nothing may be decided.
 */
final class AuditLog implements AutoCloseable {
    private static final int SLOTS = 4096;
    private static final Duration RETRY = Duration.ofMillis(200);
    private static final long PAUSE_MILLIS = 2;

    /** What Linux writes to a pipe as a whole or not at all (PIPE_BUF): no line of it is there twice after a failure. */
    private static final int MOST_AT_ONCE = 4096;

    private final OutputStream sink;
    private final int slots;
    private final Semaphore free;
    private final Queue<byte[]> lines = new ConcurrentLinkedQueue<>();
    private final Thread writer;
    private volatile boolean waiting;
    private volatile boolean failing;
    private volatile boolean closing;

    AuditLog(OutputStream sink) {
        this(sink, SLOTS);
    }

    /** @param slots the most decisions that are under way or wait to be written, at least 1 */
    AuditLog(OutputStream sink, int slots) {
        this.sink = sink;
        this.slots = slots;
        free = new Semaphore(slots);
        writer = new Thread(this::drain, "redoubt-audit");
        writer.setDaemon(true);
        writer.start();
    }

    /** Room for one line. Used or given back exactly once; every further call does nothing. */
    final class Slot {
        private boolean spent;

        /** Writes a line, which must not contain line feeds. */
        synchronized void write(byte[] line) {
            if (!spent) {
                spent = true;
                lines.add(line);
                if (waiting) {
                    LockSupport.unpark(writer);
                }
            }
        }
    }

    /** Room for one line, or {@code null} where there is none or the last write failed. */
    Slot reserve() {
        return !failing && free.tryAcquire() ? new Slot() : null;
    }

    /** Whether decisions can be audited now. */
    boolean healthy() {
        return !failing && free.availablePermits() > 0;
    }

    /** Slots that are taken: decisions under way and lines that wait. */
    int used() {
        return slots - free.availablePermits();
    }

    private void drain() {
        try {
            while (!closing || !lines.isEmpty()) {
                if (lines.isEmpty()) {
                    awaitLine();
                } else {
                    writeSome();
                    if (lines.isEmpty() && !closing) {
                        Thread.sleep(PAUSE_MILLIS);
                    }
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitLine() throws InterruptedException {
        waiting = true;
        // whoever adds a line looks at the mark afterwards, so one of the two sees the other
        if (lines.isEmpty() && !closing) {
            LockSupport.parkNanos(this, RETRY.toNanos());
        }
        waiting = false;
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    /** Writes the first lines, as many as go together. */
    private void writeSome() throws InterruptedException {
        int count = 0;
        byte[] line = lines.remove();
        ByteArrayOutputStream together = new ByteArrayOutputStream(MOST_AT_ONCE);
        while (line != null) {
            together.writeBytes(line);
            together.write('\n');
            count++;
            byte[] next = lines.peek();
            line = next != null && together.size() + next.length < MOST_AT_ONCE ? lines.remove() : null;
        }
        write(together.toByteArray());
        free.release(count);
    }

    /** Writes until it succeeds: a line that was decided on is not dropped. */
    private void write(byte[] terminated) throws InterruptedException {
        while (true) {
            try {
                sink.write(terminated);
                sink.flush();
                failing = false;
                return;
            } catch (IOException e) {
                failing = true;
                if (closing) {
                    return;
                }
                Thread.sleep(RETRY.toMillis());
            }
        }
    }

    /** Writes what waits, for two seconds at most. */
    @Override
    public void close() {
        closing = true;
        LockSupport.unpark(writer);
        try {
            writer.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
