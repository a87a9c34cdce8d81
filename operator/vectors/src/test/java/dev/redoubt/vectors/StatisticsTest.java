package dev.redoubt.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class StatisticsTest {
    @Test
    void wilsonIntervalIsThatOfTheLiterature() {
        // Newcombe 1998, table I: 81/263 and 15/148
        Interval many = new Proportion(81, 263).wilson();
        assertThat(many.low()).isCloseTo(.2553, within(5e-5));
        assertThat(many.high()).isCloseTo(.3662, within(5e-5));
        Interval few = new Proportion(15, 148).wilson();
        assertThat(few.low()).isCloseTo(.0624, within(5e-5));
        assertThat(few.high()).isCloseTo(.1605, within(5e-5));
    }

    @Test
    void nothingHitStillLeavesThreeInN() {
        assertThat(new Proportion(0, 24).interval()).isEqualTo(new Interval(0, 0, .125));
        assertThat(new Proportion(0, 2).interval().high()).isEqualTo(1);
        assertThat(new Proportion(1, 24).interval()).isEqualTo(new Proportion(1, 24).wilson());
    }

    @Test
    void moreHitsThanTrialsAreNoProportion() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Proportion(3, 2));
        assertThatIllegalArgumentException().isThrownBy(() -> new Proportion(0, 0));
    }

    @Test
    void quantilesInterpolateBetweenOrderStatistics() {
        double[] values = {4, 1, 3, 2};
        assertThat(Quantile.of(values, 0)).isEqualTo(1);
        assertThat(Quantile.of(values, 1)).isEqualTo(4);
        assertThat(Quantile.median(values)).isEqualTo(2.5);
        assertThat(Quantile.of(values, .1)).isCloseTo(1.3, within(1e-12));
        assertThat(values).containsExactly(4, 1, 3, 2);
    }

    @Test
    void bootstrapOfAMeanIsAsWideAsTheTheorySays() {
        Random random = new Random(3);
        double[] sample = random.doubles(400).toArray();
        Interval mean = new Bootstrap(11).of(sample.length, at -> mean(sample, at));
        double theory = 2 * 1.96 * Math.sqrt(1.0 / 12 / sample.length);
        assertThat(mean.value()).isCloseTo(Arrays.stream(sample).average().orElseThrow(), within(1e-12));
        assertThat(mean.high() - mean.low()).isCloseTo(theory, within(theory * .12));
        assertThat(mean.value()).isBetween(mean.low(), mean.high());
    }

    @Test
    void oneSeedGivesOneIntervalAndPairsTwoStatistics() {
        double[] a = new Random(1).doubles(60).toArray();
        double[] shifted = Arrays.stream(a).map(x -> x + .25).toArray();
        Bootstrap bootstrap = new Bootstrap(5);
        assertThat(bootstrap.of(60, at -> mean(a, at))).isEqualTo(new Bootstrap(5).of(60, at -> mean(a, at)));
        assertThat(bootstrap.of(60, at -> mean(a, at))).isNotEqualTo(new Bootstrap(6).of(60, at -> mean(a, at)));
        Interval difference = bootstrap.of(60, at -> mean(shifted, at) - mean(a, at));
        assertThat(difference.high() - difference.low()).isLessThan(1e-12);
    }

    @Test
    void intervalNearlyAlwaysHoldsTheTruth() {
        int held = 0;
        for (int trial = 0; trial < 200; trial++) {
            double[] sample = new Random(trial).doubles(50).toArray();
            Interval mean = new Bootstrap(trial, 300).of(sample.length, at -> mean(sample, at));
            held += mean.low() <= .5 && .5 <= mean.high() ? 1 : 0;
        }
        assertThat(held).isBetween(178, 199);
    }

    @Test
    void participationRatioCountsTheDirectionsInUse() {
        assertThat(ParticipationRatio.of(new double[][] {{1, 1}, {2, 2}, {5, 5}}))
                .isCloseTo(1, within(1e-12));
        assertThat(ParticipationRatio.of(new double[][] {{1, 0}, {-1, 0}, {0, 1}, {0, -1}}))
                .isCloseTo(2, within(1e-12));
        assertThat(ParticipationRatio.of(new double[][] {{1, 2}, {1, 2}})).isZero();
        Random random = new Random(2);
        double[][] ball = new double[4000][10];
        for (double[] row : ball) {
            Arrays.setAll(row, i -> random.nextGaussian());
        }
        assertThat(ParticipationRatio.of(ball)).isCloseTo(10, within(.2));
    }

    @Test
    void normalQuantilesAreThoseOfTheTables() {
        assertThat(NormalQuantile.of(.5)).isZero();
        assertThat(NormalQuantile.of(.975)).isCloseTo(1.959963985, within(1e-8));
        assertThat(NormalQuantile.of(.001)).isCloseTo(-3.090232306, within(1e-8));
        assertThat(NormalQuantile.of(.999)).isCloseTo(3.090232306, within(1e-8));
        assertThatIllegalArgumentException().isThrownBy(() -> NormalQuantile.of(1));
    }

    @Test
    void cosineOfParallelOppositeOrthogonalAndZeroVectors() {
        assertThat(Cosine.between(new double[] {1, 2}, new double[] {2, 4})).isCloseTo(1, within(1e-12));
        assertThat(Cosine.between(new double[] {1, 2}, new double[] {-1, -2})).isCloseTo(-1, within(1e-12));
        assertThat(Cosine.between(new double[] {1, 0}, new double[] {0, 3})).isZero();
        assertThat(Cosine.between(new double[] {0, 0}, new double[] {0, 3})).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> Cosine.between(new double[1], new double[2]));
    }

    private static double mean(double[] values, int[] at) {
        double sum = 0;
        for (int i : at) {
            sum += values[i];
        }
        return sum / at.length;
    }
}
