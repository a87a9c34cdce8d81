package dev.redoubt.profiles;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * A field of a message, written as {@code name [repeated|map] type}.
 *
 * <p>The name {@code -} is that of a field which is no step of a path: its value stands where its message does. A
 * message that wraps one of several kinds of value is seen through by it, and its lists and objects are arrays and
 * objects.
 *
 * @param name its name; {@code -} for one that is seen through
 * @param label whether it is one value, an array or an object
 * @param scalar what it is; empty for a message
 * @param message name of the message's type; empty for a scalar
 */
public record SchemaField(String name, Label label, Optional<Scalar> scalar, Optional<String> message) {
    private static final String SEEN_THROUGH = "-";

    public SchemaField {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(label, "label");
        if (scalar.isPresent() == message.isPresent()) {
            throw new IllegalArgumentException("field " + name + " is either a scalar or a message");
        }
    }

    /** How often the value is there. */
    public enum Label {
        /** At most once. */
        Singular,
        /** Any number of times, packed or not. */
        Repeated,
        /** Any number of times, each with a text as its key. */
        Map
    }

    /** Types of scalars, called as Protocol Buffers call them; an enumeration is an {@link #Int32}. */
    public enum Scalar {
        String,
        Bytes,
        Bool,
        Int32,
        Int64,
        Uint32,
        Uint64,
        Sfixed64,
        Float,
        Double;

        private static Optional<Scalar> of(String word) {
            return Arrays.stream(values())
                    .filter(scalar -> scalar.name().toLowerCase(Locale.ROOT).equals(word))
                    .findFirst();
        }
    }

    /** Reads a field; the name is the one by which Jackson finds it. */
    public static SchemaField valueOf(String text) {
        List<String> words = List.of(text.split(" "));
        Label label =
                switch (words.size() == 3 ? words.get(1) : "") {
                    case "repeated" -> Label.Repeated;
                    case "map" -> Label.Map;
                    default -> Label.Singular;
                };
        if (words.size() != (label == Label.Singular ? 2 : 3)) {
            throw new IllegalArgumentException("a field is not written as name [repeated|map] type: " + text);
        }
        String type = words.get(words.size() - 1);
        Optional<Scalar> scalar = Scalar.of(type);
        return new SchemaField(words.get(0), label, scalar, scalar.isPresent() ? Optional.empty() : Optional.of(type));
    }

    /** Whether it is no step of a path. */
    public boolean isSeenThrough() {
        return name.equals(SEEN_THROUGH);
    }
}
