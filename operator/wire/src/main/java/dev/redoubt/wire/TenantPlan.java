package dev.redoubt.wire;

import dev.redoubt.profiles.LinePair;
import dev.redoubt.profiles.MessageSpec;
import dev.redoubt.profiles.MessageSpec.Encoding;
import dev.redoubt.profiles.Role;
import dev.redoubt.profiles.Route;
import dev.redoubt.profiles.TenantRule;
import dev.redoubt.profiles.TenantRule.Filter;
import dev.redoubt.profiles.TenantRule.Selection;
import dev.redoubt.profiles.TenantRule.Setting;
import dev.redoubt.profiles.TenantRule.Stamp;
import dev.redoubt.profiles.ValueSpec;
import dev.redoubt.wire.path.PathNode;
import dev.redoubt.wire.path.PathPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How clients are confined to their tenants on one route, or in one kind of line: a rule of the profile, compiled. */
final class TenantPlan {
    private static final String FIELD = "{field}";

    final String field;
    /** Filters, stamps, settings and selections, by the path of the object that each is a member of. */
    final Map<String, List<Merge>> filters = new HashMap<>();

    /** Filters of lists, by the paths of the items. */
    final Map<String, Merge> each = new HashMap<>();

    final Map<String, List<Stamp>> stamps = new HashMap<>();
    final Map<String, List<Given>> settings = new HashMap<>();
    final Map<String, List<Selection>> selections = new HashMap<>();
    /** Paths of objects of fields that are stamped. */
    final Set<String> stamped = new HashSet<>();

    final Set<String> refused;
    /** What of a request is edited; {@code null} for nothing. */
    final MemberPlan request;

    final TenantRule.Parameters parameters;

    /** What of an answer is checked; {@code null} for nothing. */
    final TenantCheck check;

    private final List<String> paths = new ArrayList<>();

    private TenantPlan(
            TenantRule rule, List<MessageSpec.Again> again, List<PathPattern> records, String field, int depth) {
        this.field = field;
        this.refused = Set.copyOf(rule.refused());
        this.parameters = rule.parameters();
        paths.addAll(rule.refused());
        rule.filters().forEach(this::add);
        rule.stamps().forEach(this::add);
        rule.settings().forEach(this::add);
        rule.selections().forEach(this::add);
        List<PathNode.Again> repeated = again.stream()
                .map(each -> new PathNode.Again(PathPattern.parse(each.at()), PathPattern.parse(each.of())))
                .toList();
        this.request = paths.isEmpty() ? null : MemberPlan.compile(paths, repeated, depth);
        this.check = rule.check() == null ? null : TenantCheck.compile(rule.check(), records, field, depth);
    }

    /**
     * @param field that holds the tenant
     * @return {@code null} where the route has no such rule
     */
    static TenantPlan compile(Route route, String field, int depth) {
        if (route.tenant() == null || field == null) {
            return null;
        }
        requireJson(route);
        return new TenantPlan(route.tenant(), route.request().again(), records(route), field, depth);
    }

    /**
     * Of the line after a head.
     *
     * @return {@code null} where such lines have no rule
     */
    static TenantPlan compile(LinePair pair, MessageSpec request, String field, int depth) {
        return pair.tenant() == null || field == null
                ? null
                : new TenantPlan(pair.tenant(), request.again(), List.of(), field, depth);
    }

    /** So far only JSON is edited so. A rule without any part does not edit. */
    private static void requireJson(Route route) {
        boolean json = route.request().encoding() == Encoding.None
                || route.request().encoding() == Encoding.Json
                || !route.request().pairs().isEmpty();
        boolean answersJson = route.response().encoding() == Encoding.Json && route.stream() == null;
        if (!route.tenant().equals(TenantRule.NONE) && !(json && answersJson)) {
            throw new IllegalArgumentException("records of tenants are told apart in JSON alone: " + route.name());
        }
    }

    private static List<PathPattern> records(Route route) {
        return route.response().values().stream()
                .filter(value -> value.role() == Role.Record)
                .map(ValueSpec::path)
                .map(PathPattern::parse)
                .toList();
    }

    private void add(Filter filter) {
        Merge merge = new Merge(filter);
        for (String at : filter.at()) {
            filters.computeIfAbsent(at, any -> new ArrayList<>()).add(merge);
            paths.add(at);
            String member = MemberPlan.member(at, filter.member());
            paths.add(member);
            if (filter.form() == TenantRule.Form.Each) {
                each.put(MemberPlan.item(member), merge);
                paths.add(MemberPlan.item(member));
            }
            if (filter.ids() != null) {
                paths.add(MemberPlan.member(at, filter.ids()));
            }
            if (filter.having() != null) {
                paths.add(MemberPlan.member(at, filter.having()));
            }
            filter.instead().forEach(other -> paths.add(MemberPlan.member(at, other)));
        }
    }

    private void add(Stamp stamp) {
        for (String at : stamp.at()) {
            paths.add(at);
            String fields = at;
            if (stamp.member() != null) {
                stamps.computeIfAbsent(at, any -> new ArrayList<>()).add(stamp);
                String member = MemberPlan.member(at, stamp.member());
                fields = stamp.each() == null ? member : MemberPlan.item(member);
                paths.add(member);
                paths.add(fields);
            }
            stamped.add(fields);
            paths.add(MemberPlan.member(fields, field));
            if (stamp.each() != null) {
                paths.add(MemberPlan.member(at, stamp.each()));
            }
        }
    }

    private void add(Setting setting) {
        String name = setting.member().equals(FIELD) ? field : setting.member();
        Given given = new Given(name, new Template(setting.value()));
        for (String at : setting.at()) {
            settings.computeIfAbsent(at, any -> new ArrayList<>()).add(given);
            paths.add(at);
            paths.add(MemberPlan.member(at, name));
        }
    }

    private void add(Selection selection) {
        for (String at : selection.at()) {
            selections.computeIfAbsent(at, any -> new ArrayList<>()).add(selection);
            String member = MemberPlan.member(at, selection.member());
            paths.add(at);
            paths.add(member);
            paths.add(MemberPlan.member(member, selection.include()));
        }
    }

    /**
     * Query parameters as they go on.
     *
     * @throws RefusedException where one is there that must not be
     */
    Map<String, String> query(Map<String, String> asked) throws RefusedException {
        for (String name : parameters.refused()) {
            if (asked.containsKey(name)) {
                throw new RefusedException(new Refusal(RefusalReason.OtherTenant, name));
            }
        }
        Map<String, String> edited = new HashMap<>(asked);
        for (String name : parameters.selections()) {
            edited.computeIfPresent(name, (same, value) -> switch (value) {
                case "true" -> value;
                case "false" -> field;
                default -> value + "," + field;
            });
        }
        edited.putAll(parameters.set());
        return edited;
    }

    /** A filter with its templates. */
    record Merge(Filter filter, Template alone, Template both, Template chosen) {
        private Merge(Filter filter) {
            this(filter, template(filter.alone()), template(filter.both()), template(filter.chosen()));
        }

        private static Template template(String json) {
            return json == null ? null : new Template(json);
        }
    }

    /** A member with the template of its value. */
    record Given(String name, Template value) {}
}
