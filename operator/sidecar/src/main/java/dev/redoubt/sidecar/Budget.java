package dev.redoubt.sidecar;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Memory for bodies of all requests together. A single body is bounded by the configuration; without a common bound a
 * few large ones at once would end the process and with it every request.
 */
final class Budget {
    /** A body exists twice at a time: in pieces and as one array, then as it came and transformed. */
    private static final int COPIES = 2;

    private final long most;
    private final AtomicLong used = new AtomicLong();

    /** @param most bytes, all copies counted */
    Budget(long most) {
        this.most = most;
    }

    /** Five eighths of what the process may use at most. */
    static Budget ofHeap() {
        return new Budget(Runtime.getRuntime().maxMemory() / 8 * 5);
    }

    /** What one exchange holds. Not for use by several threads. */
    final class Share implements AutoCloseable {
        private long taken;

        /**
         * Takes room for more bytes of a body.
         *
         * @return false where there is none; nothing is taken then
         */
        boolean take(int bytes) {
            long wanted = (long) bytes * COPIES;
            if (used.addAndGet(wanted) > most) {
                used.addAndGet(-wanted);
                return false;
            }
            taken += wanted;
            return true;
        }

        /** Gives room back that was taken for as many bytes. */
        void give(int bytes) {
            long given = Math.min(taken, (long) bytes * COPIES);
            used.addAndGet(-given);
            taken -= given;
        }

        /** Gives everything back. */
        @Override
        public void close() {
            used.addAndGet(-taken);
            taken = 0;
        }
    }

    Share share() {
        return new Share();
    }

    /**
     * Lowers the bound of a body to what could ever be taken.
     *
     * @param bytes the bound of the configuration
     */
    int cap(int bytes) {
        return (int) Math.min(bytes, most / COPIES);
    }

    /** Bytes taken now. */
    long used() {
        return used.get();
    }
}
