package dev.redoubt.probe;

import dev.redoubt.vectors.NormalQuantile;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * What an attacker makes of an order without scores: scores of texts are nearly normal, so the r-th of g targets
 * stands near the (1 − (r + ½)/g) quantile of what the attacker's own texts score for the same query. Targets that
 * were asked for and not shown stand at the mean of the places that are left.
 */
final class RankScores {
    private final double[] mean;
    private final double[] deviation;
    private final double[] standing;

    /**
     * @param ownScores scores of the attacker's own texts for each query (m × n)
     * @param group how many targets one query is about
     * @param shown how many of them an answer shows, best first
     */
    RankScores(double[][] ownScores, int group, int shown) {
        mean = new double[ownScores.length];
        deviation = new double[ownScores.length];
        for (int query = 0; query < ownScores.length; query++) {
            double average = Arrays.stream(ownScores[query]).average().orElse(0);
            mean[query] = average;
            deviation[query] = Math.sqrt(Arrays.stream(ownScores[query])
                    .map(s -> (s - average) * (s - average))
                    .average()
                    .orElse(0));
        }
        double[] normal = IntStream.range(0, group)
                .mapToDouble(rank -> NormalQuantile.of(1 - (rank + .5) / group))
                .toArray();
        double rest = Arrays.stream(normal).skip(shown).average().orElse(0);
        standing = IntStream.rangeClosed(0, group)
                .mapToDouble(rank -> rank < Math.min(shown, group) ? normal[rank] : rest)
                .toArray();
    }

    /**
     * @param rank from 0; the size of the group or more for a target that was not shown
     */
    double score(int query, int rank) {
        return mean[query] + deviation[query] * standing[Math.min(rank, standing.length - 1)];
    }

    /** What the attacker would see of targets with these scores, taken in groups from the first to the last. */
    double[][] imitate(double[][] scores, int group) {
        double[][] seen = new double[scores.length][scores[0].length];
        for (int query = 0; query < scores.length; query++) {
            double[] row = scores[query];
            for (int from = 0; from < row.length; from += group) {
                Integer[] order = IntStream.range(from, Math.min(row.length, from + group))
                        .boxed()
                        .toArray(Integer[]::new);
                Arrays.sort(order, Comparator.comparingDouble(target -> -row[target]));
                for (int rank = 0; rank < order.length; rank++) {
                    seen[query][order[rank]] = score(query, rank);
                }
            }
        }
        return seen;
    }

    /** Mean square of what is wrong with imitated scores. */
    double variance(double[][] scores, int group) {
        double[][] seen = imitate(scores, group);
        double sum = 0;
        for (int query = 0; query < scores.length; query++) {
            for (int target = 0; target < scores[query].length; target++) {
                double error = seen[query][target] - scores[query][target];
                sum += error * error;
            }
        }
        return sum / scores.length / scores[0].length;
    }
}
