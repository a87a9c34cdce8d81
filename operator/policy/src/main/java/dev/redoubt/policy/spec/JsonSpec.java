package dev.redoubt.policy.spec;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redoubt.policy.spec.SpecNode.Kind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Specs of API objects. */
public final class JsonSpec {
    private JsonSpec() {}

    /**
     * The same tree.
     *
     * @param path where it stands in the object, such as {@code spec}
     */
    public static SpecNode of(JsonNode json, String path) {
        Place place = Place.path(path);
        if (json.isObject()) {
            Map<String, SpecNode> fields = new LinkedHashMap<>();
            Map<String, Place> names = new LinkedHashMap<>();
            json.properties().forEach(field -> {
                String below = path + "." + field.getKey();
                fields.put(field.getKey(), of(field.getValue(), below));
                names.put(field.getKey(), Place.path(below));
            });
            return new SpecNode.Mapping(place, fields, names);
        }
        if (json.isArray()) {
            List<SpecNode> items = new ArrayList<>();
            for (int i = 0; i < json.size(); i++) {
                items.add(of(json.get(i), path + "[" + i + "]"));
            }
            return new SpecNode.Items(place, items);
        }
        return new SpecNode.Scalar(place, kind(json), json.asText());
    }

    private static Kind kind(JsonNode json) {
        if (json.isTextual()) {
            return Kind.TEXT;
        }
        if (json.isNumber()) {
            return Kind.NUMBER;
        }
        return json.isBoolean() ? Kind.TRUTH : Kind.NOTHING;
    }
}
