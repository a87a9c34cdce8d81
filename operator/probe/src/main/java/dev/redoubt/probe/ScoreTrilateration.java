package dev.redoubt.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redoubt.vectors.Interval;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * P4 of ATTACKS: rebuilds stored vectors from the scores of known queries, then names the words of their texts. Where
 * scores are withheld the order of the answers takes their place, and where vectors come back they are taken.
 */
final class ScoreTrilateration implements Probe {
    static final String NAME = "ScoreTrilateration";

    /** Median cosine: leaks where the interval is above, holds where it is below {@link #COSINE_HOLDS}. */
    static final double COSINE_FAILS = .85;

    static final double COSINE_HOLDS = .80;
    static final double ADVANTAGE_LIMIT = .15;

    private static final String ADVANTAGE = "inversionAdvantage";
    private static final int QUERIES = 400;
    private static final int VICTIMS = 40;

    /** Records that nobody is after: a store holds more than what an attacker wants. */
    private static final int ORDINARY = 160;

    private static final int TRAINING = 1200;
    private static final int TUNING = 200;
    private static final int RECORDS = VICTIMS + ORDINARY;
    private static final int SENTENCES = TRAINING + TUNING + QUERIES + VICTIMS + ORDINARY;
    private static final int SMALLEST_GROUP = 5;
    private static final ChromaStore.Space SPACE = ChromaStore.Space.cosine;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int appetite() {
        return QUERIES * VICTIMS / SMALLEST_GROUP + QUERIES + 1;
    }

    @Override
    public Measure nothing() {
        return new Measure("medianCosine", new Interval(0, 0, 0), COSINE_FAILS);
    }

    @Override
    public String attackerKnowledge() {
        return "the embedding model, ids of the records, " + QUERIES + " texts for queries and " + TRAINING
                + " texts of the same kind to train on; the rights of the named client";
    }

    /** Texts and vectors of a run. */
    private record Material(
            List<String> training,
            double[][] trainingVectors,
            List<String> tuning,
            double[][] tuningVectors,
            double[][] queries,
            List<String> victims,
            double[][] victimVectors,
            double[][] ordinaryVectors) {}

    @Override
    public ProbeReport run(Scene scene, Budget budget) throws AttackException, InterruptedException {
        scene.progress().accept("embedding " + SENTENCES + " synthetic sentences");
        Material material = material(scene);
        budget.checkTime();
        scene.progress().accept("writing " + RECORDS + " records through the guard");
        String name = scene.own().name("trilateration");
        List<String> ordinary =
                IntStream.range(0, ORDINARY).mapToObj(i -> "ordinary-" + i).toList();
        List<String> ids =
                IntStream.range(0, VICTIMS).mapToObj(i -> "victim-" + i).toList();
        String collection = scene.writer().create(name, SPACE, budget);
        scene.writer().add(collection, items(ids, material.victimVectors()), budget);
        scene.writer().add(collection, items(ordinary, material.ordinaryVectors()), budget);
        if (scene.writer().count(collection, budget) != RECORDS) {
            return invalid("the store does not hold the records that were written: nothing could have leaked");
        }

        scene.progress().accept("asking for scores as " + scene.spec().attackerName());
        ScoreHarvester harvester = new ScoreHarvester(scene.attacker(), collection, SPACE, ids, RECORDS, budget);
        Harvest harvest;
        try {
            harvest = harvester.harvest(material.queries());
        } catch (AttackException.Refused e) {
            return refused(e, scene, collection, ids, material, budget);
        }
        if (harvest.sawNothing()) {
            return invalid("the attacker was shown none of the records, though the store holds them");
        }
        scene.progress().accept("rebuilding vectors");
        Inversion inversion = new Inversion(
                        new Vocabulary(material.training()), material.training(), material.trainingVectors())
                .tuned(material.tuning(), material.tuningVectors());
        Judge judge = new Judge(
                inversion,
                material.victims(),
                material.victimVectors(),
                scene.spec().seed());
        Trilateration trilateration = new Trilateration(material.queries());
        Judge.Findings control = judge.judge(trilateration.rebuild(trilateration.scores(material.victimVectors()), 0));

        return report(judge, control, material, harvest, harvester);
    }

    private static Material material(Scene scene) {
        List<String> texts = scene.corpus().sentences(SENTENCES, scene.spec().seed());
        double[][] vectors = scene.embedder().embed(texts);
        int tuning = TRAINING + TUNING;
        int queries = tuning + QUERIES;
        int victims = queries + VICTIMS;
        return new Material(
                texts.subList(0, TRAINING),
                Arrays.copyOfRange(vectors, 0, TRAINING),
                texts.subList(TRAINING, tuning),
                Arrays.copyOfRange(vectors, TRAINING, tuning),
                Arrays.copyOfRange(vectors, tuning, queries),
                texts.subList(queries, victims),
                Arrays.copyOfRange(vectors, queries, victims),
                Arrays.copyOfRange(vectors, victims, vectors.length));
    }

