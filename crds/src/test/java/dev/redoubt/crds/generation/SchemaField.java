package dev.redoubt.crds.generation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * A field of a generated schema.
 *
 * @param path its path, such as spec.models[].name; the items of a list are a field of their own
 * @param schema its schema
 * @param required whether an object must have it
 */
record SchemaField(String path, JsonNode schema, boolean required) {
    /** All fields of spec and status of all kinds. */
    static Stream<SchemaField> all() {
        var generator = new CrdGenerator();
        return CrdGenerator.KINDS.stream().flatMap(kind -> new SchemaField(
                        kind.getSimpleName() + ":",
                        generator.definition(kind).at("/spec/versions/0/schema/openAPIV3Schema"),
                        true)
                .below());
    }

    boolean inSpec() {
        return path.contains(":spec");
    }

    boolean isItem() {
        return path.endsWith("[]");
    }

    String type() {
        return schema.path("type").asText();
    }

    String name() {
        return path.substring(Math.max(path.lastIndexOf('.'), path.lastIndexOf(':')) + 1);
    }

    private Stream<SchemaField> below() {
        var fields = new ArrayList<SchemaField>();
        schema.path("properties")
                .properties()
                .forEach(property -> fields.add(new SchemaField(
                        path.endsWith(":") ? path + property.getKey() : path + "." + property.getKey(),
                        property.getValue(),
                        requiredNames().contains(property.getKey()))));
        if (schema.has("items")) {
            fields.add(new SchemaField(path + "[]", schema.get("items"), true));
        }
        return fields.stream().flatMap(field -> Stream.concat(Stream.of(field), field.below()));
    }

    private List<String> requiredNames() {
        return StreamSupport.stream(schema.path("required").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
    }

    @Override
    public String toString() {
        return path;
    }
}
