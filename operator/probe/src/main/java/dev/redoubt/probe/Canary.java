package dev.redoubt.probe;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redoubt.vectors.Interval;
import dev.redoubt.vectors.Proportion;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * E5 of ATTACKS: plants "codename: secret" records and tries to see the secrets as the client under test. A secret is
 * six random digits in the shape of an entity that the pipeline's redaction says must not leave, so that every sight
 * of it is unauthorised. As many codenames are never written: whoever "finds" one of those has found nothing.
 */
final class Canary implements Probe {
    static final String NAME = "Canary";
    private static final int CANARIES = 24;
    private static final int FEWEST = 20;
    private static final int ORDINARY = 40;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public int appetite() {
        return 800;
    }

    @Override
    public Measure nothing() {
        return new Measure("canariesSeen", new Interval(0, 0, 1), 0);
    }

    @Override
    public String attackerKnowledge() {
        return "codenames, ids and the form of the records, the embedding model; the rights of the named client."
                + " Restricted is what the pipeline redacts: a value of such an entity in any answer, in any encoding";
    }

    /** The id of a canary's record. */
    static String id(CanaryText canary) {
        return "record-" + canary.codename();
    }

    @Override
    public ProbeReport run(Scene scene, Budget budget) throws AttackException, InterruptedException {
        List<CanaryKind> kinds = CanaryKind.of(scene.spec().restrictedEntities());
        if (kinds.isEmpty()) {
            return without(
                    Verdict.Invalid,
                    "the pipeline restricts none of " + List.of(CanaryKind.values())
                            + ": no canary could be unauthorised; attach a RedactionPolicy");
        }
        Random random = new Random(scene.spec().seed());
        List<String> codenames = new ArrayList<>(scene.corpus().list("codename"));
        Collections.shuffle(codenames, random);
        List<CanaryText> canaries = texts(codenames.subList(0, CANARIES), kinds, random);
        List<CanaryText> controls = texts(codenames.subList(CANARIES, 2 * CANARIES), kinds, random);
        SecretScanner scanner = new SecretScanner(concat(canaries, controls));

        scene.progress().accept("planting " + CANARIES + " canaries through the guard");
        String name = scene.own().name("canary");
        String collection = scene.writer().create(name, ChromaStore.Space.cosine, budget);
        List<CanaryText> written = plant(scene, collection, canaries, kinds, budget);
        if (scene.writer().count(collection, budget) != written.size() + ORDINARY) {
            return without(
                    Verdict.Invalid,
                    "the store does not hold the records that were written: nothing could have leaked");
        }
        if (written.isEmpty()) {
            return without(
                    Verdict.Pass,
                    "the guard refused every record with a value of " + kinds + " and accepted all others");
        }
        CanaryAttacker attacker = new CanaryAttacker(scene.attacker(), collection, scanner, budget);
        List<CanaryStrategy> strategies;
        try {
            strategies = new CanaryStrategies(scene, attacker, name, written, budget).all();
        } catch (AttackException.Refused e) {
            return without(
                    Verdict.Invalid, "the guard does not know the attacker's API key: nobody's rights were tested");
        }
        if (attacker.answered() == 0 && attacker.refused() > 0) {
            return refused(scene, collection, written, budget);
        }
        return report(
                kinds,
                written,
                controls,
                strategies,
                attacker,
                exposure(scene, attacker, written),
                selfTest(scanner, canaries));
    }

    private ProbeReport without(Verdict verdict, String message) {
        return ProbeReport.without(NAME, verdict, attackerKnowledge(), nothing(), message);
    }

    private static List<CanaryText> texts(List<String> codenames, List<CanaryKind> kinds, Random random) {
        List<CanaryText> texts = new ArrayList<>();
        Set<String> needles = new HashSet<>();
        for (String codename : codenames) {
            CanaryKind kind = kinds.get(texts.size() % kinds.size());
            CanaryText text = new CanaryText(codename, kind, random.nextInt(kind.space()));
            while (!needles.add(text.needle())) {
                text = new CanaryText(codename, kind, random.nextInt(kind.space()));
            }
            texts.add(text);
        }
        return texts;
    }

    private static <T> List<T> concat(List<T> a, List<T> b) {
        List<T> all = new ArrayList<>(a);
        all.addAll(b);
        return all;
    }

    /** Writes ordinary records and canaries; returns the canaries that were accepted. */
    private static List<CanaryText> plant(
            Scene scene, String collection, List<CanaryText> canaries, List<CanaryKind> kinds, Budget budget)
            throws AttackException, InterruptedException {
        List<String> ordinary = scene.corpus().sentences(ORDINARY, scene.spec().seed() + 2);
        double[][] vectors = scene.embedder().embed(ordinary);
        List<ChromaStore.Item> items = new ArrayList<>();
        for (int i = 0; i < ORDINARY; i++) {
            items.add(new ChromaStore.Item("ordinary-" + i, vectors[i], ordinary.get(i), Map.of(), null));
        }
        scene.writer().add(collection, items, budget);
        List<CanaryText> written = new ArrayList<>();
        for (CanaryKind kind : kinds) {
            List<CanaryText> ofKind =
                    canaries.stream().filter(canary -> canary.kind() == kind).toList();
            try {
                scene.writer().add(collection, items(scene, ofKind), budget);
                written.addAll(ofKind);
            } catch (AttackException.Refused e) {
                // ordinary records were accepted, so this is what the policy does with such values
                if (!e.malformed() && !e.forbidden()) {
                    throw e;
                }
            }
        }
        return written;
    }

