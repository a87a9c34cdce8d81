package dev.redoubt.wire;

import dev.redoubt.profiles.MessageSpec;
import dev.redoubt.profiles.MessageSpec.Encoding;
import dev.redoubt.profiles.MessageSpec.Others;
import dev.redoubt.profiles.Role;
import dev.redoubt.profiles.ValueSpec;
import dev.redoubt.wire.frame.MessageFault;
import dev.redoubt.wire.json.NameHash;
import dev.redoubt.wire.path.Draft;
import dev.redoubt.wire.path.FieldSet;
import dev.redoubt.wire.path.Form;
import dev.redoubt.wire.path.Hits;
import dev.redoubt.wire.path.PathNode;
import dev.redoubt.wire.path.PathPattern;
import dev.redoubt.wire.path.PathPattern.Step;
import dev.redoubt.wire.path.Rule;
import dev.redoubt.wire.path.Rule.Naming;
import dev.redoubt.wire.path.Rule.Reach;
import dev.redoubt.wire.path.Walk;
import dev.redoubt.wire.protobuf.FieldNaming;
import dev.redoubt.wire.protobuf.MessageShape;
import dev.redoubt.wire.protobuf.ProtobufWalk;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * Where the hits of an answer stand.
 *
 * @param form finds them
 * @param patterns their paths, by index of the rules
 * @param roles what stands there, by index of the rules
 * @param columnar whether they are columns
 */
record RecordPlan(Form form, List<PathPattern> patterns, List<Role> roles, boolean columnar) {
    /** How the values of many hits are found that stand one behind the other. */
    static final Reach BLOCK = Reach.Whole;

    private static final int MOST_ARRAYS = 2;

    /**
     * The hits of an answer; {@code null} where it has none that may be taken out.
     *
     * @param shapes of messages of gRPC
     */
    static RecordPlan compile(MessageSpec spec, Map<String, MessageShape> shapes, int depth) {
        boolean columnar = spec.values().stream().anyMatch(value -> value.role() == Role.Column);
        List<ValueSpec> values = spec.values().stream()
                .filter(value -> value.role().isOfRecords() || columnar && value.role() == Role.Column)
                .toList();
        if (values.stream().noneMatch(value -> value.role() == Role.Record)) {
            return null;
        }
        List<PathPattern> patterns =
                values.stream().map(value -> PathPattern.parse(value.path())).toList();
        if (spec.encoding() != Encoding.Grpc) {
            return compile(patterns, depth);
        }
        List<PathNode.Entry> entries = new ArrayList<>();
        long width = 0;
        for (int i = 0; i < values.size(); i++) {
            boolean block = columnar && values.get(i).role() == Role.Record && !endsWithItem(patterns.get(i));
            entries.add(entry(i, patterns.get(i), block ? BLOCK : Reach.Outlined, columnar));
            boolean tellsWidth = block && values.get(i).width() != null;
            width = tellsWidth ? NameHash.of(values.get(i).width()) : width;
        }
        PathNode root = PathNode.compile(entries, List.of());
        return new RecordPlan(
                new ProtobufWalk.Plan(
                        root,
                        shapes.get(spec.type()),
                        Others.Pass,
                        true,
                        false,
                        FieldNaming.NONE,
                        width,
                        List.of(),
                        depth),
                patterns,
                values.stream().map(ValueSpec::role).toList(),
                columnar);
    }

    /** Hits of an answer in JSON. */
    static RecordPlan compile(List<PathPattern> patterns, int depth) {
        List<PathNode.Entry> entries = new ArrayList<>();
        for (PathPattern pattern : patterns) {
            entries.add(entry(entries.size(), pattern, Reach.Framed, false));
        }
        return new RecordPlan(
                new Walk.Plan(PathNode.compile(entries, List.of()), Others.Pass, false, depth),
                List.copyOf(patterns),
                Collections.nCopies(patterns.size(), Role.Record),
                false);
    }

    private static PathNode.Entry entry(int index, PathPattern pattern, Reach reach, boolean columnar) {
        if (pattern.arrays() > MOST_ARRAYS && !columnar) {
            throw new IllegalArgumentException("hits stand in more than two arrays");
        }
        return new PathNode.Entry(pattern, new Rule(index, reach, Naming.None, 0, FieldSet.NONE));
    }

    /** Whether a path leads to items of an array. */
    static boolean endsWithItem(PathPattern pattern) {
        return pattern.steps().get(pattern.steps().size() - 1) == Step.ITEM;
    }

    /**
     * The hits of an answer.
     *
     * @param body one that was read before
     * @throws RefusedException where its columns do not belong together
     */
    Records of(byte[] body) throws RefusedException {
        return columnar ? new ColumnRecords(read(body), this) : listed(body);
    }

    /** The hits of an answer that has no columns, or JSON ones. */
    ListedRecords listed(byte[] body) {
        return new ListedRecords(read(body), this);
    }

    private Draft read(byte[] body) {
        try {
            return form.read(body, new Hits());
        } catch (MessageFault e) {
            throw new IllegalStateException("an answer was read before and cannot be now", e);
        }
    }
}
