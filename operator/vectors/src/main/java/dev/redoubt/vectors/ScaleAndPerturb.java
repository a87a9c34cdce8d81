package dev.redoubt.vectors;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Scale-and-perturb: c = s·Q·m + λ, a secret rotation Q and noise λ of bounded length, uniform in a ball of the radius
 * s·β/4. Which of two vectors is the nearer one to a third is kept wherever their distances differ by more than β.
 *
 * <p>The scale s is the vector's own length, so β means the same for every embedder: stores that want vectors of length 1
 * would not take another one, and who knows one pair knows the scale anyway. The nonce comes from the vector, so that an
 * unchanged vector has no fresh noise. Lengths are kept within the noise.
 *
 * <p>Source: Fuchsbauer, Ghosal, Hauke and O'Neill, Approximate distance-comparison-preserving symmetric encryption, 2022.
 */
public final class ScaleAndPerturb implements VectorProtection {
    private static final double LARGEST_BETA = 3;

    private final double beta;
    private final byte[] key;
    private final KeyedNoise noise;
    private final Map<Integer, Rotation> rotations = new ConcurrentHashMap<>();

    /**
     * @param key 32 bytes, uniformly random
     * @param beta strength, greater than 0 and at most 3: beyond, recall is lost
     */
    public ScaleAndPerturb(byte[] key, double beta) {
        if (!(beta > 0 && beta <= LARGEST_BETA)) {
            throw new IllegalArgumentException("beta is not above 0 and at most " + LARGEST_BETA);
        }
        this.beta = beta;
        this.key = KeyedNoise.expand(key, "redoubt vector rotation");
        this.noise = new KeyedNoise(key);
    }

    @Override
    public float[] protect(float[] vector) {
        int d = vector.length;
        double length = Lengths.of(vector);
        if (length == 0) {
            return vector.clone();
        }
        byte[] stream = noise.bytes(noise.nonce(vector), Integer.BYTES + d * Short.BYTES);
        float[] result = vector.clone();
        rotation(d).apply(result);
        float[] direction = new float[d];
        double square = 0;
        for (int i = 0; i < d; i++) {
            direction[i] = KeyedNoise.normal(stream, Integer.BYTES + i * Short.BYTES);
            square += direction[i] * direction[i];
        }
        double uniform = (Integer.toUnsignedLong(ByteBuffer.wrap(stream).getInt()) + 0.5) / (1L << Integer.SIZE);
        float radius = (float) (length * beta / 4 * Math.pow(uniform, 1.0 / d) / Math.sqrt(square));
        for (int i = 0; i < d; i++) {
            result[i] += radius * direction[i];
        }
        return result;
    }

    private Rotation rotation(int dimensions) {
        return rotations.computeIfAbsent(dimensions, d -> {
            byte[] nonce = ByteBuffer.allocate(16).putInt(d).array();
            return new Rotation(d, new KeyedNoise(key).bytes(nonce, Rotation.bytes(d)));
        });
    }
}
