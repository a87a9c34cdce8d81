package dev.redoubt.probe;

/**
 * Trilateration where answers show an order and no scores: ranks become scores by what the attacker's own texts
 * score, λ follows from how wrong such scores are on those texts.
 */
final class OrderAttack {
    private final Trilateration trilateration;
    private final RankScores ranks;
    private final double[][] rebuilt;
    private final double[][] trained;
    private final double variance;
    private final int group;

    /**
     * @param own vectors of the attacker's own texts
     */
    OrderAttack(Trilateration trilateration, double[][] own, Harvest harvest) {
        this.trilateration = trilateration;
        group = harvest.group();
        double[][] ownScores = trilateration.scores(own);
        ranks = new RankScores(ownScores, group, harvest.shown());
        variance = ranks.variance(ownScores, group);
        int[][] seen = harvest.ranks();
        double[][] scores = new double[seen.length][seen[0].length];
        for (int query = 0; query < seen.length; query++) {
            for (int target = 0; target < seen[query].length; target++) {
                scores[query][target] = ranks.score(query, seen[query][target]);
            }
        }
        rebuilt = trilateration.rebuild(scores, variance);
        trained = imitated(own);
    }

    /** The victims' vectors. */
    double[][] rebuilt() {
        return rebuilt;
    }

    /** The attacker's own vectors, rebuilt from the order that the store would have shown for them. */
    double[][] trained() {
        return trained;
    }

    /** Other vectors in the same way. */
    double[][] imitated(double[][] vectors) {
        double[][] built = trilateration.rebuild(ranks.imitate(trilateration.scores(vectors), group), variance);
        for (int i = 0; i < built.length; i++) {
            built[i] = Judge.unit(built[i]);
        }
        return built;
    }
}
