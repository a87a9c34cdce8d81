package dev.redoubt.wire;

import dev.redoubt.profiles.TenantRule.Form;
import dev.redoubt.profiles.TenantRule.Selection;
import dev.redoubt.profiles.TenantRule.Stamp;
import dev.redoubt.wire.TenantPlan.Given;
import dev.redoubt.wire.TenantPlan.Merge;
import dev.redoubt.wire.json.JsonText;
import dev.redoubt.wire.path.Hits.Kind;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Confines a request to the records of a tenant: merges its filter into the client's own, which can then only narrow
 * it, and marks what is written as the tenant's. Comes last of all edits, so that nothing changes it again.
 */
final class TenantEditor extends MemberEditor {
    private static final String IDS = "ids";

    private final TenantPlan plan;
    private final byte[] tenant;
    private final byte[] value;
    private final byte[] fields;
    private final Map<String, byte[]> values;

    /** @param body a request that was read and edited before */
    TenantEditor(byte[] body, TenantPlan plan, String tenant) {
        super(body, plan.request);
        this.plan = plan;
        this.tenant = tenant.getBytes(StandardCharsets.UTF_8);
        this.value = JsonText.encode(this.tenant);
        byte[] field = Template.string(plan.field);
        this.fields = ("[" + text(field) + "]").getBytes(StandardCharsets.UTF_8);
        this.values = Map.of("field", field, "tenant", value);
    }

    @Override
    void value(Container in, String path, int hit) throws RefusedException {
        boolean isNull = hits.kind(hit) == Kind.Null;
        if (plan.refused.contains(path) && !isNull) {
            throw refused(RefusalReason.OtherTenant, path);
        }
        for (Merge merge : plan.filters.getOrDefault(in.path, List.of())) {
            String member = MemberPlan.member(in.path, merge.filter().member());
            if (path.equals(member)) {
                filter(in, path, hit, merge);
            } else if (merge.filter().ids() != null
                    && !isNull
                    && path.equals(MemberPlan.member(in.path, merge.filter().ids()))) {
                ids(in, path, hit, merge);
            }
        }
        if (in.kind == Kind.Array && plan.each.containsKey(path)) {
            around(path, hit, plan.each.get(path));
        }
        for (Stamp stamp : plan.stamps.getOrDefault(in.path, List.of())) {
            if (path.equals(MemberPlan.member(in.path, stamp.member()))) {
                fields(in, path, hit, stamp);
            }
        }
        for (Given setting : plan.settings.getOrDefault(in.path, List.of())) {
            if (path.equals(MemberPlan.member(in.path, setting.name()))) {
                replace(hit, setting.value().fill(values).get(0));
            }
        }
        if (in.kind == Kind.Array && plan.stamped.contains(path)) {
            object(path, hit);
        } else if (plan.stamped.contains(in.path) && path.equals(MemberPlan.member(in.path, plan.field))) {
            own(path, hit);
        }
        for (Selection selection : plan.selections.getOrDefault(in.path, List.of())) {
            if (path.equals(MemberPlan.member(in.path, selection.member()))) {
                select(path, hit, selection);
            }
        }
    }

    @Override
    void end(Container container) throws RefusedException {
        if (container.kind == Kind.Array) {
            if (isSelection(container.path)) {
                append(container, Template.string(plan.field));
            }
            return;
        }
        for (Merge merge : plan.filters.getOrDefault(container.path, List.of())) {
            missing(container, merge);
        }
        for (Stamp stamp : plan.stamps.getOrDefault(container.path, List.of())) {
            missing(container, stamp);
        }
        for (Given setting : plan.settings.getOrDefault(container.path, List.of())) {
            if (!container.has(MemberPlan.member(container.path, setting.name()))) {
                add(container, setting.name(), setting.value().fill(values).get(0));
            }
        }
        if (plan.stamped.contains(container.path) && !container.has(MemberPlan.member(container.path, plan.field))) {
            add(container, plan.field, value);
        }
    }

    // filters

    private void filter(Container in, String path, int hit, Merge merge) throws RefusedException {
        boolean isList = hits.kind(hit) == Kind.Array;
        if (merge.filter().form() == Form.Each) {
            if (!isList) {
                throw refused(RefusalReason.WrongType, path);
            }
            return;
        }
        if (hits.kind(hit) == Kind.Null || hits.kind(hit) == Kind.Object && isEmpty(hit)) {
            if (merge.alone() != null) {
                replace(hit, merge.alone().fill(values).get(0));
            } else if (hits.kind(hit) == Kind.Object) {
                throw refused(RefusalReason.OtherTenant, path);
            }
        } else if (isList && merge.filter().form() == Form.All) {
            around(hit, merge);
        } else if (only(hit)
                .filter(name -> name.equals(merge.filter().except()))
                .isEmpty()) {
            requireNot(in, merge.filter().ids(), path);
            around(path, hit, merge);
        }
    }

    private void around(String path, int hit, Merge merge) throws RefusedException {
        if (hits.kind(hit) != Kind.Object || isEmpty(hit)) {
            throw refused(RefusalReason.WrongType, path);
        }
        around(hit, merge);
    }

    private void around(int hit, Merge merge) {
        List<byte[]> around = merge.both().fill(values);
        wrap(hit, around.get(0), around.get(1));
    }

