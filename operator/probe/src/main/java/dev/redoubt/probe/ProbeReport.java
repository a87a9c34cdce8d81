package dev.redoubt.probe;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redoubt.vectors.Interval;
import java.util.Map;
import java.util.TreeMap;

/**
 * What one probe found.
 *
 * @param name the probe
 * @param verdict what it means
 * @param measure the figure that decided, or the first one
 * @param attackerKnowledge what the attacker knew and was able to do
 * @param baselines what an attacker gets without the attack, by name
 * @param control what the same attack gets where nothing is defended, by name
 * @param message one or two sentences for the status: what was found and what to do next; never a secret
 * @param details everything else that follows from the seed, in order
 */
record ProbeReport(
        String name,
        Verdict verdict,
        Measure measure,
        String attackerKnowledge,
        Map<String, Double> baselines,
        Map<String, Double> control,
        String message,
        ObjectNode details) {
    /** A report without figures: the attack did not get that far. */
    static ProbeReport without(String name, Verdict verdict, String knowledge, Measure measure, String message) {
        return new ProbeReport(
                name, verdict, measure, knowledge, Map.of(), Map.of(), message, JsonNodeFactory.instance.objectNode());
    }

    /** Adds a figure to details. */
    static ObjectNode json(Measure measure) {
        ObjectNode node = JsonNodeFactory.instance.objectNode().put("metric", measure.metric());
        put(node, measure.interval());
        return node.put("threshold", measure.threshold());
    }

    /** Everything that two runs with one seed have in common. */
    ObjectNode json() {
        ObjectNode node =
                JsonNodeFactory.instance.objectNode().put("name", name).put("verdict", verdict.name());
        node.setAll(json(measure));
        node.put("attackerKnowledge", attackerKnowledge);
        node.set("baselines", numbers(baselines));
        node.set("control", numbers(control));
        node.put("message", message);
        node.set("details", details);
        return node;
    }

    private static void put(ObjectNode node, Interval interval) {
        node.put("value", rounded(interval.value()))
                .put("ciLow", rounded(interval.low()))
                .put("ciHigh", rounded(interval.high()));
    }

    private static ObjectNode numbers(Map<String, Double> numbers) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        new TreeMap<>(numbers).forEach((name, number) -> node.put(name, rounded(number)));
        return node;
    }

    /** Three decimals: more would be noise, and would tell processors apart in the digest. */
    static double rounded(double value) {
        return Math.rint(value * 1000) / 1000 + 0.0;
    }
}
