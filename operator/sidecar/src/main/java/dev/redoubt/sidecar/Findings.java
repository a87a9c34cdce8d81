package dev.redoubt.sidecar;

import dev.redoubt.policy.Action;
import dev.redoubt.profiles.Stage;
import dev.redoubt.wire.Report;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** What the bodies of one exchange held, in names, counts and record ids. Filled as the exchange goes on. */
final class Findings {
    /** What the audit shows of record ids. */
    private static final int MOST_RECORDS = 64;

    private final Set<String> rules = new LinkedHashSet<>();
    private final Map<Redacted, Integer> redacted = new TreeMap<>();
    private final List<String> records = new ArrayList<>();
    private int recordCount;
    private int sealed;
    private int opened;
    private int unopened;
    private int restored;
    private int dropped;
    private int withheld;
    private int limited;
    private int vectors;
    private int scores;
    private int logprobs;
    private int unjudged;

    /** Texts of one kind that met one fate at one stage. */
    record Redacted(Stage stage, Action action, String entity) implements Comparable<Redacted> {
        @Override
        public int compareTo(Redacted other) {
            int byStage = stage.compareTo(other.stage);
            int byAction = byStage != 0 ? byStage : action.compareTo(other.action);
            return byAction != 0 ? byAction : entity.compareTo(other.entity);
        }
    }

    void rule(String name) {
        if (name != null) {
            rules.add(name);
        }
    }

    /** A recogniser did not judge all texts of a message, which goes on without. */
    void unjudged(String rule) {
        rule(rule);
        unjudged++;
    }

    /** Adds what was found in a message, or in a part of one. */
    void add(Report report) {
        for (Report.Redacted each : report.redacted()) {
            redacted.merge(new Redacted(each.stage(), each.action(), each.entity()), each.count(), Integer::sum);
        }
        for (String id : report.records()) {
            if (records.size() < MOST_RECORDS) {
                records.add(id);
            }
        }
        recordCount += report.recordCount();
        sealed += report.sealed();
        opened += report.opened();
        unopened += report.unopened();
        restored += report.restored();
        dropped += report.dropped();
        withheld += report.withheld();
        limited += report.limited();
        vectors += report.vectors();
        scores += report.scores();
        logprobs += report.logprobs();
    }

    List<String> rules() {
        return List.copyOf(rules);
    }

    Map<Redacted, Integer> redacted() {
        return redacted;
    }

    /** Counts by action, then by entity, over all stages. */
    Map<String, Map<String, Integer>> entities() {
        Map<String, Map<String, Integer>> byAction = new TreeMap<>();
        redacted.forEach((key, count) -> byAction.computeIfAbsent(key.action().name(), action -> new TreeMap<>())
                .merge(key.entity(), count, Integer::sum));
        return byAction;
    }

    /** Ids of the first records of all messages. */
    List<String> records() {
        return records;
    }

    int recordCount() {
        return recordCount;
    }

    /** Counts of what was done, by name, in the order of a message's way. */
    Map<String, Integer> counts() {
        Map<String, Integer> counts = new LinkedHashMap<>();
        counts.put("limited", limited);
        counts.put("dropped", dropped);
        counts.put("withheld", withheld);
        counts.put("sealed", sealed);
        counts.put("opened", opened);
        counts.put("unopened", unopened);
        counts.put("restored", restored);
        counts.put("vectors", vectors);
        counts.put("scores", scores);
        counts.put("logprobs", logprobs);
        counts.put("unjudged", unjudged);
        return counts;
    }
}
