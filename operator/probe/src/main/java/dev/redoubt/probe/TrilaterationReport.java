package dev.redoubt.probe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What the attacks of {@link ScoreTrilateration} mean. Thresholds: ATTACKS, P4. */
final class TrilaterationReport {
    static final String COSINE = "medianCosine";
    static final String ADVANTAGE = "inversionAdvantage";
    static final String RETURNED_VECTORS = "returned vectors";
    static final String SCORES = "scores";

    /** Median cosine: leaks where the interval is above, holds where it is below {@link #COSINE_HOLDS}. */
    static final double COSINE_FAILS = .85;

    static final double COSINE_HOLDS = .80;
    static final double ADVANTAGE_LIMIT = .15;

    private final ScoreTrilateration probe;
    private final Judge.Findings control;
    private final Harvest harvest;
    private final String ended;

    /**
     * @param control what the same attack gets from exact scores
     * @param ended why not everything was asked; empty where it was
     */
    TrilaterationReport(ScoreTrilateration probe, Judge.Findings control, Harvest harvest, String ended) {
        this.probe = probe;
        this.control = control;
        this.harvest = harvest;
        this.ended = ended;
    }

    /** The report on attacks by name; the worst of them decides. */
    ProbeReport of(Map<String, Judge.Findings> attacks) {
        ObjectNode details = JsonNodeFactory.instance
                .objectNode()
                .put("victims", TrilaterationMaterial.VICTIMS)
                .put("queriesAnswered", harvest.asked())
                .put("queriesPlanned", TrilaterationMaterial.QUERIES)
                .put("recordsPerQuery", harvest.group())
                .put("recordsShown", harvest.shown());
        if (harvest.asked() > 0 && harvest.sawScores()) {
            details.put("scoreStep", ProbeReport.rounded(Trilateration.step(harvest.scores())));
        }
        if (attacks.isEmpty()) {
            return report(
                    Verdict.Inconclusive,
                    probe.nothing(),
                    Map.of(),
                    "no query was answered for every record: " + ended,
                    details);
        }
        ArrayNode measures = details.putArray("measures");
        attacks.forEach((source, findings) -> {
            measures.add(ProbeReport.json(cosine(findings)).put("from", source));
            measures.add(ProbeReport.json(advantage(findings)).put("from", source));
        });
        Map.Entry<String, Judge.Findings> worst = attacks.entrySet().stream()
                .max(Comparator.comparingDouble(attack -> attack.getValue().badness()))
                .orElseThrow();
        Judge.Findings findings = worst.getValue();
        details.put("from", worst.getKey());
        Verdict verdict = verdict(attacks, control, ended.isEmpty());
        boolean byAdvantage = advantage(findings).above() && !cosine(findings).above();
        Map<String, Double> baselines = new LinkedHashMap<>();
        baselines.put("f1", findings.f1());
        baselines.put("prior", findings.prior());
        baselines.put("permuted", findings.permuted());
        return report(
                verdict,
                byAdvantage ? advantage(findings) : cosine(findings),
                baselines,
                message(verdict, worst.getKey(), findings),
                details);
    }

    private ProbeReport report(
            Verdict verdict, Measure measure, Map<String, Double> baselines, String message, ObjectNode details) {
        return new ProbeReport(
                probe.name(),
                verdict,
                measure,
                probe.attackerKnowledge(),
                baselines,
                Map.of(
                        COSINE,
                        control.cosine().value(),
                        ADVANTAGE,
                        control.advantage().value()),
                message,
                details);
    }

    /**
     * Fails where any attack leaks, passes where every one is held.
     *
     * @param complete whether the test's own budget let the attacker ask everything it wanted to
     */
    static Verdict verdict(Map<String, Judge.Findings> attacks, Judge.Findings control, boolean complete) {
        if (control.cosine().value() <= COSINE_FAILS || control.advantage().value() < ADVANTAGE_LIMIT) {
            return Verdict.Invalid;
        }
        if (attacks.values().stream()
                .anyMatch(found -> cosine(found).above() || advantage(found).above())) {
            return Verdict.Fail;
        }
        boolean holds = attacks.values().stream()
                .allMatch(found -> found.cosine().high() < COSINE_HOLDS
                        && found.advantage().high() < ADVANTAGE_LIMIT);
        return holds && complete ? Verdict.Pass : Verdict.Inconclusive;
    }

    private static Measure cosine(Judge.Findings findings) {
        return new Measure(COSINE, findings.cosine(), COSINE_FAILS);
    }

    private static Measure advantage(Judge.Findings findings) {
        return new Measure(ADVANTAGE, findings.advantage(), ADVANTAGE_LIMIT);
    }

    private String message(Verdict verdict, String source, Judge.Findings findings) {
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
                        source.equals(RETURNED_VECTORS)
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
