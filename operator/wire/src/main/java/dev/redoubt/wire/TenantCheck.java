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
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Takes hits out of an answer that are not of a tenant, whatever the target made of the filter, or makes them look as if
 * they were not there.
 */
final class TenantCheck {
    private static final int FIELDS = 0;
    private static final int TENANT = 1;
    /** The first member of a hit that is told of one that is not there. */
    private static final int FIRST_TOLD = 2;

    private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

    /** {@code null} where the answer itself is the only one. */
    private final RecordPlan records;

    private final Walk.Plan walk;
    private final boolean required;
    private final Template absent;
    private final int status;

    private TenantCheck(RecordPlan records, Walk.Plan walk, Check check) {
        this.records = records;
        this.walk = walk;
        this.required = check.required();
        this.absent = check.absent() == null ? null : new Template(check.absent());
        this.status = check.status() == null ? 0 : check.status();
    }

    /** @param records those that the answer of the route has by their role */
    static TenantCheck compile(Check check, List<PathPattern> records, String field, int depth) {
        List<PathPattern> hits = check.of() == null ? records : List.of(PathPattern.parse(check.of()));
        boolean whole = check.status() != null;
        if (hits.isEmpty() != whole) {
            throw new IllegalArgumentException("an answer has hits that are checked, or is one");
        }
        List<String> paths = new ArrayList<>(List.of(check.path(), check.path() + "." + field));
        if (check.absent() != null) {
            String hit = whole ? MemberPlan.ROOT : check.of();
            new Template(check.absent()).places().forEach(name -> paths.add(MemberPlan.member(hit, name)));
        }
        List<PathNode.Entry> entries = new ArrayList<>();
        for (String path : paths) {
            Rule rule = new Rule(entries.size(), Reach.Framed, Naming.None, 0, FieldSet.NONE);
            entries.add(new PathNode.Entry(PathPattern.parse(path), rule));
        }
        return new TenantCheck(
                whole ? null : RecordPlan.compile(hits, depth),
                new Walk.Plan(PathNode.compile(entries, List.of()), Others.Pass, false, depth),
                check);
    }

    /**
     * An answer that was checked.
     *
     * @param status HTTP status that it has now; 0 where that stays
     */
    record Checked(byte[] body, int status) {}

    /**
     * The answer with the tenant's hits alone.
     *
     * @param tenant UTF-8 of the value that the field must have
     * @throws JsonFault where the body is not one JSON value
     */
    Checked apply(byte[] body, byte[] tenant, Tally tally) throws JsonFault {
        Hits hits = Walk.over(body, walk);
        return records == null ? whole(body, hits, tenant, tally) : each(body, hits, tenant, tally);
    }

    private Checked whole(byte[] body, Hits hits, byte[] tenant, Tally tally) {
        Map<String, byte[]> told = new HashMap<>();
        for (int i = 0; i < hits.size(); i++) {
            if (isOwn(body, hits, i, tenant)) {
                return new Checked(body, 0);
            }
            tell(told, body, hits, i);
        }
        tally.withheld++;
        return new Checked(filled(told), status);
    }

    private Checked each(byte[] body, Hits hits, byte[] tenant, Tally tally) {
        ListedRecords all = records.listed(body);
        Set<Records.Id> foreign = new HashSet<>();
        Set<Records.Id> own = new HashSet<>();
        Map<Records.Id, Map<String, byte[]>> told = new HashMap<>();
        for (int i = 0; i < hits.size(); i++) {
            Records.Id record = all.at(hits.start(i)).orElse(null);
            if (record == null || hits.kind(i) == Kind.Null) {
                continue;
            }
            if (hits.rule(i).index() == FIELDS) {
                foreign.add(record);
            } else if (isOwn(body, hits, i, tenant)) {
                own.add(record);
            } else {
                tell(told.computeIfAbsent(record, any -> new HashMap<>()), body, hits, i);
            }
        }
        if (required) {
            foreign.addAll(all.innermost());
        }
        foreign.removeAll(own);
        if (absent == null) {
            tally.withheld += foreign.size();
            return new Checked(foreign.isEmpty() ? body : all.without(foreign), 0);
        }
        Map<Records.Id, byte[]> others = new HashMap<>();
        foreign.forEach(record -> others.put(record, filled(told.getOrDefault(record, Map.of()))));
        tally.withheld += foreign.size();
        return new Checked(all.with(others), 0);
    }

    private static boolean isOwn(byte[] body, Hits hits, int hit, byte[] tenant) {
        return hits.rule(hit).index() == TENANT
                && hits.kind(hit).isString()
                && Arrays.equals(JsonText.decode(body, hits.start(hit) + 1, hits.end(hit) - 1), tenant);
    }

    private void tell(Map<String, byte[]> told, byte[] body, Hits hits, int hit) {
        int index = hits.rule(hit).index();
        if (absent != null && index >= FIRST_TOLD) {
            told.put(absent.places().get(index - FIRST_TOLD), Arrays.copyOfRange(body, hits.start(hit), hits.end(hit)));
        }
    }

    private byte[] filled(Map<String, byte[]> told) {
        Map<String, byte[]> values = new HashMap<>(told);
        absent.places().forEach(name -> values.putIfAbsent(name, NULL));
        return absent.fill(values).get(0);
    }
}
