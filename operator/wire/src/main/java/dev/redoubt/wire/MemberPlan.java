package dev.redoubt.wire;

import dev.redoubt.profiles.MessageSpec.Others;
import dev.redoubt.wire.path.FieldSet;
import dev.redoubt.wire.path.PathNode;
import dev.redoubt.wire.path.PathPattern;
import dev.redoubt.wire.path.Rule;
import dev.redoubt.wire.path.Rule.Naming;
import dev.redoubt.wire.path.Rule.Reach;
import dev.redoubt.wire.path.Walk;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Objects of a document, by the paths that lead to them, and members of theirs.
 *
 * @param walk finds both
 * @param paths by index of the rules
 */
record MemberPlan(Walk.Plan walk, List<String> paths) {
    /** The path of the document itself. */
    static final String ROOT = "";

    /** @param paths of objects and of members, of which none leads into itself */
    static MemberPlan compile(List<String> paths, int depth) {
        return compile(paths, List.of(), depth);
    }

    /**
     * @param paths of objects and of members
     * @param again places where a part of the document stands once more
     */
    static MemberPlan compile(List<String> paths, List<PathNode.Again> again, int depth) {
        Map<String, PathNode.Entry> entries = new LinkedHashMap<>();
        for (String path : paths) {
            if (!path.equals(ROOT)) {
                Rule rule = new Rule(entries.size(), Reach.Framed, Naming.None, 0, FieldSet.NONE);
                entries.putIfAbsent(path, new PathNode.Entry(PathPattern.parse(path), rule));
            }
        }
        return new MemberPlan(
                new Walk.Plan(
                        PathNode.compile(new ArrayList<>(entries.values()), List.of(), again),
                        Others.Pass,
                        false,
                        depth),
                List.copyOf(entries.keySet()));
    }

    /** The path of a member of an object. */
    static String member(String object, String name) {
        return object.equals(ROOT) ? name : object + "." + name;
    }

    /** The path of the items of an array. */
    static String item(String array) {
        return array + "[*]";
    }
}
