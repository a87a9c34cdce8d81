package dev.redoubt.wire;

import dev.redoubt.profiles.Role;
import dev.redoubt.profiles.ValueSpec;
import dev.redoubt.wire.path.PathPattern;
import dev.redoubt.wire.path.Rule;
import java.util.List;

/**
 * Where the records of a message tell who they are: for each value the spec of the id and of the collection that stand
 * nearest to it, which are those that share most of its path.
 */
final class RecordPaths {
    private static final int NOWHERE = -1;

    /** Of as many arrays on the way to a value the positions are known. */
    private static final int MOST_ARRAYS = 2;

    private final int[] ids;
    private final int[] collections;
    private final int[] arrays;

    private RecordPaths(int[] ids, int[] collections, int[] arrays) {
        this.ids = ids;
        this.collections = collections;
        this.arrays = arrays;
    }

    /**
     * Compiles the specs of a message.
     *
     * @param patterns their paths
     * @throws IllegalArgumentException where a record stands in more than two arrays
     */
    static RecordPaths of(List<ValueSpec> specs, List<PathPattern> patterns) {
        int[] arrays = patterns.stream().mapToInt(PathPattern::arrays).toArray();
        for (int i = 0; i < arrays.length; i++) {
            if (arrays[i] > MOST_ARRAYS && specs.get(i).role() == Role.RecordId) {
                throw new IllegalArgumentException("records stand in more than two arrays");
            }
        }
        return new RecordPaths(
                nearest(Role.RecordId, specs, patterns), nearest(Role.Collection, specs, patterns), arrays);
    }

    /** The spec of the id of what a rule found; −1 where the message tells none. */
    int id(Rule rule) {
        return ids[rule.index()];
    }

    /** The spec of the collection of what a rule found; −1 where the message tells none. */
    int collection(Rule rule) {
        return collections[rule.index()];
    }

    /** How many arrays lead to the values of a spec. */
    int arrays(int spec) {
        return spec == NOWHERE ? 0 : arrays[spec];
    }

    private static int[] nearest(Role role, List<ValueSpec> specs, List<PathPattern> patterns) {
        int[] nearest = new int[specs.size()];
        for (int i = 0; i < nearest.length; i++) {
            nearest[i] = NOWHERE;
            int most = NOWHERE;
            for (int j = 0; j < specs.size(); j++) {
                int shared = shared(patterns.get(i), patterns.get(j));
                if (specs.get(j).role() == role && shared > most) {
                    nearest[i] = j;
                    most = shared;
                }
            }
        }
        return nearest;
    }

    private static int shared(PathPattern one, PathPattern other) {
        int shared = 0;
        while (shared < one.steps().size()
                && shared < other.steps().size()
                && one.steps().get(shared).equals(other.steps().get(shared))) {
            shared++;
        }
        return shared;
    }
}
