package dev.redoubt.injection;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The difference of two pods as a JSON patch (RFC 6902) of {@code add}, {@code remove} and {@code replace}, as small as
 * injection needs it: elements that came before or after those of a list are added one by one, so that a patch does not
 * repeat what it leaves alone.
 */
public final class JsonPatch {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final ArrayNode operations = JsonNodeFactory.instance.arrayNode();

    private JsonPatch() {}

    /** The patch that makes one pod of the other; empty where they are equal. Equal pods give equal patches. */
    public static ArrayNode between(Pod before, Pod after) {
        return between(JSON.<JsonNode>valueToTree(before), JSON.<JsonNode>valueToTree(after));
    }

    static ArrayNode between(JsonNode before, JsonNode after) {
        JsonPatch patch = new JsonPatch();
        patch.compare("", before, after);
        return patch.operations;
    }

    private void compare(String path, JsonNode before, JsonNode after) {
        if (before.equals(after)) {
            return;
        }
        if (before instanceof ObjectNode from && after instanceof ObjectNode to) {
            compareObjects(path, from, to);
        } else if (before instanceof ArrayNode from && after instanceof ArrayNode to) {
            compareArrays(path, from, to);
        } else {
            operation("replace", path, after);
        }
    }

    private void compareObjects(String path, ObjectNode before, ObjectNode after) {
        for (Map.Entry<String, JsonNode> field : before.properties()) {
            String child = path + "/" + escaped(field.getKey());
            if (after.has(field.getKey())) {
                compare(child, field.getValue(), after.get(field.getKey()));
            } else {
                operation("remove", child, null);
            }
        }
        for (Map.Entry<String, JsonNode> field : after.properties()) {
            if (!before.has(field.getKey())) {
                operation("add", path + "/" + escaped(field.getKey()), field.getValue());
            }
        }
    }

    private void compareArrays(String path, ArrayNode before, ArrayNode after) {
        int added = after.size() - before.size();
        if (added > 0 && elements(after, added, after.size()).equals(elements(before, 0, before.size()))) {
            for (int i = 0; i < added; i++) {
                operation("add", path + "/" + i, after.get(i));
            }
        } else if (added >= 0) {
            for (int i = 0; i < before.size(); i++) {
                compare(path + "/" + i, before.get(i), after.get(i));
            }
            for (int i = before.size(); i < after.size(); i++) {
                operation("add", path + "/-", after.get(i));
            }
        } else {
            operation("replace", path, after);
        }
    }

    private void operation(String name, String path, JsonNode value) {
        ObjectNode operation = operations.addObject();
        operation.put("op", name);
        operation.put("path", path);
        if (value != null) {
            operation.set("value", value);
        }
    }

    private static List<JsonNode> elements(ArrayNode array, int from, int to) {
        List<JsonNode> elements = new ArrayList<>();
        for (int i = from; i < to; i++) {
            elements.add(array.get(i));
        }
        return elements;
    }

    private static String escaped(String key) {
        return key.replace("~", "~0").replace("/", "~1");
    }
}
