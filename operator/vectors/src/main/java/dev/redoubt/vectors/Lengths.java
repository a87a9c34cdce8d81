package dev.redoubt.vectors;

/** The Euclidean length of vectors. */
final class Lengths {
    private Lengths() {}

    /** @throws IllegalArgumentException where a number of the vector, or its length, is not finite */
    static double of(float[] vector) {
        double square = 0;
        for (float component : vector) {
            square += (double) component * component;
        }
        if (!Double.isFinite(square)) {
            throw new IllegalArgumentException("a vector has a number that is not finite");
        }
        return Math.sqrt(square);
    }
}
