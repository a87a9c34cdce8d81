package dev.redoubt.wire;

import dev.redoubt.profiles.MessageSpec.Others;
import dev.redoubt.wire.json.JsonFault;
import dev.redoubt.wire.path.FieldSet;
import dev.redoubt.wire.path.PathNode;
import dev.redoubt.wire.path.PathPattern;
import dev.redoubt.wire.path.Rule;
import dev.redoubt.wire.path.Rule.Naming;
import dev.redoubt.wire.path.Rule.Reach;
import dev.redoubt.wire.path.Walk;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the hits of an answer stand.
 *
 * @param walk finds them
 * @param patterns their paths, by index of the rules
 */
record RecordPlan(Walk.Plan walk, List<PathPattern> patterns) {
    private static final int MOST_ARRAYS = 2;

    static RecordPlan compile(List<PathPattern> patterns, int depth) {
        List<PathNode.Entry> entries = new ArrayList<>();
        for (PathPattern pattern : patterns) {
            if (pattern.arrays() > MOST_ARRAYS) {
                throw new IllegalArgumentException("hits stand in more than two arrays");
            }
            entries.add(
                    new PathNode.Entry(pattern, new Rule(entries.size(), Reach.Framed, Naming.None, 0, FieldSet.NONE)));
        }
        return new RecordPlan(
                new Walk.Plan(PathNode.compile(entries, List.of()), Others.Pass, false, depth), List.copyOf(patterns));
    }

    /**
     * The hits of an answer.
     *
     * @param body one that was read before
     */
    Records of(byte[] body) {
        try {
            return new Records(body, Walk.over(body, walk), patterns);
        } catch (JsonFault e) {
            throw new IllegalStateException("an answer was read before and cannot be now", e);
        }
    }
}
