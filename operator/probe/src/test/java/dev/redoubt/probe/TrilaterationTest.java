package dev.redoubt.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.redoubt.vectors.Cosine;
import dev.redoubt.vectors.Quantile;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrilaterationTest {
    private static final int QUERIES = 400;
    private static final int VICTIMS = 60;

    /** The reference figures are those of ATTACKS P4, measured there on another corpus. */
    @ParameterizedTest
    @CsvSource({
        "100, 0, .771, .06",
        "400, 0, 1.000, .001",
        "400, .01, .969, .02",
        "400, .05, .901, .04",
        "400, .1, .847, .05"
    })
    void medianCosineIsThatOfTheReference(int queries, double step, double reference, double tolerance) {
        double[][] vectors = vectors();
        double[][] victims = Arrays.copyOfRange(vectors, QUERIES, QUERIES + VICTIMS);
        Trilateration trilateration = new Trilateration(Arrays.copyOf(vectors, queries));
        double[][] scores = trilateration.scores(victims);
        if (step > 0) {
            for (double[] row : scores) {
                Arrays.setAll(row, i -> Math.rint(row[i] / step) * step);
            }
        }
        double seen = Trilateration.step(scores);
        double[][] rebuilt = trilateration.rebuild(scores, seen * seen / 12);
        double median = Quantile.median(IntStream.range(0, VICTIMS)
                .mapToDouble(i -> Cosine.between(rebuilt[i], victims[i]))
                .toArray());
        System.out.printf(
                "P4: %d queries, step %.2f: median cosine %.3f (reference %.3f)%n", queries, step, median, reference);
        assertThat(median).isCloseTo(reference, within(tolerance));
        if (step > 0) {
            assertThat(seen).isCloseTo(step, within(1e-9));
        }
    }

    @Test
    void scoresThatWereNotSeenAreNotUsed() {
        double[][] queries = {{1, 0}, {0, 1}, {.6, .8}};
        double[][] scores = {{.6, Double.NaN}, {.8, Double.NaN}, {Double.NaN, Double.NaN}};
        double[][] rebuilt = new Trilateration(queries).rebuild(scores, 0);
        assertThat(rebuilt[0]).containsExactly(new double[] {.6, .8}, within(1e-3));
        assertThat(rebuilt[1]).containsExactly(0, 0);
    }

    @Test
    void everySpaceOfChromaTurnsBackIntoInnerProducts() {
        for (ChromaStore.Space space : ChromaStore.Space.values()) {
            assertThat(space.innerProduct(space.distance(.3))).isCloseTo(.3, within(1e-12));
        }
        assertThat(ChromaStore.Space.l2.innerProduct(2)).isZero();
        assertThat(ChromaStore.Space.cosine.innerProduct(.25)).isEqualTo(.75);
        assertThat(ChromaStore.Space.ip.innerProduct(1)).isZero();
    }

    @Test
    void orderStandsForScoresOfTheAttackersOwnTexts() {
        double[][] own = {IntStream.range(0, 1000).mapToDouble(i -> i / 1000.0).toArray()};
        RankScores ranks = new RankScores(own, 10, 4);
        assertThat(ranks.score(0, 0)).isGreaterThan(ranks.score(0, 1));
        assertThat(ranks.score(0, 4)).isEqualTo(ranks.score(0, 9)).isEqualTo(ranks.score(0, Harvest.UNSEEN));
        assertThat(ranks.score(0, Harvest.UNSEEN)).isLessThan(ranks.score(0, 3));
        double mean = IntStream.range(0, 10)
                .mapToDouble(r -> ranks.score(0, r))
                .average()
                .orElseThrow();
        assertThat(mean).isCloseTo(.4995, within(1e-6));
    }

    private static double[][] vectors() {
        return new CachedMiniLm().embed(new Corpus().sentences(QUERIES + VICTIMS, 7));
    }
}