    /** Records without texts: whoever may read a text needs no score to know it. */
    private static List<ChromaStore.Item> items(List<String> ids, double[][] vectors) {
        return IntStream.range(0, vectors.length)
                .mapToObj(i -> new ChromaStore.Item(ids.get(i), vectors[i], null, Map.of(), null))
                .toList();
    }

    private ProbeReport invalid(String message) {
        return ProbeReport.without(NAME, Verdict.Invalid, attackerKnowledge(), nothing(), message);
    }

    /** The attacker could ask nothing. That is a defence only where the same question is answered to somebody. */
    private ProbeReport refused(
            AttackException.Refused refusal,
            Scene scene,
            String collection,
            List<String> ids,
            Material material,
            Budget budget)
            throws AttackException, InterruptedException {
        if (refusal.unauthenticated()) {
            return invalid("the guard does not know the attacker's API key: nobody's rights were tested");
        }
        Verdict verdict = Verdict.Inconclusive;
        String message = "every query of the attacker was refused (" + refusal.status()
                + "), and nobody showed that the store answers; give the writer the operation Query";
        if (refusal.forbidden()) {
            try {
                Harvest witness = new ScoreHarvester(scene.writer(), collection, SPACE, ids, RECORDS, budget)
                        .harvest(new double[][] {material.queries()[0]});
                if (!witness.sawNothing()) {
                    verdict = Verdict.Pass;
                    message = "the client may not query this store (403), which answers the same query to the"
                            + " writer: no score can be had";
                }
            } catch (AttackException.Refused e) {
                message += "; the writer's own query was answered with status " + e.status();
            }
        }
        return ProbeReport.without(NAME, verdict, attackerKnowledge(), nothing(), message);
    }

    private ProbeReport report(
            Judge judge, Judge.Findings control, Material material, Harvest harvest, ScoreHarvester harvester)
            throws InterruptedException {
        Map<String, Judge.Findings> attacks = new LinkedHashMap<>();
        if (harvest.sawVectors()) {
            attacks.put("returned vectors", judge.judge(harvest.vectors()));
        }
        ObjectNode details = JsonNodeFactory.instance.objectNode();
        if (harvest.asked() > 0) {
            Trilateration asked = new Trilateration(Arrays.copyOf(material.queries(), harvest.asked()));
            if (harvest.sawScores()) {
                double step = Trilateration.step(harvest.scores());
                details.put("scoreStep", ProbeReport.rounded(step));
                attacks.put("scores", judge.judge(asked.rebuild(harvest.scores(), step * step / 12)));
            } else {
                OrderAttack order = new OrderAttack(asked, material.trainingVectors(), harvest);
                attacks.put("order", judge.judge(order.rebuilt()));
                beyond(details.putArray("beyondTheReference"), judge, material, order, harvester);
            }
        }
        return decided(attacks, control, harvest, harvester.ended(), details);
    }

    /**
     * Stronger attacks than ATTACKS describes, for the reader; the verdict's thresholds are not made for them. The
     * inversion may be trained on what order gives instead of on clean vectors, and the order may be that among
     * records that the attacker has chosen by their ids.
     */
    private static void beyond(
            ArrayNode figures, Judge judge, Material material, OrderAttack order, ScoreHarvester harvester)
            throws InterruptedException {
        figures.add(adapted(judge, material, order).put("from", "order, inversion trained on it"));
        Harvest chosen = harvester.chosenOrder(material.queries());
        if (chosen.asked() == 0) {
            return;
        }
        OrderAttack among = new OrderAttack(
                new Trilateration(Arrays.copyOf(material.queries(), chosen.asked())),
                material.trainingVectors(),
                chosen);
        Judge.Findings findings = judge.judge(among.rebuilt());
        String from = "order among " + chosen.group() + " chosen records, " + chosen.asked() + " queries";
        figures.add(ProbeReport.json(cosine(findings)).put("from", from));
        figures.add(ProbeReport.json(advantage(findings)).put("from", from));
        figures.add(adapted(judge, material, among).put("from", from + ", inversion trained on it"));
    }

    private static ObjectNode adapted(Judge judge, Material material, OrderAttack order) {
        Inversion inversion = new Inversion(new Vocabulary(material.training()), material.training(), order.trained())
                .tuned(material.tuning(), order.imitated(material.tuningVectors()));
        return ProbeReport.json(advantage(judge.judge(order.rebuilt(), inversion)));
    }

