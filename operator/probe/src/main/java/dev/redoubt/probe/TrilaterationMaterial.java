package dev.redoubt.probe;

import java.util.Arrays;
import java.util.List;

/**
 * Texts and vectors of one run of {@link ScoreTrilateration}; all drawn from one corpus, no text in two parts.
 *
 * @param training texts that the attacker has of its own
 * @param tuning more of them, to choose the threshold of the inversion with
 * @param queries vectors of the texts that it asks with
 * @param victims texts of the records that it is after
 * @param ordinaryVectors records that nobody is after: a store holds more than what an attacker wants
 */
record TrilaterationMaterial(
        List<String> training,
        double[][] trainingVectors,
        List<String> tuning,
        double[][] tuningVectors,
        double[][] queries,
        List<String> victims,
        double[][] victimVectors,
        double[][] ordinaryVectors) {
    static final int QUERIES = 400;
    static final int VICTIMS = 80;
    static final int ORDINARY = 420;
    static final int RECORDS = VICTIMS + ORDINARY;
    static final int TRAINING = 1200;

    private static final int TUNING = 200;

    /** How many texts it is made of. */
    static final int SENTENCES = TRAINING + TUNING + QUERIES + RECORDS;

    static TrilaterationMaterial of(Scene scene) {
        List<String> texts = scene.corpus().sentences(SENTENCES, scene.spec().seed());
        double[][] vectors = scene.embedder().embed(texts);
        int tuning = TRAINING + TUNING;
        int queries = tuning + QUERIES;
        int victims = queries + VICTIMS;
        return new TrilaterationMaterial(
                texts.subList(0, TRAINING),
                Arrays.copyOfRange(vectors, 0, TRAINING),
                texts.subList(TRAINING, tuning),
                Arrays.copyOfRange(vectors, TRAINING, tuning),
                Arrays.copyOfRange(vectors, tuning, queries),
                texts.subList(queries, victims),
                Arrays.copyOfRange(vectors, queries, victims),
                Arrays.copyOfRange(vectors, victims, vectors.length));
    }

    /** The inversion of an attacker that knows clean vectors of its own texts. */
    Inversion inversion() {
        return inversion(trainingVectors, tuningVectors);
    }

    /** The inversion of an attacker that has its own texts in the form in which it sees the victims. */
    Inversion inversion(double[][] trainingSeen, double[][] tuningSeen) {
        return new Inversion(new Vocabulary(training), training, trainingSeen).tuned(tuning, tuningSeen);
    }

    /** How the first queries relate to vectors. */
    Trilateration trilateration(int asked) {
        return new Trilateration(Arrays.copyOf(queries, asked));
    }
}