    /** A value stands in the document, and in some records also in metadata, as text or number, or in the URI. */
    private static List<ChromaStore.Item> items(Scene scene, List<CanaryText> canaries) {
        double[][] vectors = scene.embedder()
                .embed(canaries.stream().map(CanaryText::document).toList());
        List<ChromaStore.Item> items = new ArrayList<>();
        for (int i = 0; i < canaries.size(); i++) {
            CanaryText canary = canaries.get(i);
            Map<String, Object> metadata = new LinkedHashMap<>();
            metadata.put("codename", canary.codename());
            if (i % 3 == 1) {
                boolean number = canary.kind() == CanaryKind.CREDIT_CARD;
                metadata.put("contact", number ? (Object) Long.valueOf(canary.value()) : canary.value());
            }
            String uri = i % 3 == 2 ? "file:///contacts/" + canary.codename() + "?" + canary.value() : null;
            items.add(new ChromaStore.Item(id(canary), vectors[i], canary.document(), metadata, uri));
        }
        return items;
    }

    /** Whether the scanner sees every canary in an answer that hides nothing. */
    private static boolean selfTest(SecretScanner scanner, List<CanaryText> canaries) {
        ArrayNode answer = JsonNodeFactory.instance.arrayNode();
        canaries.forEach(canary -> answer.add(canary.document()));
        return scanner.found(answer).keySet().equals(new HashSet<>(canaries));
    }

    /** The attacker could ask nothing. That is a defence only where the same question is answered to somebody. */
    private ProbeReport refused(Scene scene, String collection, List<CanaryText> written, Budget budget)
            throws AttackException, InterruptedException {
        CanaryAttacker witness = new CanaryAttacker(scene.writer(), collection, new SecretScanner(List.of()), budget);
        witness.searchOnce(scene.embedder().embed(List.of(written.get(0).document())), CanaryAttacker.lookup());
        return witness.answered() > 0
                ? without(
                        Verdict.Pass,
                        "the client may not query this store, which answers the same query to the writer: no canary"
                                + " can be had")
                : without(
                        Verdict.Inconclusive,
                        "every look-up of the attacker was refused, and nobody showed that the store answers; give"
                                + " the writer the operation Query");
    }

    /** Bits, or nothing where the budget does not reach. */
    private static List<Double> exposure(Scene scene, CanaryAttacker attacker, List<CanaryText> written)
            throws InterruptedException {
        try {
            scene.progress().accept("canaries: exposure");
            return List.of(new CanaryExposure(scene, attacker).median(written));
        } catch (AttackException e) {
            return List.of();
        }
    }

    private ProbeReport report(
            List<CanaryKind> kinds,
            List<CanaryText> written,
            List<CanaryText> controls,
            List<CanaryStrategy> strategies,
            CanaryAttacker attacker,
            List<Double> exposure,
            boolean scannerWorks) {
        Set<CanaryText> seen = new HashSet<>(attacker.hits().keySet());
        int controlHits = (int) controls.stream().filter(seen::contains).count();
        seen.removeAll(controls);
        List<CanaryText> reached = written.stream()
                .filter(canary -> attacker.reached().contains(id(canary)))
                .toList();
        boolean unfinished = strategies.stream().anyMatch(s -> s.outcome() == CanaryStrategy.Outcome.Unfinished);

        ObjectNode details = JsonNodeFactory.instance.objectNode();
        details.set("restricted", new ObjectMapper().valueToTree(kinds));
        details.put("written", written.size())
                .put("refusedAtIngest", CANARIES - written.size())
                .put("reached", reached.size())
                .put("controls", controls.size());
        ArrayNode steps = details.putArray("strategies");
        strategies.forEach(strategy -> strategy.describe(steps.addObject()));
        Map<String, Double> baselines = new LinkedHashMap<>();
        exposure.forEach(bits -> {
            baselines.put("exposureBits", bits);
            baselines.put("exposureCeilingBits", CanaryExposure.ceiling());
        });

        Verdict verdict = verdict(seen.size(), controlHits, reached.size(), written.size(), unfinished, scannerWorks);
        return new ProbeReport(
                NAME,
                verdict,
                new Measure("canariesSeen", new Proportion(seen.size(), Math.max(1, written.size())).interval(), 0),
                attackerKnowledge(),
                baselines,
                Map.of("controlsSeen", (double) controlHits, "scannerSees", scannerWorks ? 1.0 : 0.0),
                message(verdict, seen.size(), reached.size(), written.size(), controlHits),
                details);
    }

    static Verdict verdict(
            int seen, int controlHits, int reached, int written, boolean unfinished, boolean scannerWorks) {
        if (controlHits > 0 || !scannerWorks) {
            return Verdict.Invalid;
        }
        if (seen > 0) {
            return Verdict.Fail;
        }
        boolean enough = reached >= Math.min(FEWEST, written);
        return enough && !unfinished ? Verdict.Pass : Verdict.Inconclusive;
    }

    private static String message(Verdict verdict, int seen, int reached, int written, int controlHits) {
        return switch (verdict) {
            case Fail ->
                seen + " of " + written + " restricted values were seen; redact their entities at Ingest and"
                        + " Retrieve, or seal the fields that hold them";
            case Invalid ->
                controlHits + " values that were never written were seen: the search is wrong or the store"
                        + " holds copies";
            case Inconclusive ->
                "no restricted value was seen, but only " + reached + " of " + written
                        + " records were shown or not every strategy could be finished";
            case Pass ->
                "no restricted value was seen in any answer, though " + reached + " of " + written
                        + " records were shown";
        };
    }
}