    private ProbeReport decided(
            Map<String, Judge.Findings> attacks,
            Judge.Findings control,
            Harvest harvest,
            String ended,
            ObjectNode details) {
        details.put("victims", VICTIMS)
                .put("queriesAnswered", harvest.asked())
                .put("queriesPlanned", QUERIES)
                .put("recordsPerQuery", harvest.group())
                .put("recordsShown", harvest.shown());
        if (attacks.isEmpty()) {
            return new ProbeReport(
                    NAME,
                    Verdict.Inconclusive,
                    nothing(),
                    attackerKnowledge(),
                    Map.of(),
                    controlFigures(control),
                    "no query was answered for every record: " + ended,
                    details);
        }
        ArrayNode measures = details.putArray("measures");
        attacks.forEach((source, findings) -> {
            measures.add(ProbeReport.json(cosine(findings)).put("from", source));
            measures.add(ProbeReport.json(advantage(findings)).put("from", source));
        });
        Map.Entry<String, Judge.Findings> worst = attacks.entrySet().stream()
                .max(Comparator.comparingDouble(a -> a.getValue().badness()))
                .orElseThrow();
        Judge.Findings findings = worst.getValue();
        details.put("from", worst.getKey());
        Verdict verdict = verdict(findings, control, ended.isEmpty());
        boolean byAdvantage = advantage(findings).above() && !cosine(findings).above();
        Map<String, Double> baselines = new LinkedHashMap<>();
        baselines.put("f1", findings.f1());
        baselines.put("prior", findings.prior());
        baselines.put("permuted", findings.permuted());
        return new ProbeReport(
                NAME,
                verdict,
                byAdvantage ? advantage(findings) : cosine(findings),
                attackerKnowledge(),
                baselines,
                controlFigures(control),
                message(verdict, worst.getKey(), findings, harvest, ended) + residual(details),
                details);
    }

    /**
     * @param complete whether the test's own budget let the attacker ask everything it wanted to
     */
    static Verdict verdict(Judge.Findings findings, Judge.Findings control, boolean complete) {
        if (control.cosine().value() <= COSINE_FAILS || control.advantage().value() < ADVANTAGE_LIMIT) {
            return Verdict.Invalid;
        }
        if (cosine(findings).above() || advantage(findings).above()) {
            return Verdict.Fail;
        }
        boolean holds =
                findings.cosine().high() < COSINE_HOLDS && findings.advantage().high() < ADVANTAGE_LIMIT;
        return holds && complete ? Verdict.Pass : Verdict.Inconclusive;
    }

    private static Measure cosine(Judge.Findings findings) {
        return new Measure("medianCosine", findings.cosine(), COSINE_FAILS);
    }

    private static Measure advantage(Judge.Findings findings) {
        return new Measure(ADVANTAGE, findings.advantage(), ADVANTAGE_LIMIT);
    }

    private static Map<String, Double> controlFigures(Judge.Findings control) {
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("medianCosine", control.cosine().value());
        figures.put(ADVANTAGE, control.advantage().value());
        return figures;
    }

    /** What a verdict by the reference method does not say. */
    private static String residual(ObjectNode details) {
        double most = 0;
        for (JsonNode figure : details.path("beyondTheReference")) {
            if (figure.path("metric").asText().equals(ADVANTAGE)) {
                most = Math.max(most, figure.path("value").doubleValue());
            }
        }
        return most < ADVANTAGE_LIMIT
                ? ""
                : String.format(
                        Locale.ROOT,
                        "; beyond the reference method the order of answers alone gives an advantage of %.2f: bound how"
                                + " much a client may ask",
                        most);
    }

    private static String message(
            Verdict verdict, String source, Judge.Findings findings, Harvest harvest, String ended) {
        String found = String.format(
                Locale.ROOT,
                "%s for %d queries rebuild vectors at median cosine %.2f; naming their words has an advantage of %.2f"
                        + " [%.2f, %.2f]",
                source,
                harvest.asked(),
                findings.cosine().value(),
                findings.advantage().value(),
                findings.advantage().low(),
                findings.advantage().high());
        String next =
                switch (verdict) {
                    case Fail ->
                        source.equals("returned vectors")
                                ? "; set retrieval.vectors: Strip and retrieval.scores: Drop"
                                : "; set retrieval.scores: Drop, or let clients ask less";
                    case Invalid -> "; the same attack on undefended vectors does not work, so this means nothing";
                    case Inconclusive ->
                        ended.isEmpty()
                                ? "; neither clearly above nor clearly below the thresholds"
                                : "; not everything was asked: " + ended;
                    case Pass -> "";
                };
        return found + next;
    }
}
