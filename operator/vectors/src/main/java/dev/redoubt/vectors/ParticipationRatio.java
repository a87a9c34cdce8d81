package dev.redoubt.vectors;

/**
 * How many directions a set of vectors really uses: (tr C)² / ‖C‖²F of its covariance C, from 1 (a line) to the
 * number of dimensions (a ball). A change by a fifth means that texts or embedder changed (ATTACKS, drift).
 */
public final class ParticipationRatio {
    private ParticipationRatio() {}

    /**
     * @param vectors at least two, of one dimension
     * @return 0 where all vectors are equal
     */
    public static double of(double[][] vectors) {
        int n = vectors.length;
        if (n < 2) {
            throw new IllegalArgumentException("fewer than two vectors have no covariance");
        }
        int d = vectors[0].length;
        double[] mean = new double[d];
        for (double[] vector : vectors) {
            for (int j = 0; j < d; j++) {
                mean[j] += vector[j] / n;
            }
        }
        double[][] covariance = new double[d][d];
        double[] centred = new double[d];
        for (double[] vector : vectors) {
            for (int j = 0; j < d; j++) {
                centred[j] = vector[j] - mean[j];
            }
            for (int j = 0; j < d; j++) {
                for (int k = 0; k <= j; k++) {
                    covariance[j][k] += centred[j] * centred[k];
                }
            }
        }
        double trace = 0;
        double squares = 0;
        for (int j = 0; j < d; j++) {
            trace += covariance[j][j];
            squares += covariance[j][j] * covariance[j][j];
            for (int k = 0; k < j; k++) {
                squares += 2 * covariance[j][k] * covariance[j][k];
            }
        }
        return squares == 0 ? 0 : trace * trace / squares;
    }
}
