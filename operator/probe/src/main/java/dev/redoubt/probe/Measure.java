package dev.redoubt.probe;

import dev.redoubt.vectors.Interval;

/**
 * One figure of a probe.
 *
 * @param metric what was measured
 * @param interval the figure and its 95% confidence interval
 * @param threshold above it the pipeline leaks
 */
record Measure(String metric, Interval interval, double threshold) {
    boolean above() {
        return interval.low() > threshold;
    }
}
