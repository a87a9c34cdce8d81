package dev.redoubt.wire;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.Entity;
import dev.redoubt.profiles.Stage;
import dev.redoubt.redact.Finding;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A report while it is being written. */
final class Tally {
    /** Ids that are kept; the count goes on. */
    private static final int MOST_RECORDS = 1024;

    private static final int LONGEST_ID = 256;

    private final Map<Stage, Map<Action, Map<Entity, Integer>>> redacted = new TreeMap<>();
    private final List<String> records = new ArrayList<>();
    private int recordCount;
    private Refusal observed;

    int sealed;
    int opened;
    int unopened;
    int restored;
    int dropped;
    int limited;
    int vectors;
    int scores;
    int logprobs;

    void found(Stage stage, List<Finding> findings) {
        for (Finding finding : findings) {
            redacted.computeIfAbsent(stage, any -> new TreeMap<>())
                    .computeIfAbsent(finding.action(), any -> new TreeMap<>())
                    .merge(finding.entity(), 1, Integer::sum);
        }
    }

    /** Notes a record. The id is only asked for where it is kept. */
    boolean wantsRecord() {
        return recordCount++ < MOST_RECORDS;
    }

    void record(String id) {
        records.add(id.length() <= LONGEST_ID ? id : id.substring(0, LONGEST_ID));
    }

    void observe(Refusal refusal) {
        if (observed == null) {
            observed = refusal;
        }
    }

    Report report() {
        List<Report.Redacted> list = new ArrayList<>();
        redacted.forEach((stage, actions) -> actions.forEach((action, entities) -> entities.forEach(
                (entity, count) -> list.add(new Report.Redacted(stage, action, entity.name(), count)))));
        return new Report(
                list,
                records,
                recordCount,
                sealed,
                opened,
                unopened,
                restored,
                dropped,
                limited,
                vectors,
                scores,
                logprobs,
                observed);
    }
}
