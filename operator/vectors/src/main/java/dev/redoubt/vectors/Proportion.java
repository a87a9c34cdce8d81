package dev.redoubt.vectors;

/**
 * A share of independent trials.
 *
 * @param hits trials that succeeded
 * @param trials all trials, at least 1
 */
public record Proportion(int hits, int trials) {
    private static final double Z = 1.959963984540054;

    public Proportion {
        if (trials < 1 || hits < 0 || hits > trials) {
            throw new IllegalArgumentException(hits + " of " + trials + " is no proportion");
        }
    }

    /** 95% interval by Wilson (1927). */
    public Interval wilson() {
        double n = trials;
        double p = hits / n;
        double centre = (p + Z * Z / (2 * n)) / (1 + Z * Z / n);
        double half = Z / (1 + Z * Z / n) * Math.sqrt(p * (1 - p) / n + Z * Z / (4 * n * n));
        return new Interval(p, Math.max(0, centre - half), Math.min(1, centre + half));
    }

    /**
     * The interval of a report: {@link #wilson}, but where nothing was hit the upper end is 3/n (rule of three,
     * Hanley and Lippman-Hand 1983).
     */
    public Interval interval() {
        return hits == 0 ? new Interval(0, 0, Math.min(1, 3.0 / trials)) : wilson();
    }
}
