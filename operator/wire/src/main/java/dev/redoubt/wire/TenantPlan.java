package dev.redoubt.wire;

import dev.redoubt.profiles.MessageSpec.Encoding;
import dev.redoubt.profiles.Role;
import dev.redoubt.profiles.Route;
import dev.redoubt.profiles.TenantRule;
import dev.redoubt.profiles.TenantRule.Filter;
import dev.redoubt.profiles.TenantRule.Selection;
import dev.redoubt.profiles.TenantRule.Stamp;
import dev.redoubt.profiles.ValueSpec;
import dev.redoubt.wire.path.PathPattern;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How clients are confined to their tenants on one route: a rule of the profile, compiled. */
final class TenantPlan {
    final String field;
    /** Filters, stamps and selections, by the path of the object that each is a member of. */
    final Map<String, List<Merge>> filters = new HashMap<>();

    final Map<String, List<Stamp>> stamps = new HashMap<>();
    final Map<String, List<Selection>> selections = new HashMap<>();
    /** Paths of objects of fields that are stamped. */
    final Set<String> stamped = new HashSet<>();

    final Set<String> refused;
    /** What of a request is edited; {@code null} for nothing. */
    final MemberPlan request;

    /** What of an answer is checked; {@code null} for nothing. */
    final TenantCheck check;

    private TenantPlan(Route route, String field, int depth) {
        TenantRule rule = route.tenant();
        requireJson(route, rule);
        this.field = field;
        this.refused = Set.copyOf(rule.refused());
        List<String> paths = new ArrayList<>(rule.refused());
        for (Filter filter : rule.filters()) {
            Merge merge = new Merge(filter);
            for (String at : filter.at()) {
                filters.computeIfAbsent(at, any -> new ArrayList<>()).add(merge);
                paths.add(at);
                paths.add(MemberPlan.member(at, filter.member()));
                if (filter.ids() != null) {
                    paths.add(MemberPlan.member(at, filter.ids()));
                }
            }
        }
        for (Stamp stamp : rule.stamps()) {
            for (String at : stamp.at()) {
                stamps.computeIfAbsent(at, any -> new ArrayList<>()).add(stamp);
                String member = MemberPlan.member(at, stamp.member());
                String fields = stamp.each() == null ? member : MemberPlan.item(member);
                stamped.add(fields);
                paths.add(at);
                paths.add(member);
                paths.add(fields);
                paths.add(MemberPlan.member(fields, field));
                if (stamp.each() != null) {
                    paths.add(MemberPlan.member(at, stamp.each()));
                }
            }
        }
        for (Selection selection : rule.selections()) {
            for (String at : selection.at()) {
                selections.computeIfAbsent(at, any -> new ArrayList<>()).add(selection);
                String member = MemberPlan.member(at, selection.member());
                paths.add(at);
                paths.add(member);
                paths.add(MemberPlan.member(member, selection.include()));
            }
        }
        this.request = paths.isEmpty() ? null : MemberPlan.compile(paths, depth);
        this.check = rule.check() == null ? null : TenantCheck.compile(rule.check(), records(route), field, depth);
    }

    /**
     * @param field that holds the tenant
     * @return {@code null} where the route has no such rule
     */
    static TenantPlan compile(Route route, String field, int depth) {
        return route.tenant() == null || field == null ? null : new TenantPlan(route, field, depth);
    }

    /** So far only JSON is edited so. A rule without any part does not edit. */
    private static void requireJson(Route route, TenantRule rule) {
        boolean json =
                route.request().encoding() == Encoding.None || route.request().encoding() == Encoding.Json;
        boolean answersJson = route.response().encoding() == Encoding.Json && route.stream() == null;
        if (!rule.equals(TenantRule.NONE) && !(json && answersJson)) {
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

    /** A filter with its templates. */
    record Merge(Filter filter, Template alone, Template both, Template chosen) {
        private Merge(Filter filter) {
            this(filter, template(filter.alone()), template(filter.both()), template(filter.chosen()));
        }

        private static Template template(String json) {
            return json == null ? null : new Template(json);
        }
    }
}
