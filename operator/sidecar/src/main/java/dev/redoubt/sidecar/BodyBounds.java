package dev.redoubt.sidecar;

import dev.redoubt.policy.Bounds;

/** How large the bodies of one exchange may be, as they come and decoded, and the memory that they take. */
final class BodyBounds implements AutoCloseable {
    /** What a health check may answer: enough for every engine's, too little to carry records. */
    private static final int MOST_HEALTH_BYTES = 16 << 10;

    private final Budget budget;
    private final Bounds bounds;
    private final Budget.Share memory;

    /** @param bounds those of the configuration; {@code null} where there is none, and then no body is taken */
    BodyBounds(Budget budget, Bounds bounds) {
        this.budget = budget;
        this.bounds = bounds;
        this.memory = budget.share();
    }

    /** The largest request body in bytes. */
    int mostOfRequest() {
        return budget.cap(bounds.requestBytes());
    }

    /**
     * The largest answer in bytes.
     *
     * @param health whether it is the answer to a health check
     */
    int mostOfAnswer(boolean health) {
        int most = budget.cap(bounds.responseBytes());
        return health ? Math.min(most, MOST_HEALTH_BYTES) : most;
    }

    Collector requestCollector() {
        return new Collector(mostOfRequest(), memory);
    }

    /** @param health whether it is the answer to a health check */
    Collector answerCollector(boolean health) {
        return new Collector(mostOfAnswer(health), memory);
    }

    /** Takes room for what a request decodes to; tells why there is none. */
    Problem admitRequest(Received request) {
        return request.admit(mostOfRequest(), Reason.RequestTooLarge, memory);
    }

    /** Takes room for what an answer decodes to; tells why there is none. */
    Problem admitAnswer(Received answer, boolean health) {
        return answer.admit(mostOfAnswer(health), Reason.ResponseTooLarge, memory);
    }

    /** Takes room for as many bytes more; false where there is none. */
    boolean take(int bytes) {
        return memory.take(bytes);
    }

    /** Gives room for as many bytes back. */
    void give(int bytes) {
        memory.give(bytes);
    }

    /** Gives the memory back. */
    @Override
    public void close() {
        memory.close();
    }
}
