package dev.redoubt.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class VectorProtectionProperties {
    private static byte[] key(int fill) {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) fill);
        return key;
    }

    private static float[] vector(Random random, int dimensions, double length) {
        float[] vector = new float[dimensions];
        for (int i = 0; i < dimensions; i++) {
            vector[i] = (float) random.nextGaussian();
        }
        double now = Lengths.of(vector);
        for (int i = 0; i < dimensions; i++) {
            vector[i] *= (float) (length / now);
        }
        return vector;
    }

    private static double distance(float[] one, float[] other) {
        float[] difference = new float[one.length];
        for (int i = 0; i < one.length; i++) {
            difference[i] = one[i] - other[i];
        }
        return Lengths.of(difference);
    }

    @Property(tries = 300)
    void aRotationKeepsDistances(@ForAll long seed, @ForAll @IntRange(min = 1, max = 700) int d) {
        Random random = new Random(seed);
        byte[] bits = new byte[Rotation.bytes(d)];
        random.nextBytes(bits);
        Rotation rotation = new Rotation(d, bits);
        float[] one = vector(random, d, 1);
        float[] other = vector(random, d, 1);
        double before = distance(one, other);
        rotation.apply(one);
        rotation.apply(other);
        assertThat(Lengths.of(one)).isCloseTo(1, within(1e-4));
        assertThat(distance(one, other)).isCloseTo(before, within(1e-4));
    }

    @Test
    void aRotationMovesEveryComponentEverywhere() {
        for (int d : new int[] {384, 768, 1024, 1536}) {
            byte[] bits = new byte[Rotation.bytes(d)];
            new Random(d).nextBytes(bits);
            float[] axis = new float[d];
            axis[d / 2] = 1;
            new Rotation(d, bits).apply(axis);
            double largest = 0;
            for (float component : axis) {
                largest = Math.max(largest, Math.abs(component));
            }
            assertThat(largest)
                    .as("largest component of a rotated axis, %d dimensions", d)
                    .isLessThan(6 / Math.sqrt(d));
        }
    }

    /** What the paper promises: the noise is no longer than β/4, so distances change by less than β/2. */
    @Property(tries = 300)
    void scaleAndPerturbKeepsDistancesWithinHalfOfBeta(
            @ForAll long seed,
            @ForAll @IntRange(min = 2, max = 400) int d,
            @ForAll @DoubleRange(min = 0.05, max = 3) double beta,
            @ForAll @DoubleRange(min = 0.01, max = 100) double length) {
        Random random = new Random(seed);
        VectorProtection protection = new ScaleAndPerturb(key(1), beta);
        float[] one = vector(random, d, length);
        float[] other = vector(random, d, length);
        float[] protectedOne = protection.protect(one);
        float[] protectedOther = protection.protect(other);
        double error = length * 1e-3;
        assertThat(Math.abs(distance(protectedOne, protectedOther) - distance(one, other)))
                .isLessThanOrEqualTo(length * beta / 2 + error);
        assertThat(Math.abs(Lengths.of(protectedOne) - length)).isLessThanOrEqualTo(length * beta / 4 + error);
        assertThat(protection.protect(one))
                .as("an unchanged vector has no fresh noise")
                .isEqualTo(protectedOne);
        assertThat(new ScaleAndPerturb(key(2), beta).protect(one)).isNotEqualTo(protectedOne);
    }

    @Test
    void noiseHasTheDeviationThatIsAskedFor() {
        Random random = new Random(7);
        VectorProtection protection = new GaussianNoise(key(1), 0.02);
        double square = 0;
        for (int i = 0; i < 200; i++) {
            float[] vector = vector(random, 500, 2);
            double noise = distance(vector, protection.protect(vector));
            square += noise * noise / 500;
        }
        assertThat(Math.sqrt(square / 200)).isCloseTo(0.04, within(0.0005));
    }

    @Test
    void theNoiseOfTwoVectorsHasNothingInCommon() {
        VectorProtection protection = new GaussianNoise(key(1), 0.03);
        float[] one = vector(new Random(1), 1000, 1);
        float[] other = one.clone();
        other[0] = Math.nextUp(other[0]);
        float[] noisyOne = protection.protect(one);
        float[] noisyOther = protection.protect(other);
        double product = 0;
        for (int i = 0; i < one.length; i++) {
            product += (noisyOne[i] - one[i]) * (noisyOther[i] - other[i]);
        }
        assertThat(Math.abs(product) / (0.03 * 0.03 * 1000)).isLessThan(0.15);
    }

    @Test
    void zeroStaysZeroAndTheTwoZerosAreOne() {
        VectorProtection protection = new ScaleAndPerturb(key(1), 1);
        assertThat(protection.protect(new float[4])).containsExactly(0, 0, 0, 0);
        assertThat(protection.protect(new float[] {1, -0f})).isEqualTo(protection.protect(new float[] {1, 0f}));
        assertThat(protection.protect(new float[0])).isEmpty();
    }

    @Test
    void whatIsNotFiniteAndStrengthsThatLoseRecallAreRefused() {
        VectorProtection protection = new ScaleAndPerturb(key(1), 1);
        for (float bad : new float[] {Float.NaN, Float.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> protection.protect(new float[] {1, bad}))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> new ScaleAndPerturb(key(1), 3.1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ScaleAndPerturb(key(1), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new GaussianNoise(key(1), 0.031)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new GaussianNoise(new byte[16], 0.01)).isInstanceOf(IllegalArgumentException.class);
    }
}
