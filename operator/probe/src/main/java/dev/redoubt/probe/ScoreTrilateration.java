package dev.redoubt.probe;

import dev.redoubt.vectors.Interval;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * P4 of ATTACKS: rebuilds stored vectors from the scores of known queries, then names the words of their texts. Where
 * scores are withheld the order of the answers takes their place, among all records and, where a query may be confined
 * to chosen ids, among those; where vectors come back they are taken. The worst of them decides.
 */
final class ScoreTrilateration implements Probe {
    static final String NAME = "ScoreTrilateration";

    private static final int QUERIES = TrilaterationMaterial.QUERIES;
    private static final int SMALLEST_GROUP = 5;
    private static final ChromaStore.Space SPACE = ChromaStore.Space.cosine;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int appetite() {
        return QUERIES * TrilaterationMaterial.VICTIMS / SMALLEST_GROUP + QUERIES + 1;
    }

    @Override
    public Measure nothing() {
        return new Measure(TrilaterationReport.COSINE, new Interval(0, 0, 0), TrilaterationReport.COSINE_FAILS);
    }

    @Override
    public String attackerKnowledge() {
        return "the embedding model, ids of the records, " + QUERIES + " texts for queries and "
                + TrilaterationMaterial.TRAINING
                + " texts of the same kind to train on; the rights of the named client";
    }

    @Override
    public ProbeReport run(Scene scene, Budget budget) throws AttackException, InterruptedException {
        scene.progress().accept("embedding " + TrilaterationMaterial.SENTENCES + " synthetic sentences");
        TrilaterationMaterial material = TrilaterationMaterial.of(scene);
        budget.checkTime();
        scene.progress().accept("writing " + TrilaterationMaterial.RECORDS + " records through the guard");
        List<String> ids = ids("victim-", TrilaterationMaterial.VICTIMS);
        String collection = scene.writer().create(scene.own().name("trilateration"), SPACE, budget);
        scene.writer().add(collection, items(ids, material.victimVectors()), budget);
        scene.writer()
                .add(
                        collection,
                        items(ids("ordinary-", TrilaterationMaterial.ORDINARY), material.ordinaryVectors()),
                        budget);
        if (scene.writer().count(collection, budget) != TrilaterationMaterial.RECORDS) {
            return invalid("the store does not hold the records that were written: nothing could have leaked");
        }

        scene.progress().accept("asking for scores as " + scene.spec().attackerName());
        ScoreHarvester harvester = harvester(scene.attacker(), collection, ids, budget);
        Harvest harvest;
        try {
            harvest = harvester.harvest(material.queries());
        } catch (AttackException.Refused e) {
            return refused(e, scene, collection, ids, material, budget);
        }
        if (harvest.sawNothing() && harvester.ended().isEmpty()) {
            return invalid("the attacker was shown none of the records, though the store holds them");
        }
        Harvest chosen = harvest.sawScores() ? null : harvester.chosenOrder(material.queries());

        scene.progress().accept("rebuilding vectors");
        Judge judge = new Judge(
                material.inversion(),
                material.victims(),
                material.victimVectors(),
                scene.spec().seed());
        Trilateration trilateration = material.trilateration(QUERIES);
        Judge.Findings control = judge.judge(trilateration.rebuild(trilateration.scores(material.victimVectors()), 0));
        return new TrilaterationReport(this, control, harvest, harvester.ended())
                .of(attacks(judge, material, harvest, chosen));
    }

    private static ScoreHarvester harvester(ChromaStore store, String collection, List<String> ids, Budget budget) {
        return new ScoreHarvester(store, collection, SPACE, ids, TrilaterationMaterial.RECORDS, budget);
    }

    private static List<String> ids(String prefix, int count) {
        return IntStream.range(0, count).mapToObj(i -> prefix + i).toList();
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
            TrilaterationMaterial material,
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
                Harvest witness = harvester(scene.writer(), collection, ids, budget)
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

    /** What each way to rebuild the vectors gives, by its name. */
    private static Map<String, Judge.Findings> attacks(
            Judge judge, TrilaterationMaterial material, Harvest harvest, Harvest chosen) throws InterruptedException {
        Map<String, Judge.Findings> attacks = new LinkedHashMap<>();
        if (harvest.sawVectors()) {
            attacks.put(TrilaterationReport.RETURNED_VECTORS, judge.judge(harvest.vectors()));
        }
        if (harvest.asked() > 0 && harvest.sawScores()) {
            double step = Trilateration.step(harvest.scores());
            attacks.put(
                    TrilaterationReport.SCORES,
                    judge.judge(material.trilateration(harvest.asked()).rebuild(harvest.scores(), step * step / 12)));
        } else if (harvest.asked() > 0) {
            order("order", judge, material, harvest, attacks);
        }
        if (chosen != null && chosen.asked() > 0) {
            order("order among " + chosen.group() + " chosen records", judge, material, chosen, attacks);
        }
        return attacks;
    }

    /** The order attack with both inversions: one that knows clean vectors, and one trained on what order gives. */
    private static void order(
            String name,
            Judge judge,
            TrilaterationMaterial material,
            Harvest harvest,
            Map<String, Judge.Findings> attacks)
            throws InterruptedException {
        OrderAttack order =
                new OrderAttack(material.trilateration(harvest.asked()), material.trainingVectors(), harvest);
        attacks.put(name, judge.judge(order.rebuilt()));
        Inversion adapted = material.inversion(order.trained(), order.imitated(material.tuningVectors()));
        attacks.put(name + ", inversion trained on it", judge.judge(order.rebuilt(), adapted));
    }
}
