package dev.redoubt.benchmarks;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import dev.redoubt.policy.Action;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.RedactionRule;
import dev.redoubt.profiles.Stage;
import dev.redoubt.redact.Redactor;
import dev.redoubt.redact.TokenKey;
import dev.redoubt.vectors.VectorProtection;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.DoubleSummaryStatistics;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** How many of the tickets that answer a question are among the ten nearest to it, before and after redaction of both. */
final class Recall {
    static final int NEAREST = 10;

    private final Tickets tickets = new Tickets();
    private final AllMiniLmL6V2QuantizedEmbeddingModel model = new AllMiniLmL6V2QuantizedEmbeddingModel();

    /** A redaction of every entity. */
    static UnaryOperator<String> redaction(Action action, int key) {
        RedactionRule rule = new RedactionRule(List.of("*"), List.of(Stage.Ingest), action);
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) key);
        Redactor redactor = Redactor.compile(new Redaction(List.of(rule), null, null, null, null), TokenKey.of(bytes));
        return text -> new String(redactor.redact(Stage.Ingest, text).text(), StandardCharsets.UTF_8);
    }

    /**
     * Mean share of the answers that is found, by kind of question.
     *
     * @param ingest what is done to tickets
     * @param query what is done to questions
     */
    Map<Tickets.Kind, Double> at10(UnaryOperator<String> ingest, UnaryOperator<String> query) {
        return at10(
                vectors(tickets.texts().stream().map(ingest).toList()),
                vectors(tickets.questions().stream()
                        .map(Tickets.Question::text)
                        .map(query)
                        .toList()));
    }

    /**
     * Mean share of the answers that is found, by kind of question.
     *
     * @param ingest what is done to the vectors of tickets
     * @param query what is done to those of questions
     */
    Map<Tickets.Kind, Double> protectedAt10(VectorProtection ingest, VectorProtection query) {
        float[][] records = vectors(tickets.texts());
        float[][] questions =
                vectors(tickets.questions().stream().map(Tickets.Question::text).toList());
        return at10(
                Arrays.stream(records).map(ingest::protect).toArray(float[][]::new),
                Arrays.stream(questions).map(query::protect).toArray(float[][]::new));
    }

    private Map<Tickets.Kind, Double> at10(float[][] records, float[][] questions) {
        Map<Tickets.Kind, DoubleSummaryStatistics> shares = new EnumMap<>(Tickets.Kind.class);
        for (int q = 0; q < questions.length; q++) {
            float[] question = questions[q];
            List<Integer> nearest = IntStream.range(0, records.length)
                    .boxed()
                    .sorted(Comparator.comparingDouble(record -> -product(question, records[record])))
                    .limit(NEAREST)
                    .toList();
            Tickets.Question asked = tickets.questions().get(q);
            List<Integer> answers = asked.answers();
            shares.computeIfAbsent(asked.kind(), kind -> new DoubleSummaryStatistics())
                    .accept(answers.stream().filter(nearest::contains).count() / (double) answers.size());
        }
        Map<Tickets.Kind, Double> means = new EnumMap<>(Tickets.Kind.class);
        shares.forEach((kind, share) -> means.put(kind, share.getAverage()));
        return means;
    }

    int questions() {
        return tickets.questions().size();
    }

    int records() {
        return tickets.texts().size();
    }

    private float[][] vectors(List<String> texts) {
        List<TextSegment> segments = texts.stream().map(TextSegment::from).toList();
        List<float[]> vectors = new ArrayList<>();
        model.embedAll(segments).content().forEach(embedding -> vectors.add(embedding.vector()));
        return vectors.toArray(float[][]::new);
    }

    private static double product(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
