package dev.redoubt.wire.protobuf;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** The fields that are known of one type of message, by number. May lead back to itself, as types do. */
public final class MessageShape {
    private final Map<Integer, Field> fields = new HashMap<>();

    private MessageShape() {}

    /**
     * A field as a schema names it.
     *
     * @param kind what it is
     * @param message name of its type where it is a {@link FieldKind#Message}, else {@code null}
     * @param rule number that the editor is told with its text; of no meaning here
     */
    public record Spec(FieldKind kind, String message, int rule) {
        public Spec {
            Objects.requireNonNull(kind, "kind");
            if ((kind == FieldKind.Message) != (message != null)) {
                throw new IllegalArgumentException("a message has a type, and nothing else has one");
            }
        }

        /** A field that is no message. */
        public static Spec of(FieldKind kind) {
            return new Spec(kind, null, 0);
        }

        /** A field that is a message. */
        public static Spec message(String type) {
            return new Spec(FieldKind.Message, type, 0);
        }
    }

    /** A field with its type resolved. */
    record Field(FieldKind kind, MessageShape below, int rule) {}

    /**
     * Resolves the types of a schema.
     *
     * @param types fields by number, by name of the type
     * @throws IllegalArgumentException where a type is named that is not there, or a number is none of a field
     */
    public static Map<String, MessageShape> resolve(Map<String, Map<Integer, Spec>> types) {
        Map<String, MessageShape> shapes = new HashMap<>();
        types.keySet().forEach(name -> shapes.put(name, new MessageShape()));
        types.forEach((name, fields) -> fields.forEach((number, spec) -> {
            if (number < 1 || number > ProtobufWalk.LARGEST_FIELD_NUMBER) {
                throw new IllegalArgumentException(name + " has a field " + number);
            }
            if (spec.message() != null && !shapes.containsKey(spec.message())) {
                throw new IllegalArgumentException(name + " has a field of the unknown type " + spec.message());
            }
            shapes.get(name).fields.put(number, new Field(spec.kind(), shapes.get(spec.message()), spec.rule()));
        }));
        return Map.copyOf(shapes);
    }

    /** The field of a number; {@code null} where none is known. */
    Field field(int number) {
        return fields.get(number);
    }
}
