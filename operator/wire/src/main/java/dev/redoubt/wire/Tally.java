package dev.redoubt.wire;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.Entity;
import dev.redoubt.profiles.Stage;
import dev.redoubt.redact.Finding;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** A report while it is being written. */
final class Tally {
    /** Ids that are kept; the count goes on. */
    private static final int MOST_RECORDS = 1024;

    private static final int LONGEST_ID = 256;

    /** A message has few kinds of them: they are found again sooner in a list than in a map. */
    private final List<Count> redacted = new ArrayList<>();

    private final List<String> records = new ArrayList<>();
    private int recordCount;
    private Refusal observed;

    int sealed;
    int opened;
    int unopened;
    int restored;
    int dropped;
    int withheld;
    int limited;
    int vectors;
    int scores;
    int logprobs;

    void found(Stage stage, List<Finding> findings) {
        for (Finding finding : findings) {
            count(stage, finding.action(), finding.entity()).times++;
        }
    }

    private Count count(Stage stage, Action action, Entity entity) {
        for (Count count : redacted) {
            if (count.entity.equals(entity) && count.action == action && count.stage == stage) {
                return count;
            }
        }
        Count first = new Count(stage, action, entity);
        redacted.add(first);
        return first;
    }

    /** Notes a record. The id is only asked for where it is kept. */
    boolean wantsRecord() {
        return recordCount++ < MOST_RECORDS;
    }

    void record(String id) {
        records.add(id.length() <= LONGEST_ID ? id : id.substring(0, LONGEST_ID));
    }

    /** That of the same answer without some hits: what led to that is known, the rest is counted anew. */
    Tally without(int hits) {
        Tally rest = new Tally();
        redacted.stream().filter(count -> count.action == Action.Block).forEach(rest.redacted::add);
        rest.withheld = withheld + hits;
        return rest;
    }

    void observe(Refusal refusal) {
        if (observed == null) {
            observed = refusal;
        }
    }

    Report report() {
        return new Report(
                redacted.isEmpty() ? List.of() : sorted(),
                records,
                recordCount,
                sealed,
                opened,
                unopened,
                restored,
                dropped,
                withheld,
                limited,
                vectors,
                scores,
                logprobs,
                observed);
    }

    private List<Report.Redacted> sorted() {
        return redacted.stream()
                .sorted(Comparator.comparing((Count count) -> count.stage)
                        .thenComparing(count -> count.action)
                        .thenComparing(count -> count.entity))
                .map(count -> new Report.Redacted(count.stage, count.action, count.entity.name(), count.times))
                .toList();
    }

    private static final class Count {
        final Stage stage;
        final Action action;
        final Entity entity;
        int times;

        Count(Stage stage, Action action, Entity entity) {
            this.stage = stage;
            this.action = action;
            this.entity = entity;
        }
    }
}
