package dev.redoubt.vectors;

/**
 * A secret rotation of vectors of one number of dimensions, in time d·log d: Hadamard transforms between random changes
 * of signs. Where d is no power of two, two transforms that overlap take turns. Angles and lengths stay as they are.
 *
 * <p>Source: Ailon and Chazelle, The fast Johnson-Lindenstrauss transform, 2009.
 */
final class Rotation {
    private static final int ROUNDS = 3;

    private final int dimensions;
    private final int window;
    private final float scale;
    /** By step: what every component is multiplied by before its transform, the transform's own scale included. */
    private final float[][] signs;

    /** @param bits at least {@code bytes(dimensions)} secret ones */
    Rotation(int dimensions, byte[] bits) {
        this.dimensions = dimensions;
        window = Integer.highestOneBit(dimensions);
        scale = (float) (1 / Math.sqrt(window));
        signs = new float[steps(dimensions)][window];
        int bit = 0;
        for (float[] step : signs) {
            for (int i = 0; i < window; i++, bit++) {
                step[i] = (bits[bit >> 3] >> (bit & 7) & 1) == 0 ? scale : -scale;
            }
        }
    }

    private static int steps(int dimensions) {
        return dimensions == Integer.highestOneBit(dimensions) ? ROUNDS : 2 * ROUNDS;
    }

    /** How many secret bytes a rotation is made of. */
    static int bytes(int dimensions) {
        return steps(dimensions) * Integer.highestOneBit(dimensions) / Byte.SIZE + 1;
    }

    /** Rotates in place. */
    void apply(float[] vector) {
        int last = dimensions - window;
        for (int step = 0; step < signs.length; step++) {
            int from = last > 0 && (step & 1) == 1 ? last : 0;
            float[] sign = signs[step];
            for (int i = 0; i < window; i++) {
                vector[from + i] *= sign[i];
            }
            transform(vector, from);
        }
    }

    /** The Walsh-Hadamard transform of one window, without its scale: two of its steps at once, as long as there are two. */
    private void transform(float[] vector, int from) {
        int end = from + window;
        int quarter = 1;
        for (; quarter << 2 <= window; quarter <<= 2) {
            for (int block = from; block < end; block += quarter << 2) {
                for (int i = block; i < block + quarter; i++) {
                    int j = i + quarter;
                    int k = j + quarter;
                    int l = k + quarter;
                    float sum = vector[i] + vector[j];
                    float difference = vector[i] - vector[j];
                    float otherSum = vector[k] + vector[l];
                    float otherDifference = vector[k] - vector[l];
                    vector[i] = sum + otherSum;
                    vector[j] = difference + otherDifference;
                    vector[k] = sum - otherSum;
                    vector[l] = difference - otherDifference;
                }
            }
        }
        if (quarter < window) {
            for (int i = from; i < from + quarter; i++) {
                float one = vector[i];
                float other = vector[i + quarter];
                vector[i] = one + other;
                vector[i + quarter] = one - other;
            }
        }
    }
}
