package dev.redoubt.probe;

import dev.redoubt.vectors.Ridge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Rebuilds vectors from their scores for known queries: ê = (QᵀQ + λI)⁻¹Qᵀs with λ = max(1e-4, d·v), where v is the
 * variance of what is wrong with a score; a score rounded to a step has v = step²/12 (ATTACKS P4).
 */
final class Trilateration {
    private static final double LEAST_LAMBDA = 1e-4;

    private final DMatrixRMaj queries;

    /**
     * @param queries one a row, of length 1 (m × d)
     */
    Trilateration(double[][] queries) {
        this.queries = new DMatrixRMaj(queries);
    }

    /** Exact scores of vectors for every query (m × n). */
    double[][] scores(double[][] vectors) {
        DMatrixRMaj product = new DMatrixRMaj(queries.numRows, vectors.length);
        CommonOps_DDRM.multTransB(queries, new DMatrixRMaj(vectors), product);
        return rows(product);
    }

    /**
     * @param scores one row for each query, one column for each target (m × n); NaN where none was seen
     * @param variance of the error of a score
     * @return one vector for each target (n × d), zero where nothing was seen of it
     */
    double[][] rebuild(double[][] scores, double variance) {
        int targets = scores[0].length;
        double lambda = Math.max(LEAST_LAMBDA, queries.numCols * variance);
        double[][] rebuilt = new double[targets][queries.numCols];
        Map<BitSet, List<Integer>> seen = new LinkedHashMap<>();
        for (int target = 0; target < targets; target++) {
            BitSet answered = new BitSet();
            for (int query = 0; query < scores.length; query++) {
                answered.set(query, !Double.isNaN(scores[query][target]));
            }
            seen.computeIfAbsent(answered, k -> new ArrayList<>()).add(target);
        }
        seen.forEach((answered, group) -> {
            if (!answered.isEmpty()) {
                int[] used = answered.stream().toArray();
                DMatrixRMaj s = new DMatrixRMaj(used.length, group.size());
                for (int i = 0; i < used.length; i++) {
                    for (int j = 0; j < group.size(); j++) {
                        s.set(i, j, scores[used[i]][group.get(j)]);
                    }
                }
                DMatrixRMaj solution = new Ridge(selected(used), lambda).solve(s);
                for (int j = 0; j < group.size(); j++) {
                    for (int d = 0; d < queries.numCols; d++) {
                        rebuilt[group.get(j)][d] = solution.get(d, j);
                    }
                }
            }
        });
        return rebuilt;
    }

    private DMatrixRMaj selected(int[] rows) {
        if (rows.length == queries.numRows) {
            return queries;
        }
        DMatrixRMaj selected = new DMatrixRMaj(rows.length, queries.numCols);
        for (int i = 0; i < rows.length; i++) {
            System.arraycopy(
                    queries.data, rows[i] * queries.numCols, selected.data, i * queries.numCols, queries.numCols);
        }
        return selected;
    }

    /**
     * The step that scores were rounded to, as an attacker sees it: the smallest difference between two different
     * ones. That of exact scores is next to nothing.
     *
     * @return 0 where fewer than two different scores were seen
     */
    static double step(double[][] scores) {
        double[] sorted = Arrays.stream(scores)
                .flatMapToDouble(Arrays::stream)
                .filter(s -> !Double.isNaN(s))
                .sorted()
                .toArray();
        // differences below this are those of binary fractions, not of scores
        double noise = 1e-9;
        return IntStream.range(1, sorted.length)
                .mapToDouble(i -> sorted[i] - sorted[i - 1])
                .filter(difference -> difference > noise)
                .min()
                .orElse(0);
    }

    private static double[][] rows(DMatrixRMaj matrix) {
        double[][] rows = new double[matrix.numRows][];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = Arrays.copyOfRange(matrix.data, i * matrix.numCols, (i + 1) * matrix.numCols);
        }
        return rows;
    }
}
