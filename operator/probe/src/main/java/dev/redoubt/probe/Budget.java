package dev.redoubt.probe;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** Queries and time that remain for an attack. */
final class Budget {
    private final Clock clock;
    private final Instant start;
    private final Instant deadline;
    private int remaining;
    private int spent;

    Budget(Clock clock, int queries, Duration time) {
        this.clock = clock;
        start = clock.instant();
        deadline = start.plus(time);
        remaining = queries;
    }

    /**
     * A part of what remains.
     *
     * @param share 0 to 1
     */
    Budget share(double share) {
        return new Budget(clock, (int) Math.floor(remaining * share), Duration.ofMillis((long)
                (timeLeft().toMillis() * share)));
    }

    /** Books what a {@link #share} has spent. */
    void settle(Budget part) {
        remaining -= part.spent;
        spent += part.spent;
    }

    void spend(int queries) throws AttackException.BudgetSpent {
        checkTime();
        if (queries > remaining) {
            throw new AttackException.BudgetSpent("the budget of queries is spent after " + spent);
        }
        remaining -= queries;
        spent += queries;
    }

    void checkTime() throws AttackException.BudgetSpent {
        if (timeLeft().isZero()) {
            throw new AttackException.BudgetSpent("the time is up after " + spent + " queries");
        }
    }

    /** Never negative. */
    Duration timeLeft() {
        Duration left = Duration.between(clock.instant(), deadline);
        return left.isNegative() ? Duration.ZERO : left;
    }

    Duration elapsed() {
        return Duration.between(start, clock.instant());
    }

    int spent() {
        return spent;
    }

    int remaining() {
        return remaining;
    }
}
