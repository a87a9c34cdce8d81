package dev.redoubt.sidecar;

import dev.redoubt.policy.Action;
import dev.redoubt.profiles.Stage;
import dev.redoubt.wire.Report;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
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
    private final int[] counts = new int[Count.ALL.length];
    private int recordCount;

    /** What was done to values, in the order of a message's way. */
    enum Count {
        Limited,
        Dropped,
        Withheld,
        Sealed,
        Opened,
        Unopened,
        Restored,
        Vectors,
        Scores,
        Logprobs,
        Unjudged;

        private static final Count[] ALL = values();

        private final String label = name().toLowerCase(Locale.ROOT);

        static Count[] all() {
            return ALL;
        }

        /** What audit and metrics call it. */
        String label() {
            return label;
        }
    }

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
        add(Count.Unjudged, 1);
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
        add(Count.Limited, report.limited());
        add(Count.Dropped, report.dropped());
        add(Count.Withheld, report.withheld());
        add(Count.Sealed, report.sealed());
        add(Count.Opened, report.opened());
        add(Count.Unopened, report.unopened());
        add(Count.Restored, report.restored());
        add(Count.Vectors, report.vectors());
        add(Count.Scores, report.scores());
        add(Count.Logprobs, report.logprobs());
    }

    private void add(Count what, int times) {
        counts[what.ordinal()] += times;
    }

    List<String> rules() {
        return List.copyOf(rules);
    }

    Map<Redacted, Integer> redacted() {
        return redacted;
    }

    /** Counts by action, then by entity, over all stages. */
    Map<String, Map<String, Integer>> entities() {
        if (redacted.isEmpty()) {
            return Map.of();
        }
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

    /** How often something was done. */
    int count(Count what) {
        return counts[what.ordinal()];
    }
}
