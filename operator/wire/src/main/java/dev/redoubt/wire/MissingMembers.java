package dev.redoubt.wire;

import dev.redoubt.profiles.ValueSpec;
import dev.redoubt.wire.path.Draft.Member;
import dev.redoubt.wire.path.PathPattern;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Members that a request must have and does not, by the object that they are to stand in. */
final class MissingMembers {
    private final List<Member> root = new ArrayList<>();
    private final Map<String, List<Member>> objects = new LinkedHashMap<>();

    /** A member is missing, and its object too unless it turns out to be there. */
    void add(ValueSpec spec, String json) {
        PathPattern path = PathPattern.parse(spec.path());
        List<Member> members =
                path.parent() == null ? root : objects.computeIfAbsent(path.parent(), any -> new ArrayList<>());
        members.add(new Member(path.member(), json));
    }

    /** What is missing in an object that is there. */
    List<Member> take(String object) {
        List<Member> members = objects.remove(object);
        return members == null ? List.of() : members;
    }

    List<Member> rootMembers() {
        return root;
    }

    /** What is missing in objects that are not there, by their names. */
    Map<String, List<Member>> objects() {
        return objects;
    }
}
