package dev.redoubt.vectors;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Percentile bootstrap (Efron 1979) with a fixed seed: 95% interval from the 2.5th and 97.5th percentile of the
 * statistic over resamples. Every statistic of one instance and one sample size sees the same resamples, so that
 * differences of two statistics are paired.
 */
public final class Bootstrap {
    /** Resamples of a verdict. */
    public static final int RESAMPLES = 1000;

    private final long seed;
    private final int resamples;

    public Bootstrap(long seed) {
        this(seed, RESAMPLES);
    }

    Bootstrap(long seed, int resamples) {
        this.seed = seed;
        this.resamples = resamples;
    }

    /**
     * @param size size of the sample, at least 1
     * @param statistic computed from indices into the sample; an index may occur repeatedly
     */
    public Interval of(int size, ToDoubleFunction<int[]> statistic) {
        if (size < 1) {
            throw new IllegalArgumentException("an empty sample has no interval");
        }
        int[] indices = new int[size];
        Arrays.setAll(indices, i -> i);
        double value = statistic.applyAsDouble(indices);
        double[] replicates = new double[resamples];
        SplittableRandom random = new SplittableRandom(seed);
        for (int r = 0; r < resamples; r++) {
            Arrays.setAll(indices, i -> random.nextInt(size));
            replicates[r] = statistic.applyAsDouble(indices);
        }
        return new Interval(value, Quantile.of(replicates, .025), Quantile.of(replicates, .975));
    }
}
