package dev.redoubt.sidecar.standalone;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What is different in a body that a guard sends on. Shows what there is now, never what there was. */
final class BodyChanges {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MOST = 100;
    private static final int LONGEST_VALUE = 120;

    private final List<String> lines = new ArrayList<>();
    private int more;

    private BodyChanges() {}

    /** One line for each value that is different, at most 100 of them. */
    static List<String> between(byte[] before, byte[] after) {
        BodyChanges changes = new BodyChanges();
        try {
            changes.compare("body", JSON.readTree(before), JSON.readTree(after));
        } catch (IOException e) {
            return List.of("body differs");
        }
        if (changes.more > 0) {
            changes.lines.add("and " + changes.more + " more");
        }
        return changes.lines;
    }

    private void compare(String path, JsonNode before, JsonNode after) {
        if (before.isObject() && after.isObject()) {
            Set<String> names = new LinkedHashSet<>();
            before.fieldNames().forEachRemaining(names::add);
            after.fieldNames().forEachRemaining(names::add);
            for (String name : names) {
                String below = path + "." + name;
                if (!after.has(name)) {
                    add(below + " is taken out");
                } else if (!before.has(name)) {
                    add(below + " is set to " + shown(after.get(name)));
                } else {
                    compare(below, before.get(name), after.get(name));
                }
            }
        } else if (before.isArray() && after.isArray() && before.size() == after.size()) {
            for (int i = 0; i < before.size(); i++) {
                compare(path + "[" + i + "]", before.get(i), after.get(i));
            }
        } else if (!before.equals(after)) {
            add(path + " becomes " + shown(after));
        }
    }

    private void add(String line) {
        if (lines.size() < MOST) {
            lines.add(line);
        } else {
            more++;
        }
    }

    private static String shown(JsonNode value) {
        String text = value.toString();
        return text.length() <= LONGEST_VALUE ? text : text.substring(0, LONGEST_VALUE) + "…";
    }
}
