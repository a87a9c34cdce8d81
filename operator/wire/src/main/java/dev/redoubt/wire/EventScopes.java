package dev.redoubt.wire;

import dev.redoubt.profiles.Role;
import dev.redoubt.wire.path.Hits;
import dev.redoubt.wire.path.PathPattern;
import dev.redoubt.wire.path.PathPattern.Step;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Tells which items of arrays a value of an event stands in: each by its stream key, such as the index of a choice,
 * or by its position where it has none. Values of equal paths and scopes continue one text.
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
            String key = key(hit, pattern.steps(), level);
            if (key != null) {
                scope.append('k').append(key).append('/');
            } else if (level > 0) {
                int position = level == 1 ? hits.outerIndex(hit) : hits.innerIndex(hit);
                scope.append('i').append(position).append('/');
            }
        }
        return scope.toString();
    }

    private String key(int hit, List<Step> steps, int level) {
        int prefix = prefix(steps, level);
        for (int i = 0; i < hits.size(); i++) {
            if (hits.rule(i) == null || plan.spec(hits.rule(i)).role() != Role.StreamKey) {
                continue;
            }
            PathPattern pattern = plan.patterns().get(hits.rule(i).index());
            boolean same = pattern.arrays() == level
                    && prefix(pattern.steps(), level) == prefix
                    && pattern.steps().subList(0, prefix).equals(steps.subList(0, prefix))
                    && (level < 1 || hits.outerIndex(i) == hits.outerIndex(hit))
                    && (level < 2 || hits.innerIndex(i) == hits.innerIndex(hit));
            if (same) {
                return new String(event, hits.start(i), hits.end(i) - hits.start(i), StandardCharsets.UTF_8);
            }
        }
        return null;
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
