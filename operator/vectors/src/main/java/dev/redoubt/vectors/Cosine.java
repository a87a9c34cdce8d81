package dev.redoubt.vectors;

/** Cosine of the angle between two vectors, −1 to 1. */
public final class Cosine {
    private Cosine() {}

    /** 0 where one of the vectors is zero: it points nowhere. */
    public static double between(double[] a, double[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("vectors of " + a.length + " and " + b.length + " dimensions");
        }
        double dot = 0;
        double aa = 0;
        double bb = 0;
        for (int i = 0; i < a.length; i++) {
            dot += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }
        return aa == 0 || bb == 0 ? 0 : dot / Math.sqrt(aa * bb);
    }
}
