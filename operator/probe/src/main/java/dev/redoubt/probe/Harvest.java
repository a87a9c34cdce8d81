package dev.redoubt.probe;

import java.util.Arrays;

/** Everything that an attacker has seen of its targets. */
final class Harvest {
    /** A target that an answer did not show. */
    static final int UNSEEN = Integer.MAX_VALUE;

    private final double[][] scores;
    private final int[][] ranks;
    private final double[][] vectors;
    private int asked;
    private int group;
    private int shown;
    private boolean sawScores;

    Harvest(int queries, int targets) {
        scores = new double[queries][targets];
        ranks = new int[queries][targets];
        vectors = new double[targets][];
        group = targets;
        shown = targets;
        for (int query = 0; query < queries; query++) {
            Arrays.fill(scores[query], Double.NaN);
            Arrays.fill(ranks[query], UNSEEN);
        }
    }

    void score(int query, int target, double score) {
        scores[query][target] = score;
        sawScores = true;
    }

    void rank(int query, int target, int rank) {
        ranks[query][target] = rank;
    }

    void vector(int target, double[] vector) {
        vectors[target] = vector;
    }

    /** How many targets a query is about and how many of them its answer shows. */
    void shape(int ofGroup, int areShown) {
        group = ofGroup;
        shown = areShown;
    }

    /** All targets have been asked about with the first queries. */
    void asked(int queries) {
        asked = queries;
    }

    int asked() {
        return asked;
    }

    int group() {
        return group;
    }

    int shown() {
        return shown;
    }

    boolean sawScores() {
        return sawScores;
    }

    /** Whether the vector of every target came back. */
    boolean sawVectors() {
        return Arrays.stream(vectors).allMatch(v -> v != null);
    }

    boolean sawAnyVector() {
        return Arrays.stream(vectors).anyMatch(v -> v != null);
    }

    boolean sawNothing() {
        return Arrays.stream(ranks).flatMapToInt(Arrays::stream).allMatch(rank -> rank == UNSEEN);
    }

    double[][] vectors() {
        return vectors;
    }

    double[][] scores() {
        return Arrays.copyOf(scores, asked);
    }

    int[][] ranks() {
        return Arrays.copyOf(ranks, asked);
    }
}
