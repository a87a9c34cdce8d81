package dev.redoubt.sidecar;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * The audit on its way to the standard output, one line per decision, written by a thread of its own. Whoever is
 * about to decide takes a {@link Slot} first; while there is none, because the sink is slow or broken, nothing may be
 * decided.
 */
final class AuditLog implements AutoCloseable {
    private static final int SLOTS = 4096;
    private static final Duration RETRY = Duration.ofMillis(200);

    private final OutputStream sink;
    private final int slots;
    private final Semaphore free;
    private final BlockingQueue<byte[]> lines;
    private final Thread writer;
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
        lines = new ArrayBlockingQueue<>(slots);
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
                byte[] line = lines.poll(RETRY.toMillis(), TimeUnit.MILLISECONDS);
                if (line != null) {
                    write(line);
                    free.release();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Writes until it succeeds: a line that was decided on is not dropped. */
    private void write(byte[] line) throws InterruptedException {
        byte[] terminated = new byte[line.length + 1];
        System.arraycopy(line, 0, terminated, 0, line.length);
        terminated[line.length] = '\n';
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
        try {
            writer.join(TimeUnit.SECONDS.toMillis(2));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
