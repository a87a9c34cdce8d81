package dev.redoubt.sidecar;

import dev.redoubt.wire.ContentCoding;

/**
 * A body as it came. Its size decoded is known before it is, so that memory can be asked for.
 *
 * @param bytes all of it
 * @param coding what it is encoded by
 */
record Received(byte[] bytes, ContentCoding coding) {
    /**
     * Takes room for what it decodes to.
     *
     * @param most bytes, the bound of the configuration
     * @param tooLarge what a body beyond it is called
     * @return why there is no room; {@code null} where there is
     */
    Problem admit(int most, Reason tooLarge, Budget.Share memory) {
        long room = coding.room(bytes);
        if (room > most) {
            return Problem.of(tooLarge, null, "bounds");
        }
        return memory.take((int) room) ? null : Problem.of(Reason.Overloaded).retryAfter(1);
    }

    /** How many bytes work on it may go through. */
    int work() {
        return (int) Math.min(Integer.MAX_VALUE, coding.work(bytes.length));
    }

    /** How many bytes it decodes to. */
    int content() {
        return (int) Math.max(bytes.length, coding.room(bytes));
    }
}
