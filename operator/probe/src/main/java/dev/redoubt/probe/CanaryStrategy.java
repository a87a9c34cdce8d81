package dev.redoubt.probe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.TreeMap;

/**
 * One way to come by planted values, and how it went.
 *
 * @param name as ATTACKS calls it
 * @param outcome whether it was carried out
 * @param reason why it was not; empty where it was
 * @param newHits values seen first by this strategy, by how they were seen
 */
record CanaryStrategy(String name, Outcome outcome, String reason, Map<CanaryText, String> newHits) {
    enum Outcome {
        Done,
        NotApplicable,
        Unfinished
    }

    static CanaryStrategy notApplicable(String name, String reason) {
        return new CanaryStrategy(name, Outcome.NotApplicable, reason, Map.of());
    }

    ObjectNode describe(ObjectNode into) {
        into.put("strategy", name).put("outcome", outcome.name());
        if (!reason.isEmpty()) {
            into.put("reason", reason);
        }
        ObjectNode hits = into.putObject("hits");
        Map<String, String> byName = new TreeMap<>();
        newHits.forEach((canary, how) -> byName.put(canary.toString(), how));
        byName.forEach(hits::put);
        return into;
    }
}
