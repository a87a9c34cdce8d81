package dev.redoubt.wire.protobuf;

import dev.redoubt.wire.json.NameHash;
import dev.redoubt.wire.protobuf.MessageShape.Field;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The content of a message with places for values, written in a profile as JSON. What is put into a place is one value,
 * whatever it holds: a text, or the content of a message.
 */
public final class MessageTemplate {
    private final List<Part> parts = new ArrayList<>();

    /** One value of one field. */
    private sealed interface Part {
        int number();
    }

    private record Nested(int number, MessageTemplate content) implements Part {}

    private record Literal(int number, String text) implements Part {}

    private record Whole(int number, long value) implements Part {}

    private record Place(int number, String name) implements Part {}

    private MessageTemplate() {}

    /**
     * Compiles a template.
     *
     * @param json an object
     * @param shape of the message that it describes
     * @throws IllegalArgumentException where it does not describe one
     */
    public static MessageTemplate compile(String json, MessageShape shape) {
        return compile(TemplateReader.read(json), shape);
    }

    private static MessageTemplate compile(Object value, MessageShape shape) {
        MessageTemplate template = new MessageTemplate();
        if (value instanceof Map<?, ?> members) {
            members.forEach((name, member) -> template.add((String) name, member, shape));
        } else if (value instanceof String text && shape.alternatives().text() > 0) {
            template.parts.add(text(shape.alternatives().text(), text));
        } else {
            throw new IllegalArgumentException("a template has something else where a message is");
        }
        return template;
    }

    private void add(String name, Object value, MessageShape shape) {
        Field field = shape.field(shape.number(NameHash.of(name)));
        if (field == null) {
            throw new IllegalArgumentException("a template has a field that there is not: " + name);
        }
        if (value instanceof List<?> items) {
            items.forEach(item -> parts.add(part(field, item)));
        } else {
            parts.add(part(field, value));
        }
    }

    private static Part part(Field field, Object value) {
        if (value instanceof String text && isPlace(text) && isMessage(field)) {
            return new Place(field.number(), name(text));
        }
        return switch (field.kind()) {
            case Message -> new Nested(field.number(), compile(value, field.below()));
            case Text -> text(field.number(), (String) value);
            case Varint -> new Whole(field.number(), (Long) value);
            case Bytes, Long, Float, Double -> throw new IllegalArgumentException("a template has a " + field.kind());
        };
    }

    /** Whether a place is for the content of a message: one that wraps a text takes that instead. */
    private static boolean isMessage(Field field) {
        return field.kind() == FieldKind.Message && field.below().alternatives().text() == 0;
    }

    private static Part text(int number, String text) {
        return isPlace(text) ? new Place(number, name(text)) : new Literal(number, text);
    }

    private static boolean isPlace(String text) {
        return text.startsWith("{") && text.endsWith("}");
    }

    private static String name(String place) {
        return place.substring(1, place.length() - 1);
    }

    /**
     * The content of the message.
     *
     * @param values by the names of their places: UTF-8 of texts, contents of messages
     */
    public byte[] fill(Map<String, byte[]> values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (Part part : parts) {
            if (part instanceof Whole whole) {
                out.writeBytes(Varint.of(WireType.Varint.tag(whole.number())));
                out.writeBytes(Varint.of(whole.value()));
            } else if (part instanceof Nested nested) {
                out.writeBytes(field(nested.number(), nested.content().fill(values)));
            } else if (part instanceof Literal literal) {
                out.writeBytes(field(literal.number(), literal.text().getBytes(StandardCharsets.UTF_8)));
            } else if (part instanceof Place place) {
                out.writeBytes(field(place.number(), values.get(place.name())));
            }
        }
        return out.toByteArray();
    }

    /** A field with a length: its tag, the length and its content. */
    public static byte[] field(int number, byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(Varint.of(WireType.Length.tag(number)));
        out.writeBytes(Varint.of(content.length));
        out.writeBytes(content);
        return out.toByteArray();
    }
}
