package dev.redoubt.policy;

import java.math.BigDecimal;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What may come back from a vector store.
 *
 * @param maxResults the most results of one request, at least 1
 * @param vectors whether stored vectors are returned
 * @param scores what happens to similarities and distances
 * @param scoreStep distance between two scores that can be told apart, greater than 0; only with {@link Scores#Round}
 * @param bulkExport whether clients that are allowed {@code Export} may use it
 * @param queryByVector whether a client may search with a vector of its own
 * @param tenant the record field that holds the tenant: every client sees and writes the records of its own alone;
 *     {@code null} where all records are everybody's
 */
public record Retrieval(
        int maxResults,
        Vectors vectors,
        Scores scores,
        BigDecimal scoreStep,
        Permission bulkExport,
        Permission queryByVector,
        String tenant) {
    /** What every store takes for the plain name of a field and not for a path or an operator. */
    private static final Pattern PLAIN_NAME = Pattern.compile("[A-Za-z0-9_-]+");

    public Retrieval {
        if (maxResults < 1) {
            throw new IllegalArgumentException("maxResults is less than 1");
        }
        Objects.requireNonNull(vectors, "vectors");
        Objects.requireNonNull(scores, "scores");
        Objects.requireNonNull(bulkExport, "bulkExport");
        Objects.requireNonNull(queryByVector, "queryByVector");
        if ((scores == Scores.Round) != (scoreStep != null)) {
            throw new IllegalArgumentException("scoreStep goes with scores: Round and only with it");
        }
        if (scoreStep != null && scoreStep.signum() <= 0) {
            throw new IllegalArgumentException("scoreStep is not greater than 0");
        }
        if (tenant != null && !PLAIN_NAME.matcher(tenant).matches()) {
            throw new IllegalArgumentException("the field of the tenant is not a plain name");
        }
    }

    /** Of a store whose records are everybody's. */
    public Retrieval(
            int maxResults,
            Vectors vectors,
            Scores scores,
            BigDecimal scoreStep,
            Permission bulkExport,
            Permission queryByVector) {
        this(maxResults, vectors, scores, scoreStep, bulkExport, queryByVector, null);
    }

    /** What happens to stored vectors on their way out. */
    public enum Vectors {
        Strip,
        Return
    }

    /** What happens to similarities and distances on their way out. */
    public enum Scores {
        /** Left as the store computed them. */
        Exact,
        /** Rounded to the nearest multiple of the step. */
        Round,
        /** Removed; the order of the results stays. */
        Drop
    }
}