    private void ids(Container in, String path, int hit, Merge merge) throws RefusedException {
        requireNot(in, merge.filter().member(), path);
        Map<String, byte[]> with = new HashMap<>(values);
        with.put(IDS, Arrays.copyOfRange(body, hits.start(hit), hits.end(hit)));
        ByteArrayOutputStream member = new ByteArrayOutputStream();
        member.writeBytes(Template.string(merge.filter().member()));
        member.write(':');
        member.writeBytes(merge.chosen().fill(with).get(0));
        replace(name(hits.start(hit)), hits.end(hit), member.toByteArray());
    }

    /** The ids' member becomes the filter's, so there must not be both. */
    private void requireNot(Container in, String other, String path) throws RefusedException {
        if (other != null && in.given(MemberPlan.member(in.path, other)) != null) {
            throw refused(RefusalReason.OtherTenant, path);
        }
    }

    private void missing(Container container, Merge merge) throws RefusedException {
        if (isElsewhere(container, merge)) {
            return;
        }
        String member = MemberPlan.member(container.path, merge.filter().member());
        String ids = merge.filter().ids();
        boolean chosen = ids != null && container.given(MemberPlan.member(container.path, ids)) != null;
        if (chosen || merge.alone() == null && container.given(member) != null) {
            return;
        }
        if (merge.alone() == null) {
            // without either the target would refuse it, and with a filter alone it would be all of the tenant's
            throw refused(RefusalReason.OtherTenant, member);
        }
        if (!container.has(member)) {
            add(container, merge.filter().member(), merge.alone().fill(values).get(0));
        }
    }

    /** Whether an object is none that has this filter, or another part of it is confined in its place. */
    private boolean isElsewhere(Container container, Merge merge) {
        String having = merge.filter().having();
        if (having != null && container.given(MemberPlan.member(container.path, having)) == null) {
            return true;
        }
        return merge.filter().instead().stream()
                .map(name -> container.given(MemberPlan.member(container.path, name)))
                .anyMatch(other -> other != null && hits.count(other) > 0);
    }

    // fields of records

    private void fields(Container in, String path, int hit, Stamp stamp) throws RefusedException {
        if (stamp.each() == null) {
            object(path, hit);
            return;
        }
        int count = count(in, MemberPlan.member(in.path, stamp.each()));
        if (hits.kind(hit) == Kind.Null) {
            replace(hit, own(count));
        } else if (hits.kind(hit) != Kind.Array || hits.count(hit) != count) {
            throw refused(RefusalReason.WrongType, path);
        }
    }

    private void object(String path, int hit) throws RefusedException {
        if (hits.kind(hit) == Kind.Null) {
            replace(hit, own());
        } else if (hits.kind(hit) != Kind.Object) {
            throw refused(RefusalReason.WrongType, path);
        }
    }

    private void own(String path, int hit) throws RefusedException {
        if (hits.kind(hit) == Kind.Null) {
            replace(hit, value);
        } else if (!hits.kind(hit).isString()
                || !Arrays.equals(JsonText.decode(body, hits.start(hit) + 1, hits.end(hit) - 1), tenant)) {
            throw refused(RefusalReason.OtherTenant, path);
        }
    }

    private void missing(Container container, Stamp stamp) {
        if (container.has(MemberPlan.member(container.path, stamp.member()))) {
            return;
        }
        if (stamp.each() == null) {
            add(container, stamp.member(), own());
        } else {
            int count = count(container, MemberPlan.member(container.path, stamp.each()));
            add(container, stamp.member(), own(count));
        }
    }

    /** An object of fields that has the tenant's alone. */
    private byte[] own() {
        return ("{" + text(Template.string(plan.field)) + ":" + text(value) + "}").getBytes(StandardCharsets.UTF_8);
    }

    /** As many of them in an array. */
    private byte[] own(int count) {
        return ("[" + String.join(",", Collections.nCopies(count, text(own()))) + "]").getBytes(StandardCharsets.UTF_8);
    }

    // which fields come back

    private void select(String path, int hit, Selection selection) throws RefusedException {
        switch (hits.kind(hit)) {
            case False -> {
                if (selection.always()) {
                    replace(hit, fields);
                }
            }
            case String, EscapedString -> {
                byte[] name = Arrays.copyOfRange(body, hits.start(hit), hits.end(hit));
                replace(
                        hit,
                        ("[" + text(name) + "," + text(Template.string(plan.field)) + "]")
                                .getBytes(StandardCharsets.UTF_8));
            }
            case Null, True, Array, Object -> {}
            default -> throw refused(RefusalReason.WrongType, path);
        }
    }

    private boolean isSelection(String array) {
        return plan.selections.entrySet().stream()
                .anyMatch(entry -> entry.getValue().stream().anyMatch(selection -> {
                    String member = MemberPlan.member(entry.getKey(), selection.member());
                    return array.equals(member) || array.equals(MemberPlan.member(member, selection.include()));
                }));
    }

    // bytes

    private static String text(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    private boolean isEmpty(int hit) {
        for (int i = hits.start(hit) + 1; i < hits.end(hit) - 1; i++) {
            if (body[i] > ' ') {
                return false;
            }
        }
        return true;
    }

    /** Where the name of a member begins whose value begins at a place. The names of ids hold no quotes. */
    private int name(int at) {
        int quote = at;
        for (int quotes = 0; quotes < 2; ) {
            quote--;
            quotes += body[quote] == '"' ? 1 : 0;
        }
        return quote;
    }

    private static RefusedException refused(RefusalReason reason, String path) {
        return new RefusedException(new Refusal(reason, path));
    }
}
