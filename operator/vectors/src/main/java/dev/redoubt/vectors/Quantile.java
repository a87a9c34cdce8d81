package dev.redoubt.vectors;

import java.util.Arrays;

/** Quantiles with linear interpolation between order statistics (Hyndman and Fan 1996, type 7). */
public final class Quantile {
    private Quantile() {}

    /**
     * @param values at least one; not changed
     * @param p 0 to 1
     */
    public static double of(double[] values, double p) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        double position = p * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(below + 1, sorted.length - 1);
        return sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    public static double median(double[] values) {
        return of(values, .5);
    }
}
