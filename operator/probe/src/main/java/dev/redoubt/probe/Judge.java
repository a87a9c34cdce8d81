package dev.redoubt.probe;

import dev.redoubt.vectors.Bootstrap;
import dev.redoubt.vectors.Cosine;
import dev.redoubt.vectors.Interval;
import dev.redoubt.vectors.Quantile;
import java.util.List;
import java.util.stream.IntStream;

/** Compares rebuilt vectors with the true ones, and with what an attacker gets without an attack. */
final class Judge {
    private final Inversion inversion;
    private final List<String> texts;
    private final double[][] truth;
    private final Bootstrap bootstrap;

    /**
     * @param inversion names words from vectors
     * @param texts of the victims
     * @param truth their vectors
     */
    Judge(Inversion inversion, List<String> texts, double[][] truth, long seed) {
        this.inversion = inversion;
        this.texts = texts;
        this.truth = truth;
        bootstrap = new Bootstrap(seed);
    }

    /**
     * @param cosine median cosine of rebuilt and true vectors over the victims
     * @param advantage F1 of the inversion of rebuilt vectors, above the better of the two baselines
     * @param f1 F1 of that inversion
     * @param prior F1 of naming the commonest words
     * @param permuted F1 of inverting the vector of another victim
     */
    record Findings(Interval cosine, Interval advantage, double f1, double prior, double permuted) {
        /** Higher is worse for the defence. */
        double badness() {
            return Math.max(
                    cosine.value() / TrilaterationReport.COSINE_FAILS,
                    advantage.value() / TrilaterationReport.ADVANTAGE_LIMIT);
        }
    }

    Findings judge(double[][] rebuilt) {
        return judge(rebuilt, inversion);
    }

    Findings judge(double[][] rebuilt, Inversion with) {
        int n = rebuilt.length;
        double[] cosines = IntStream.range(0, n)
                .mapToDouble(i -> Cosine.between(rebuilt[i], truth[i]))
                .toArray();
        double[][] unit = new double[n][];
        double[][] others = new double[n][];
        for (int i = 0; i < n; i++) {
            unit[i] = unit(rebuilt[i]);
            others[(i + n / 2) % n] = unit[i];
        }
        Recovery attack = with.recover(texts, unit);
        Recovery prior = with.prior(texts);
        Recovery permuted = with.recover(texts, others);
        int[] all = IntStream.range(0, n).toArray();
        Interval cosine = bootstrap.of(
                n,
                at -> Quantile.median(
                        IntStream.of(at).mapToDouble(i -> cosines[i]).toArray()));
        Interval advantage = bootstrap.of(n, at -> attack.f1(at) - Math.max(prior.f1(at), permuted.f1(at)));
        return new Findings(cosine, advantage, attack.f1(all), prior.f1(all), permuted.f1(all));
    }

    static double[] unit(double[] vector) {
        double square = 0;
        for (double x : vector) {
            square += x * x;
        }
        double length = Math.sqrt(square);
        double[] unit = new double[vector.length];
        for (int i = 0; i < unit.length; i++) {
            unit[i] = length == 0 ? 0 : vector[i] / length;
        }
        return unit;
    }
}
