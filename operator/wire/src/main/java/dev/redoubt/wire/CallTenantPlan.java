package dev.redoubt.wire;

import dev.redoubt.profiles.MessageSpec.Others;
import dev.redoubt.profiles.Route;
import dev.redoubt.profiles.TenantRule;
import dev.redoubt.profiles.TenantRule.Filter;
import dev.redoubt.profiles.TenantRule.Selection;
import dev.redoubt.profiles.TenantRule.Stamp;
import dev.redoubt.wire.path.FieldSet;
import dev.redoubt.wire.path.PathNode;
import dev.redoubt.wire.path.PathPattern;
import dev.redoubt.wire.path.Rule;
import dev.redoubt.wire.path.Rule.Naming;
import dev.redoubt.wire.path.Rule.Reach;
import dev.redoubt.wire.protobuf.FieldNaming;
import dev.redoubt.wire.protobuf.MessageShape;
import dev.redoubt.wire.protobuf.ProtobufWalk;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How clients are confined to their tenants in one call of gRPC: a rule of the profile, compiled. */
final class CallTenantPlan {
    final byte[] field;
    /** Filters, marks and selections, by the path of the message that each is a field of. */
    final Map<String, List<Merge>> filters = new HashMap<>();

    final Map<String, List<Mark>> marks = new HashMap<>();
    final Map<String, List<Choice>> choices = new HashMap<>();
    final Set<String> refused;
    /** What of a request is edited. */
    final ProtobufWalk.Plan walk;

    /** By index of the rules of the walk. */
    final List<String> paths;

    /** What of an answer is checked; {@code null} for nothing. */
    final CallTenantCheck check;

    /** How columns are marked; {@code null} where none are written. */
    final ColumnTenant columns;

    private final MessageShape shape;
    private final Map<String, Reach> found = new LinkedHashMap<>();

    private CallTenantPlan(TenantRule rule, MessagePlan request, MessagePlan response, String field) {
        this.shape = ((ProtobufWalk.Plan) request.form()).shape();
        this.field = field.getBytes(StandardCharsets.UTF_8);
        this.refused = Set.copyOf(rule.refused());
        rule.filters().forEach(this::add);
        rule.stamps().forEach(stamp -> add(stamp, field));
        rule.selections().forEach(this::add);
        rule.refused().forEach(path -> found.putIfAbsent(path, Reach.Framed));
        this.paths = List.copyOf(found.keySet());
        List<PathNode.Entry> entries = new ArrayList<>();
        for (String path : paths) {
            Rule each = new Rule(entries.size(), found.get(path), Naming.None, 0, FieldSet.NONE);
            entries.add(new PathNode.Entry(PathPattern.parse(path), each));
        }
        ProtobufWalk.Plan whole = (ProtobufWalk.Plan) request.form();
        this.walk = new ProtobufWalk.Plan(
                PathNode.compile(entries, List.of()),
                shape,
                Others.Pass,
                false,
                false,
                FieldNaming.NONE,
                0,
                List.of(),
                whole.maxDepth());
        this.columns = rule.columns() == null ? null : new ColumnTenant(rule.columns(), whole, field);
        this.check = rule.check() == null ? null : CallTenantCheck.compile(rule.check(), response, field);
    }

    /**
     * @param field that holds the tenant; {@code null} where records belong to none
     * @return {@code null} where the route has no such rule
     */
    static CallTenantPlan compile(Route route, MessagePlan request, MessagePlan response, String field) {
        return route.tenant() == null || field == null
                ? null
                : new CallTenantPlan(route.tenant(), request, response, field);
    }

    private void add(Filter filter) {
        for (String at : filter.at()) {
            MessageShape around = shape.at(at);
            filters.computeIfAbsent(at, any -> new ArrayList<>())
                    .add(new Merge(filter, around.number(filter.member()), CallFilter.compile(filter, around)));
            outline(at);
            found.put(MemberPlan.member(at, filter.member()), Reach.Framed);
            if (filter.ids() != null) {
                found.put(MemberPlan.member(at, filter.ids()), Reach.Framed);
            }
        }
    }

    private void add(Stamp stamp, String field) {
        if (stamp.each() != null) {
            throw new IllegalArgumentException("records of a call are no columns: " + stamp.member());
        }
        for (String at : stamp.at()) {
            List<String> steps = new ArrayList<>(List.of(stamp.member().split("\\.")));
            String last = steps.get(steps.size() - 1);
            MessageShape around = shape.at(at);
            MessageShape holder = around.at(String.join(".", steps.subList(0, steps.size() - 1)));
            MessageShape values = around.at(stamp.member()).values();
            boolean named = holder.isMapOfMessages(last);
            if (named) {
                steps.remove(steps.size() - 1);
            }
            outline(at);
            for (int i = 1; i <= steps.size(); i++) {
                outline(MemberPlan.member(at, String.join(".", steps.subList(0, i))));
            }
            found.put(MemberPlan.member(MemberPlan.member(at, stamp.member()), field), Reach.Framed);
            MessageShape inner = named ? holder : holder.at(last);
            int map = named ? holder.number(last) : inner.map();
            marks.computeIfAbsent(at, any -> new ArrayList<>())
                    .add(new Mark(stamp, List.copyOf(steps), around, inner, map, values));
        }
    }

    private void add(Selection selection) {
        int dot = selection.include().lastIndexOf('.');
        for (String at : selection.at()) {
            outline(at);
            String member = MemberPlan.member(at, selection.member());
            outline(member);
            String object = MemberPlan.member(member, selection.include().substring(0, dot));
            outline(object);
            MessageShape selector = shape.at(member);
            choices.computeIfAbsent(at, any -> new ArrayList<>())
                    .add(new Choice(
                            selection,
                            shape.at(at).number(selection.member()),
                            object,
                            shape.at(object).number(selection.include().substring(dot + 1)),
                            selector.flag()));
        }
    }

    private void outline(String path) {
        if (!path.equals(MemberPlan.ROOT)) {
            found.put(path, Reach.Outlined);
        }
    }

    /**
     * A filter with its templates.
     *
     * @param number of the field that it is
     */
    record Merge(Filter filter, int number, CallFilter form) {}

    /**
     * Where records are marked.
     *
     * @param steps from the message of a record to the one that has the map of its fields
     * @param around the shape of the first of them
     * @param holder the shape of the last of them
     * @param map number of the map in it
     * @param values the shape of its values
     */
    record Mark(
            Stamp stamp, List<String> steps, MessageShape around, MessageShape holder, int map, MessageShape values) {}

    /**
     * Which fields come back.
     *
     * @param number of the field that says so
     * @param object path of the message with the list
     * @param list number of the list
     * @param flag number of the field that says whether any come back
     */
    record Choice(Selection selection, int number, String object, int list, int flag) {}
}
