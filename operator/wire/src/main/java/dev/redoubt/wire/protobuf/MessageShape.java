package dev.redoubt.wire.protobuf;

import dev.redoubt.profiles.Schema;
import dev.redoubt.profiles.SchemaField;
import dev.redoubt.profiles.SchemaField.Label;
import dev.redoubt.profiles.SchemaField.Scalar;
import dev.redoubt.wire.json.NameHash;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The fields of one type of message, by number. May lead back to itself, as types do. */
public final class MessageShape {
    /** 2<sup>29</sup> − 1. */
    private static final int LARGEST_FIELD_NUMBER = (1 << 29) - 1;

    /** {@code Type member=value}. */
    private static final Pattern VARIANT = Pattern.compile("(\\S+) (\\S+)=([0-9]{1,9})");

    private final Map<Integer, Field> fields = new HashMap<>();
    private final List<Variant> variants = new ArrayList<>();
    private Alternatives alternatives = Alternatives.NONE;

    private MessageShape() {}

    /**
     * A field with its type resolved.
     *
     * @param number its number
     * @param name hash of its name
     * @param seenThrough whether its value stands where its message does
     * @param label how often it is there
     * @param kind what it is
     * @param below the shape of a message; {@code null} for anything else
     */
    record Field(int number, long name, boolean seenThrough, Label label, FieldKind kind, MessageShape below) {}

    /**
     * Another shape of the same type.
     *
     * @param number of the field whose value tells it
     * @param value of that field
     * @param shape the fields it then has
     */
    record Variant(int number, long value, MessageShape shape) {}

    /**
     * Numbers of the fields of a message that wraps one of several kinds of value; 0 where it has none of a kind.
     *
     * @param text of a string
     * @param integer of a whole number
     * @param number of any number
     * @param truth of a boolean
     */
    record Alternatives(int text, int integer, int number, int truth) {
        static final Alternatives NONE = new Alternatives(0, 0, 0, 0);
    }

    /**
     * Resolves the types of a schema.
     *
     * @throws IllegalArgumentException where a type is named that is not there, or a number is none of a field
     */
    public static Map<String, MessageShape> resolve(Schema schema) {
        Map<String, MessageShape> shapes = new HashMap<>();
        schema.types().keySet().forEach(name -> shapes.put(name, new MessageShape()));
        schema.types().forEach((name, fields) -> {
            MessageShape shape = shapes.get(name);
            fields.forEach((number, field) -> {
                if (number < 1 || number > LARGEST_FIELD_NUMBER) {
                    throw new IllegalArgumentException(name + " has a field " + number);
                }
                MessageShape below = field.message().map(shapes::get).orElse(null);
                if (field.message().isPresent() && below == null) {
                    throw new IllegalArgumentException(name + " has a field of the unknown type "
                            + field.message().get());
                }
                shape.fields.put(
                        number,
                        new Field(
                                number,
                                NameHash.of(field.name()),
                                field.isSeenThrough(),
                                field.label(),
                                FieldKind.of(field.scalar()),
                                below));
            });
            shape.alternatives = new Alternatives(
                    alternative(fields, Scalar.String),
                    alternative(fields, Scalar.Int64),
                    alternative(fields, Scalar.Double),
                    alternative(fields, Scalar.Bool));
        });
        shapes.forEach((name, shape) -> {
            Matcher variant = VARIANT.matcher(name);
            if (variant.matches()) {
                addVariant(shapes.get(variant.group(1)), variant, shape);
            }
        });
        return Map.copyOf(shapes);
    }

    private static void addVariant(MessageShape of, Matcher variant, MessageShape shape) {
        Field field = of == null ? null : of.field(of.number(NameHash.of(variant.group(2))));
        if (field == null || field.label() != Label.Singular || field.kind() != FieldKind.Varint) {
            throw new IllegalArgumentException("there is no number that could tell " + variant.group());
        }
        of.variants.add(new Variant(field.number(), Long.parseLong(variant.group(3)), shape));
    }

