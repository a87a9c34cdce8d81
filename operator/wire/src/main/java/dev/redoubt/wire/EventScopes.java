package dev.redoubt.wire;

import dev.redoubt.profiles.Role;
import dev.redoubt.wire.path.Hits;
import dev.redoubt.wire.path.Hits.Kind;
import dev.redoubt.wire.path.PathPattern;
import dev.redoubt.wire.path.PathPattern.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Tells which items of arrays a value of an event stands in: each by its stream keys, such as the index of a choice,
 * or by its position where it has none; and outside of arrays by the keys of the event. Values of equal paths and
 * scopes continue one text.
 */
final class EventScopes {
    private static final int MOST_LEVELS = 2;

    private final MessagePlan plan;
    private final Hits hits;
    private final byte[] event;

    EventScopes(MessagePlan plan, Hits hits, byte[] event) {
        this.plan = plan;
        this.hits = hits;
        this.event = event;
    }

    /** The items that a hit stands in, outermost first, each closed by a slash: a prefix is an enclosing scope. */
    String of(int hit) {
        PathPattern pattern = plan.patterns().get(hits.rule(hit).index());
        StringBuilder scope = new StringBuilder();
        for (int level = 0; level <= Math.min(pattern.arrays(), MOST_LEVELS); level++) {
            SortedMap<Integer, String> keys = keys(hit, pattern.steps(), level);
            keys.values().forEach(key -> scope.append('k').append(key).append('/'));
            if (keys.isEmpty() && level > 0) {
                int position = level == 1 ? hits.outerIndex(hit) : hits.innerIndex(hit);
                scope.append('i').append(position).append('/');
            }
        }
        return scope.toString();
    }

    /** The keys of an item in the order of their specs. */
    private SortedMap<Integer, String> keys(int hit, List<Step> steps, int level) {
        int prefix = prefix(steps, level);
        SortedMap<Integer, String> keys = new TreeMap<>();
        for (int i = 0; i < hits.size(); i++) {
            if (hits.rule(i) == null || plan.spec(hits.rule(i)).role() != Role.StreamKey || hits.kind(i) == Kind.Null) {
                continue;
            }
            PathPattern pattern = plan.patterns().get(hits.rule(i).index());
            boolean same = pattern.arrays() == level
                    && prefix(pattern.steps(), level) == prefix
                    && pattern.steps().subList(0, prefix).equals(steps.subList(0, prefix))
                    && (level < 1 || hits.outerIndex(i) == hits.outerIndex(hit))
                    && (level < 2 || hits.innerIndex(i) == hits.innerIndex(hit));
            if (same) {
                keys.put(hits.rule(i).index(), key(i));
            }
        }
        return keys;
    }

    /** A key and what it is called, so that those of other names are others. */
    private String key(int hit) {
        String name = plan.spec(hits.rule(hit)).name();
        String value = new String(event, hits.start(hit), hits.end(hit) - hits.start(hit), StandardCharsets.UTF_8);
        return name == null ? value : name + "=" + value;
    }

    /** How many steps lead into the item of an array, arrays counted from 1. */
    private static int prefix(List<Step> steps, int level) {
        int seen = 0;
        for (int i = 0; i < steps.size(); i++) {
            if (seen == level) {
                return i;
            }
            if (steps.get(i) == Step.ITEM) {
                seen++;
            }
        }
        return steps.size();
    }
}
