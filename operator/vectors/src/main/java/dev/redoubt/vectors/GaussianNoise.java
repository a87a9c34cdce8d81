package dev.redoubt.vectors;

/**
 * Adds normally distributed noise to every component. A weak defence: it hides wording long before it hides names and
 * numbers, and costs recall.
 *
 * <p>Source: Morris et al., Text embeddings reveal (almost) as much as text, 2023, section 7.
 */
public final class GaussianNoise implements VectorProtection {
    private static final double LARGEST_SIGMA = 0.03;

    private final double sigma;
    private final KeyedNoise noise;

    /**
     * @param key 32 bytes, uniformly random
     * @param sigma standard deviation for a vector of length 1, greater than 0 and at most 0.03
     */
    public GaussianNoise(byte[] key, double sigma) {
        if (!(sigma > 0 && sigma <= LARGEST_SIGMA)) {
            throw new IllegalArgumentException("sigma is not above 0 and at most " + LARGEST_SIGMA);
        }
        this.sigma = sigma;
        this.noise = new KeyedNoise(key);
    }

    @Override
    public float[] protect(float[] vector) {
        float deviation = (float) (sigma * Lengths.of(vector));
        float[] result = vector.clone();
        byte[] stream = noise.bytes(noise.nonce(vector), vector.length * Short.BYTES);
        for (int i = 0; i < result.length; i++) {
            result[i] += deviation * KeyedNoise.normal(stream, i * Short.BYTES);
        }
        return result;
    }
}
