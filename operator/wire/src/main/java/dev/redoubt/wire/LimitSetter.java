package dev.redoubt.wire;

import dev.redoubt.profiles.ValueSpec;
import dev.redoubt.wire.path.Hits.Kind;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Sets limits in objects of a request, such as each search of many, where without one the target would return more than
 * the policy allows.
 */
final class LimitSetter {
    private final MemberPlan plan;
    /** Names of limits by paths of the objects that have them. */
    private final Map<String, List<String>> names;

    private final byte[] most;

    private LimitSetter(MemberPlan plan, Map<String, List<String>> names, int most) {
        this.plan = plan;
        this.names = names;
        this.most = Integer.toString(most).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * @param limits of objects that are not the body itself
     * @return {@code null} where none of them ever has to be set
     */
    static LimitSetter compile(List<ValueSpec> limits, int most, int depth) {
        Map<String, List<String>> names = new TreeMap<>();
        List<String> paths = new ArrayList<>();
        for (ValueSpec limit : limits) {
            if (limit.fallback() > most) {
                int dot = limit.path().lastIndexOf('.');
                String object = limit.path().substring(0, dot);
                names.computeIfAbsent(object, any -> new ArrayList<>())
                        .add(limit.path().substring(dot + 1));
                paths.add(object);
                paths.add(limit.path());
            }
        }
        return names.isEmpty() ? null : new LimitSetter(MemberPlan.compile(paths, depth), names, most);
    }

    /** The request with all limits. */
    byte[] apply(byte[] request, Tally tally) throws RefusedException {
        return new Editor(request, tally).edit();
    }

    private final class Editor extends MemberEditor {
        private final Tally tally;

        private Editor(byte[] request, Tally tally) {
            super(request, plan);
            this.tally = tally;
        }

        @Override
        void value(Container in, String path, int hit) {
            if (hits.kind(hit) == Kind.Null && !names.containsKey(path)) {
                replace(hit, most);
                tally.limited++;
            }
        }

        @Override
        void end(Container container) {
            if (container.kind != Kind.Object) {
                return;
            }
            for (String name : names.getOrDefault(container.path, List.of())) {
                if (!container.has(MemberPlan.member(container.path, name))) {
                    add(container, name, most);
                    tally.limited++;
                }
            }
        }
    }
}
