package dev.redoubt.wire;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redoubt.profiles.Schema;
import dev.redoubt.profiles.SchemaField;
import dev.redoubt.profiles.SchemaField.Label;
import dev.redoubt.profiles.SchemaField.Scalar;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;

/**
 * Writes and reads messages of Protocol Buffers as the JSON that tests are written in and that captured messages are
 * kept in: long numbers as texts, bytes in Base64, numbers of enumerations by their names.
 */
final class ProtobufJson {
    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
    private static final Map<String, Integer> ENUMERATION = Map.of(
            "Int64", 5, "VarChar", 21, "JSON", 23, "FloatVector", 101, "Bounded", 2, "BoolExprV1", 1, "Finished", 3);

    private final Schema schema;

    ProtobufJson(Schema schema) {
        this.schema = schema;
    }

    /** A message in the bytes that go over the wire. */
    byte[] write(String type, JsonNode message) {
        Bytes out = new Bytes();
        schema.types().get(type).forEach((number, field) -> {
            JsonNode value = message.get(name(number, field));
            if (value == null) {
                return;
            }
            switch (field.label()) {
                case Singular -> field(out, number, field, value);
                case Repeated -> {
                    if (isPacked(field)) {
                        Bytes packed = new Bytes();
                        value.forEach(item -> scalar(packed, field.scalar().orElseThrow(), item));
                        out.text(number, packed.toByteArray());
                    } else {
                        value.forEach(item -> field(out, number, field, item));
                    }
                }
                case Map -> {
                    // captured as a list of entries where the protocol has no map
                    if (value.isArray()) {
                        value.forEach(entry ->
                                entry(out, number, field, entry.path("key").textValue(), entry.get("value")));
                    } else {
                        value.properties()
                                .forEach(entry -> entry(out, number, field, entry.getKey(), entry.getValue()));
                    }
                }
            }
        });
        return out.toByteArray();
    }

    /** A field that is seen through goes by its number. */
    private static String name(int number, SchemaField field) {
        return field.isSeenThrough() ? "-" + number : field.name();
    }

    private void entry(Bytes out, int number, SchemaField field, String key, JsonNode value) {
        Bytes entry = new Bytes();
        entry.text(1, key.getBytes(StandardCharsets.UTF_8));
        field(entry, 2, field, value);
        out.text(number, entry.toByteArray());
    }

    private static boolean isPacked(SchemaField field) {
        return field.scalar()
                .filter(scalar -> scalar != Scalar.String && scalar != Scalar.Bytes)
                .isPresent();
    }

    private void field(Bytes out, int number, SchemaField field, JsonNode value) {
        if (field.message().isPresent()) {
            out.text(
                    number,
                    value.isTextual() ? base64(value) : write(field.message().get(), value));
            return;
        }
        switch (field.scalar().orElseThrow()) {
            case String -> out.text(number, value.textValue().getBytes(StandardCharsets.UTF_8));
            case Bytes -> out.text(number, base64(value));
            case Float -> {
                out.varint(number << 3 | 5);
                scalar(out, Scalar.Float, value);
            }
            case Double -> {
                out.varint(number << 3 | 1);
                scalar(out, Scalar.Double, value);
            }
            default -> {
                out.varint(number << 3);
                scalar(out, field.scalar().get(), value);
            }
        }
    }

    private static byte[] base64(JsonNode value) {
        return Base64.getDecoder().decode(value.textValue());
    }

    private static void scalar(Bytes out, Scalar scalar, JsonNode value) {
        switch (scalar) {
            case Float -> out.write(little(Float.BYTES).putFloat((float) value.doubleValue()));
            case Double -> out.write(little(Double.BYTES).putDouble(value.doubleValue()));
            default -> {
                String text = value.asText();
                boolean named = ENUMERATION.containsKey(text);
                out.varint(
                        value.isBoolean()
                                ? value.booleanValue() ? 1 : 0
                                : named ? ENUMERATION.get(text) : Long.parseLong(text));
            }
        }
    }

    private static ByteBuffer little(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** A message that came over the wire; what the schema does not know is left out. */
    ObjectNode read(String type, byte[] message) {
        return read(type, ByteBuffer.wrap(message).order(ByteOrder.LITTLE_ENDIAN));
    }

    private ObjectNode read(String type, ByteBuffer in) {
        ObjectNode message = NODES.objectNode();
        while (in.hasRemaining()) {
            int tag = (int) varint(in);
            SchemaField field = schema.types().get(type).get(tag >>> 3);
            String name = name(tag >>> 3, field);
            if ((tag & 7) != 2) {
                add(message, name, field, number(in, field.scalar().orElseThrow()));
                continue;
            }
            ByteBuffer content = content(in);
            if (field.label() == Label.Map) {
                entry(message, name, field, content);
            } else if (field.label() == Label.Repeated && isPacked(field)) {
                message.withArrayProperty(name);
                while (content.hasRemaining()) {
                    add(message, name, field, number(content, field.scalar().orElseThrow()));
                }
            } else {
                add(message, name, field, value(field, content));
            }
        }
        return message;
    }

    private void entry(ObjectNode message, String name, SchemaField field, ByteBuffer in) {
        String key = "";
        JsonNode value = NODES.nullNode();
        while (in.hasRemaining()) {
            boolean isKey = varint(in) >>> 3 == 1;
            ByteBuffer content = content(in);
            if (isKey) {
                key = StandardCharsets.UTF_8.decode(content).toString();
            } else {
                value = value(field, content);
            }
        }
        message.withObjectProperty(name).set(key, value);
    }

    private static ByteBuffer content(ByteBuffer in) {
        int length = (int) varint(in);
        ByteBuffer content = in.slice(in.position(), length).order(ByteOrder.LITTLE_ENDIAN);
        in.position(in.position() + length);
        return content;
    }

    private JsonNode value(SchemaField field, ByteBuffer content) {
        if (field.message().isPresent()) {
            return read(field.message().get(), content);
        }
        if (field.scalar().orElseThrow() == Scalar.String) {
            return NODES.textNode(StandardCharsets.UTF_8.decode(content).toString());
        }
        byte[] bytes = new byte[content.remaining()];
        content.get(bytes);
        return NODES.textNode(Base64.getEncoder().encodeToString(bytes));
    }

    private static void add(ObjectNode message, String name, SchemaField field, JsonNode value) {
        if (field.label() == Label.Repeated) {
            message.withArrayProperty(name).add(value);
        } else {
            message.set(name, value);
        }
    }

    private static JsonNode number(ByteBuffer in, Scalar scalar) {
        return switch (scalar) {
            case Float -> NODES.numberNode(in.getFloat());
            case Double -> NODES.numberNode(in.getDouble());
            case Bool -> NODES.booleanNode(varint(in) != 0);
            default -> NODES.numberNode(varint(in));
        };
    }

    private static long varint(ByteBuffer in) {
        long number = 0;
        for (int shift = 0; ; shift += 7) {
            byte b = in.get();
            number |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return number;
            }
        }
    }

    private static final class Bytes extends ByteArrayOutputStream {
        void varint(long number) {
            long rest = number;
            while ((rest & ~0x7FL) != 0) {
                write((int) (rest & 0x7F | 0x80));
                rest >>>= 7;
            }
            write((int) rest);
        }

        void text(int number, byte[] content) {
            varint(number << 3 | 2);
            varint(content.length);
            writeBytes(content);
        }

        void write(ByteBuffer content) {
            writeBytes(content.array());
        }
    }
}
