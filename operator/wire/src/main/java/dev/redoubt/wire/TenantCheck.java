package dev.redoubt.wire;

import dev.redoubt.profiles.MessageSpec.Others;
import dev.redoubt.profiles.TenantRule.Check;
import dev.redoubt.wire.json.JsonFault;
import dev.redoubt.wire.json.JsonText;
import dev.redoubt.wire.path.FieldSet;
import dev.redoubt.wire.path.Hits;
import dev.redoubt.wire.path.Hits.Kind;
import dev.redoubt.wire.path.PathNode;
import dev.redoubt.wire.path.PathPattern;
import dev.redoubt.wire.path.Rule;
import dev.redoubt.wire.path.Rule.Naming;
import dev.redoubt.wire.path.Rule.Reach;
import dev.redoubt.wire.path.Walk;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Takes hits out of an answer that are not of a tenant, whatever the target made of the filter. */
final class TenantCheck {
    private static final int FIELDS = 0;

    private final RecordPlan records;
    private final Walk.Plan walk;
    private final boolean required;

    private TenantCheck(RecordPlan records, Walk.Plan walk, boolean required) {
        this.records = records;
        this.walk = walk;
        this.required = required;
    }

    static TenantCheck compile(Check check, List<PathPattern> records, String field, int depth) {
        if (records.isEmpty()) {
            throw new IllegalArgumentException("an answer is checked that has no record");
        }
        List<PathNode.Entry> entries = new ArrayList<>();
        for (String path : List.of(check.path(), check.path() + "." + field)) {
            Rule rule = new Rule(entries.size(), Reach.Framed, Naming.None, 0, FieldSet.NONE);
            entries.add(new PathNode.Entry(PathPattern.parse(path), rule));
        }
        return new TenantCheck(
                RecordPlan.compile(records, depth),
                new Walk.Plan(PathNode.compile(entries, List.of()), Others.Pass, false, depth),
                check.required());
    }

    /**
     * The answer with the tenant's hits alone.
     *
     * @param tenant UTF-8 of the value that the field must have
     * @throws JsonFault where the body is not one JSON value
     */
    byte[] apply(byte[] body, byte[] tenant, Tally tally) throws JsonFault {
        Hits hits = Walk.over(body, walk);
        Records all = records.listed(body);
        Set<Records.Id> foreign = new HashSet<>();
        Set<Records.Id> own = new HashSet<>();
        for (int i = 0; i < hits.size(); i++) {
            Records.Id record = all.at(hits.start(i)).orElse(null);
            if (record == null || hits.kind(i) == Kind.Null) {
                continue;
            }
            if (hits.rule(i).index() == FIELDS) {
                foreign.add(record);
            } else if (hits.kind(i).isString()
                    && Arrays.equals(JsonText.decode(body, hits.start(i) + 1, hits.end(i) - 1), tenant)) {
                own.add(record);
            }
        }
        if (required) {
            foreign.addAll(all.innermost());
        }
        foreign.removeAll(own);
        tally.withheld += foreign.size();
        return foreign.isEmpty() ? body : all.without(foreign);
    }
}
