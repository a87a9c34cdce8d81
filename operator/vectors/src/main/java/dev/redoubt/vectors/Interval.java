package dev.redoubt.vectors;

/**
 * An estimate with its 95% confidence interval.
 *
 * @param value the estimate on the whole sample
 * @param low lower end
 * @param high upper end
 */
public record Interval(double value, double low, double high) {}
