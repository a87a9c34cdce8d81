package dev.redoubt.wire;

import dev.redoubt.profiles.ValueSpec;
import dev.redoubt.wire.json.JsonText;
import dev.redoubt.wire.path.PathPattern;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Members that a request must have and does not, by the object that they are written into. */
final class MissingMembers {
    private static final String ROOT = "";

    private final Map<String, List<String>> byObject = new LinkedHashMap<>();

    /** A member is missing, and its object too unless it turns out to be there. */
    void add(ValueSpec spec, String json) {
        PathPattern path = PathPattern.parse(spec.path());
        String object = path.parent() == null ? ROOT : path.parent();
        byObject.computeIfAbsent(object, any -> new ArrayList<>()).add(quoted(path.member()) + ":" + json);
    }

    /** What stands in place of a null that should be an object; {@code null} where nothing of it is missing. */
    byte[] object(String path) {
        List<String> members = byObject.remove(path);
        return members == null ? null : bytes("{" + String.join(",", members) + "}");
    }

    /**
     * What is written behind the opening brace of an object; {@code null} where nothing of it is missing.
     *
     * @param kept how many members the object has already
     */
    byte[] into(String path, int kept) {
        List<String> members = byObject.remove(path);
        return members == null ? null : bytes(String.join(",", members) + (kept > 0 ? "," : ""));
    }

    /**
     * What is written before the closing brace of the root, objects that are not there included; of length 0 where
     * nothing is missing.
     *
     * @param kept how many members the root has already
     */
    byte[] intoRoot(int kept) {
        List<String> members = new ArrayList<>(byObject.getOrDefault(ROOT, List.of()));
        byObject.forEach((object, inside) -> {
            if (!object.equals(ROOT)) {
                members.add(quoted(object) + ":{" + String.join(",", inside) + "}");
            }
        });
        return bytes((kept > 0 && !members.isEmpty() ? "," : "") + String.join(",", members));
    }

    private static String quoted(String name) {
        return new String(JsonText.encode(bytes(name)), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
