package dev.redoubt.probe;

import dev.redoubt.vectors.Ridge;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Names the words of a text from its vector: ridge regression of the bag of words, λ = 1, one threshold for all words
 * (ATTACKS P1; Song and Raghunathan, CCS 2020). Trained on texts that the attacker wrote and embedded itself.
 */
final class Inversion {
    private static final double LAMBDA = 1;

    private final Vocabulary vocabulary;
    private final double[] prior;
    private final double[] mean;
    private final DMatrixRMaj weights;
    private double threshold;
    private double priorThreshold;

    /**
     * @param texts the attacker's own
     * @param vectors what the attacker would hold of them
     */
    Inversion(Vocabulary vocabulary, List<String> texts, double[][] vectors) {
        this.vocabulary = vocabulary;
        int dimensions = vectors[0].length;
        mean = new double[dimensions];
        for (double[] vector : vectors) {
            for (int j = 0; j < dimensions; j++) {
                mean[j] += vector[j] / vectors.length;
            }
        }
        DMatrixRMaj centred = centred(vectors);
        prior = new double[vocabulary.size()];
        DMatrixRMaj sums = new DMatrixRMaj(vocabulary.size(), dimensions);
        for (int i = 0; i < vectors.length; i++) {
            for (int word : vocabulary.bag(texts.get(i))) {
                prior[word] += 1.0 / vectors.length;
                for (int j = 0; j < dimensions; j++) {
                    sums.data[word * dimensions + j] += centred.data[i * dimensions + j];
                }
            }
        }
        weights = new Ridge(centred, LAMBDA).solveProjected(CommonOps_DDRM.transpose(sums, null));
    }

    /** Chooses the thresholds that are best on other texts of the attacker. */
    Inversion tuned(List<String> texts, double[][] vectors) {
        threshold = best(scores(vectors), texts);
        double[][] priors = new double[texts.size()][];
        Arrays.fill(priors, prior);
        priorThreshold = best(priors, texts);
        return this;
    }

    /** What is recovered of texts from the vectors that stand at the same index. */
    Recovery recover(List<String> texts, double[][] vectors) {
        return recovery(scores(vectors), texts, threshold);
    }

    /** What naming the commonest words for every text would recover. */
    Recovery prior(List<String> texts) {
        double[][] priors = new double[texts.size()][];
        Arrays.fill(priors, prior);
        return recovery(priors, texts, priorThreshold);
    }

    private double best(double[][] scores, List<String> texts) {
        double bestThreshold = 1;
        double bestF1 = -1;
        int[] all = IntStream.range(0, texts.size()).toArray();
        for (int percent = 2; percent < 80; percent += 2) {
            double f1 = recovery(scores, texts, percent / 100.0).f1(all);
            if (f1 > bestF1) {
                bestF1 = f1;
                bestThreshold = percent / 100.0;
            }
        }
        return bestThreshold;
    }

    private Recovery recovery(double[][] scores, List<String> texts, double limit) {
        int n = texts.size();
        Recovery recovery = new Recovery(new int[n], new int[n], new int[n]);
        for (int i = 0; i < n; i++) {
            BitSet truth = new BitSet();
            for (int word : vocabulary.bag(texts.get(i))) {
                truth.set(word);
            }
            recovery.there()[i] = truth.cardinality();
            for (int word = 0; word < prior.length; word++) {
                if (scores[i][word] >= limit) {
                    recovery.named()[i]++;
                    recovery.hits()[i] += truth.get(word) ? 1 : 0;
                }
            }
        }
        return recovery;
    }

    private double[][] scores(double[][] vectors) {
        DMatrixRMaj product = new DMatrixRMaj(vectors.length, prior.length);
        CommonOps_DDRM.mult(centred(vectors), weights, product);
        List<double[]> rows = new ArrayList<>();
        for (int i = 0; i < vectors.length; i++) {
            double[] row = prior.clone();
            for (int word = 0; word < row.length; word++) {
                row[word] += product.get(i, word);
            }
            rows.add(row);
        }
        return rows.toArray(double[][]::new);
    }

    private DMatrixRMaj centred(double[][] vectors) {
        DMatrixRMaj centred = new DMatrixRMaj(vectors);
        for (int i = 0; i < centred.data.length; i++) {
            centred.data[i] -= mean[i % mean.length];
        }
        return centred;
    }
}
