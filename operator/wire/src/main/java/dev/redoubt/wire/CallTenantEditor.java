package dev.redoubt.wire;

import dev.redoubt.wire.CallTenantPlan.Choice;
import dev.redoubt.wire.CallTenantPlan.Mark;
import dev.redoubt.wire.CallTenantPlan.Merge;
import dev.redoubt.wire.frame.MessageFault;
import dev.redoubt.wire.path.Hits;
import dev.redoubt.wire.path.Rule.Reach;
import dev.redoubt.wire.protobuf.MessageTemplate;
import dev.redoubt.wire.protobuf.ProtobufDraft;
import dev.redoubt.wire.protobuf.Varint;
import dev.redoubt.wire.protobuf.WireType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Confines a message of gRPC to the records of a tenant, as {@link TenantEditor} does JSON: merges its filter into the
 * client's own, which can then only narrow it, and marks what is written as the tenant's. Comes last of all edits.
 */
final class CallTenantEditor {
    private final CallTenantPlan plan;
    private final ProtobufDraft draft;
    private final Hits hits;
    private final byte[] tenant;
    private final Map<String, byte[]> values;
    private final Deque<Container> open = new ArrayDeque<>();

    /** @param message one that was read and edited before */
    CallTenantEditor(byte[] message, CallTenantPlan plan, String tenant) {
        this.plan = plan;
        try {
            this.draft = plan.walk.read(message, new Hits());
        } catch (MessageFault e) {
            throw new IllegalStateException("a message was read before and cannot be now", e);
        }
        this.hits = draft.hits();
        this.tenant = tenant.getBytes(StandardCharsets.UTF_8);
        this.values = Map.of("field", plan.field, "tenant", this.tenant);
    }

    /** A message that is open. */
    private static final class Container {
        private final String path;
        /** {@code null} for the one that all others stand in. */
        private final Integer hit;

        private final int end;
        /** Hits of its fields, and of those of messages in it that were followed, by their paths. */
        private final Map<String, Integer> given = new HashMap<>();

        private Container(String path, Integer hit, int end) {
            this.path = path;
            this.hit = hit;
            this.end = end;
        }
    }

    /** The edited message. */
    byte[] edit() throws RefusedException {
        open.push(new Container(MemberPlan.ROOT, null, Integer.MAX_VALUE));
        for (int i = 0; i < hits.size(); i++) {
            close(hits.start(i));
            String path = plan.paths.get(hits.rule(i).index());
            for (Container around : open) {
                around.given.put(path, i);
            }
            value(open.peek(), path, i);
            if (hits.rule(i).reach() == Reach.Outlined) {
                open.push(new Container(path, i, hits.end(i)));
            }
        }
        close(Integer.MAX_VALUE);
        byte[] edited = draft.finish();
        return plan.columns == null ? edited : plan.columns.apply(edited, tenant);
    }

    private void close(int before) throws RefusedException {
        while (!open.isEmpty() && open.peek().end <= before) {
            end(open.pop());
        }
    }

    private void value(Container in, String path, int hit) throws RefusedException {
        if (plan.refused.contains(path)) {
            throw refused(path);
        }
        for (Merge merge : plan.filters.getOrDefault(in.path, List.of())) {
            String member = MemberPlan.member(in.path, merge.filter().member());
            String ids = merge.filter().ids() == null
                    ? null
                    : MemberPlan.member(in.path, merge.filter().ids());
            if (path.equals(member)) {
                requireNot(in, ids, path);
                filter(path, hit, merge);
            } else if (path.equals(ids)) {
                requireNot(in, member, path);
                Map<String, byte[]> with = new HashMap<>(values);
                with.put("ids", draft.content(hit));
                draft.putFields(
                        hit, MessageTemplate.field(merge.number(), merge.form().chosen(with)));
            }
        }
        for (Container around : open) {
            for (Mark mark : plan.marks.getOrDefault(around.path, List.of())) {
                if (path.equals(tenant(around, mark)) && !isOwn(hit, mark)) {
                    throw refused(path);
                }
            }
        }
    }

