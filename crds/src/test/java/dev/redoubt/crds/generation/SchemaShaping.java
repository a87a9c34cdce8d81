package dev.redoubt.crds.generation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;

/** What a schema of this API needs and the generator of the client library does not give. */
final class SchemaShaping {
    private static final List<String> KEYS = List.of("name", "target", "type");
    private static final List<String> BOUNDS = List.of("minimum", "maximum");

    /** metav1.Condition, with the bounds that Kubernetes itself gives it. */
    private static final String CONDITION =
            """
            type: object
            required: [lastTransitionTime, message, reason, status, type]
            properties:
              lastTransitionTime:
                description: When the status of the condition changed last (RFC 3339).
                type: string
                format: date-time
                maxLength: 64
              message:
                description: The object at fault and the next step, in a sentence.
                type: string
                maxLength: 32768
              observedGeneration:
                description: Generation of the spec that the condition is about.
                type: integer
                format: int64
                minimum: 0
              reason:
                description: Why the condition has this status, in one word.
                type: string
                minLength: 1
                maxLength: 1024
                pattern: ^[A-Za-z]([A-Za-z0-9_,:]*[A-Za-z0-9_])?$
              status:
                description: True, False or Unknown.
                type: string
                enum: ["True", "False", "Unknown"]
              type:
                description: What the condition is about.
                type: string
                maxLength: 316
                pattern: ^[A-Z][A-Za-z]*$
            """;

    private final KubernetesSerialization serialization = new KubernetesSerialization();

    void shape(ObjectNode schema) {
        ((ObjectNode) schema.at("/properties/status/properties/conditions"))
                .set("items", serialization.unmarshal(CONDITION, ObjectNode.class));
        refine(schema);
    }

    private void refine(ObjectNode schema) {
        for (var bound : BOUNDS) {
            if (schema.has(bound)) {
                schema.set(bound, integer(schema.get(bound).asDouble()));
            }
        }
        if (schema.get("items") instanceof ObjectNode items) {
            describeList(schema, items);
            refine(items);
        }
        schema.path("properties").properties().forEach(property -> refine((ObjectNode) property.getValue()));
        if (schema.get("default") instanceof ObjectNode whole) {
            completeDefault(schema, whole);
        }
    }

    /** The API server checks the rules of an object against its default as it stands, without those of its fields. */
    private static void completeDefault(ObjectNode schema, ObjectNode whole) {
        schema.path("properties").properties().forEach(property -> {
            var ofField = property.getValue().get("default");
            if (ofField != null) {
                whole.set(property.getKey(), ofField.deepCopy());
            }
        });
    }

    /** Lists merge by the name of their items under server-side apply, sets by value; other lists have an order. */
    private static void describeList(ObjectNode list, ObjectNode items) {
        var key = KEYS.stream()
                .filter(name -> contains(items.path("required"), name))
                .findFirst();
        if (key.isPresent()) {
            list.put("x-kubernetes-list-type", "map");
            list.putArray("x-kubernetes-list-map-keys").add(key.get());
        } else {
            list.put("x-kubernetes-list-type", items.path("type").asText().equals("object") ? "atomic" : "set");
        }
    }

    private static boolean contains(JsonNode array, String value) {
        return array instanceof ArrayNode values
                && values.valueStream().anyMatch(node -> node.asText().equals(value));
    }

    private static JsonNode integer(double bound) {
        long value = (long) bound;
        return value == (int) value ? IntNode.valueOf((int) value) : LongNode.valueOf(value);
    }

    /** Refuses a field that nothing acts on yet, and says so in its description. */
    static void refuse(ObjectNode schema, NotYet notYet) {
        var field = schema;
        for (var step : notYet.path().split("\\.")) {
            var property = step.replace("[]", "");
            field = require(field.path("properties").get(property), notYet);
            if (step.endsWith("[]")) {
                field = require(field.get("items"), notYet);
            }
        }
        field.put("description", field.path("description").asText() + " " + notYet.note());
        var rules = field.withArrayProperty("x-kubernetes-validations");
        rules.addObject()
                .put("rule", notYet.rule())
                .put("message", notYet.message())
                .put("reason", "FieldValueForbidden");
    }

    private static ObjectNode require(JsonNode node, NotYet notYet) {
        if (node instanceof ObjectNode object) {
            return object;
        }
        throw new IllegalArgumentException(
                notYet.kind().getSimpleName() + " has no field " + notYet.path() + "; NotYet names it");
    }
}