    private static int alternative(Map<Integer, SchemaField> fields, Scalar scalar) {
        return fields.entrySet().stream()
                .filter(entry -> entry.getValue().isSeenThrough()
                        && entry.getValue().label() == Label.Singular
                        && entry.getValue().scalar().filter(scalar::equals).isPresent())
                .mapToInt(Map.Entry::getKey)
                .findFirst()
                .orElse(0);
    }

    /** The field of a number; {@code null} where none is known. */
    Field field(int number) {
        return fields.get(number);
    }

    /** All that are known. */
    Collection<Field> fields() {
        return fields.values();
    }

    /** The number of a field by its name; 0 where none is known. */
    int number(long name) {
        return fields.values().stream()
                .filter(field -> field.name() == name)
                .mapToInt(Field::number)
                .findFirst()
                .orElse(0);
    }

    /**
     * The number of a field by its name.
     *
     * @throws IllegalArgumentException where there is none of that name
     */
    public int number(String name) {
        int number = number(NameHash.of(name));
        if (number == 0) {
            throw new IllegalArgumentException("a message has no field " + name);
        }
        return number;
    }

    /**
     * The shape of the messages at a path of fields, where items of lists are told by brackets.
     *
     * @param path the empty one leads to this shape
     * @throws IllegalArgumentException where it leads to none
     */
    public MessageShape at(String path) {
        MessageShape shape = this;
        for (String name : path.isEmpty() ? new String[0] : path.split("\\.")) {
            shape = shape.field(shape.number(name.replace("[*]", ""))).below();
            if (shape == null) {
                throw new IllegalArgumentException("a path leads to no message: " + path);
            }
        }
        return shape;
    }

    /** Whether a field is a text. */
    public boolean isText(String name) {
        Field field = field(number(name));
        return field.label() == Label.Singular && field.kind() == FieldKind.Text;
    }

    /** The number of the field that is a map, be it one that is seen through; 0 where there is none. */
    public int map() {
        return fields.values().stream()
                .filter(field -> field.label() == Label.Map)
                .mapToInt(Field::number)
                .findFirst()
                .orElse(0);
    }

    /** Whether a field is a map of messages. */
    public boolean isMapOfMessages(String name) {
        Field field = field(number(NameHash.of(name)));
        return field != null && field.label() == Label.Map && field.kind() == FieldKind.Message;
    }

    /** The shape of the values of a map: this, or of the map in it that is seen through. */
    public MessageShape values() {
        return map() == 0 ? this : field(map()).below();
    }

    /** The value of a map's entry, its tag included, where this is the shape of values that wrap a text. */
    public byte[] value(byte[] text) {
        return MessageTemplate.field(ProtobufWalk.VALUE, MessageTemplate.field(alternatives.text(), text));
    }

    /** An entry of a map whose values are messages that wrap a text, its tag included. */
    public byte[] entry(int map, byte[] key, byte[] text) {
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        entry.writeBytes(MessageTemplate.field(ProtobufWalk.KEY, key));
        entry.writeBytes(field(map).below().value(text));
        return MessageTemplate.field(map, entry.toByteArray());
    }

    /** The number of the first field that is a number or a boolean. */
    public int flag() {
        return fields.values().stream()
                .filter(field -> field.label() == Label.Singular && field.kind() == FieldKind.Varint)
                .mapToInt(Field::number)
                .min()
                .orElse(0);
    }

    /** Whether a field is a map of texts. */
    public boolean isMapOfTexts(String name) {
        Field field = field(number(NameHash.of(name)));
        return field != null && field.label() == Label.Map && field.kind() == FieldKind.Text;
    }

    /** The other shapes that a message of this type may have. */
    List<Variant> variants() {
        return variants;
    }

    Alternatives alternatives() {
        return alternatives;
    }
}