    private void filter(String path, int hit, Merge merge) throws RefusedException {
        byte[] own = draft.content(hit);
        if (own.length > 0) {
            Map<String, byte[]> with = new HashMap<>(values);
            with.put("filter", own);
            draft.putContent(hit, merge.form().both(with));
        } else if (merge.form().isOptional()) {
            draft.putContent(hit, merge.form().alone(values));
        } else {
            throw refused(path);
        }
    }

    /** The ids become the filter, so there must not be both. */
    private static void requireNot(Container in, String other, String path) throws RefusedException {
        if (other != null && in.given.containsKey(other)) {
            throw refused(path);
        }
    }

    private String tenant(Container record, Mark mark) {
        String fields = MemberPlan.member(record.path, mark.stamp().member());
        return MemberPlan.member(fields, new String(plan.field, StandardCharsets.UTF_8));
    }

    /** Whether the value in a map is the text that would be written. */
    private boolean isOwn(int hit, Mark mark) {
        byte[] value = Arrays.copyOfRange(draft.body(), hits.start(hit), hits.end(hit));
        return Arrays.equals(value, mark.values().value(tenant));
    }

    private void end(Container container) throws RefusedException {
        for (Merge merge : plan.filters.getOrDefault(container.path, List.of())) {
            missing(container, merge);
        }
        for (Mark mark : plan.marks.getOrDefault(container.path, List.of())) {
            missing(container, mark);
        }
        for (Choice choice : plan.choices.getOrDefault(container.path, List.of())) {
            select(container, choice);
        }
    }

    private void missing(Container container, Merge merge) throws RefusedException {
        String member = MemberPlan.member(container.path, merge.filter().member());
        String ids = merge.filter().ids() == null
                ? null
                : MemberPlan.member(container.path, merge.filter().ids());
        if (container.given.containsKey(member) || ids != null && container.given.containsKey(ids)) {
            return;
        }
        if (!merge.form().isOptional()) {
            // with the tenant's filter alone it would be all of its records
            throw refused(member);
        }
        draft.append(
                container.hit,
                MessageTemplate.field(merge.number(), merge.form().alone(values)));
    }

    private void missing(Container record, Mark mark) {
        if (record.given.containsKey(tenant(record, mark))) {
            return;
        }
        Integer holder = record.hit;
        String path = record.path;
        int known = 0;
        for (String step : mark.steps()) {
            path = MemberPlan.member(path, step);
            if (!record.given.containsKey(path)) {
                break;
            }
            holder = record.given.get(path);
            known++;
        }
        byte[] fields = mark.holder().entry(mark.map(), plan.field, tenant);
        for (int i = mark.steps().size() - 1; i >= known; i--) {
            String around = String.join(".", mark.steps().subList(0, i));
            int number = mark.around().at(around).number(mark.steps().get(i));
            fields = MessageTemplate.field(number, fields);
        }
        draft.append(holder, fields);
    }

    private void select(Container container, Choice choice) {
        Integer list = container.given.get(choice.object());
        if (list != null) {
            draft.append(list, MessageTemplate.field(choice.list(), plan.field));
        } else if (choice.selection().always()) {
            Integer selector = container.given.get(
                    MemberPlan.member(container.path, choice.selection().member()));
            if (selector == null) {
                draft.append(container.hit, MessageTemplate.field(choice.number(), all(choice)));
            } else if (isSilent(selector, choice)) {
                draft.putContent(selector, all(choice));
            }
        }
    }

    /** Whether a selector says that nothing comes back, or says nothing. */
    private boolean isSilent(int selector, Choice choice) {
        byte[] content = draft.content(selector);
        return content.length == 0 || content[0] == WireType.Varint.tag(choice.flag()) && content[1] == 0;
    }

    private static byte[] all(Choice choice) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(Varint.of(WireType.Varint.tag(choice.flag())));
        all.writeBytes(Varint.of(1));
        return all.toByteArray();
    }

    private static RefusedException refused(String path) {
        return new RefusedException(new Refusal(RefusalReason.OtherTenant, path));
    }
}
