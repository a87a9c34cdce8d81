package dev.redoubt.vectors;

/**
 * Changes embeddings so that their neighbours stay their neighbours and less can be read from them. Stored vectors and
 * queries are changed alike; equal vectors become equal ones, so that nothing is told by storing one again.
 *
 * <p>This is obfuscation: who knows pairs of texts and changed vectors can undo much of it. Only what is redacted before a
 * text is embedded is surely not in its vector.
 */
public interface VectorProtection {
    /**
     * The vector that is stored, or asked for, instead.
     *
     * @param vector of any length; not changed
     * @return a vector of the same number of dimensions
     * @throws IllegalArgumentException where a number of it is not finite
     */
    float[] protect(float[] vector);
}
