package dev.redoubt.policy.spec;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** A part of a spec. Asked for what it should be, it says where it is not. */
public sealed interface SpecNode {
    /** Where it begins. */
    Place place();

    /**
     * Named fields.
     *
     * @param fields values by name, in the order in which they were written
     * @param names where the names stand
     */
    record Mapping(Place place, Map<String, SpecNode> fields, Map<String, Place> names) implements SpecNode {
        public Mapping {
            fields = new LinkedHashMap<>(fields);
            names = Map.copyOf(names);
        }
    }

    /** A list. */
    record Items(Place place, List<SpecNode> items) implements SpecNode {
        public Items {
            items = List.copyOf(items);
        }
    }

    /** A single value. */
    record Scalar(Place place, Kind kind, String text) implements SpecNode {}

    /** What a single value was written as. */
    enum Kind {
        TEXT,
        NUMBER,
        TRUTH,
        NOTHING
    }

    /** Whether it says nothing, which is the same as not being there. */
    default boolean isNothing() {
        return this instanceof Scalar scalar && scalar.kind() == Kind.NOTHING;
    }

    /**
     * A text.
     *
     * @param most length in characters
     * @throws SpecException where it is no text, an empty or a longer one
     */
    default String text(int most) throws SpecException {
        if (!(this instanceof Scalar scalar) || scalar.kind() != Kind.TEXT) {
            throw new SpecException(
                    place(),
                    this instanceof Scalar scalar && !isNothing()
                            ? "a text is expected; put it into quotation marks"
                            : "a text is expected");
        }
        int length = scalar.text().codePointCount(0, scalar.text().length());
        if (length < 1 || length > most) {
            throw new SpecException(place(), "the text must have between 1 and " + most + " characters");
        }
        return scalar.text();
    }

    /**
     * A whole number.
     *
     * @throws SpecException where it is none of that range
     */
    default int number(int least, int most) throws SpecException {
        if (this instanceof Scalar scalar && scalar.kind() == Kind.NUMBER && Numbers.WHOLE.matches(scalar.text())) {
            int number = Integer.parseInt(scalar.text());
            if (number >= least && number <= most) {
                return number;
            }
        }
        throw new SpecException(place(), "a whole number between " + least + " and " + most + " is expected");
    }

    /**
     * True or false.
     *
     * @throws SpecException where it is neither
     */
    default boolean truth() throws SpecException {
        if (this instanceof Scalar scalar
                && scalar.kind() == Kind.TRUTH
                && (scalar.text().equals("true") || scalar.text().equals("false"))) {
            return scalar.text().equals("true");
        }
        throw new SpecException(place(), "true or false is expected");
    }

    /**
     * A decimal, as a number or as a text, of at most six digits before and behind the point.
     *
     * @throws SpecException where it is none
     */
    default BigDecimal decimal() throws SpecException {
        if (this instanceof Scalar scalar
                && (scalar.kind() == Kind.NUMBER || scalar.kind() == Kind.TEXT)
                && Numbers.DECIMAL.matches(scalar.text())) {
            return new BigDecimal(scalar.text());
        }
        throw new SpecException(place(), "a decimal such as \"0.05\" is expected");
    }

    /**
     * One of some words.
     *
     * @param words what they stand for
     * @throws SpecException where it is none of them
     */
    default <T> T oneOf(Map<String, T> words) throws SpecException {
        T value = this instanceof Scalar scalar && scalar.kind() == Kind.TEXT ? words.get(scalar.text()) : null;
        if (value == null) {
            throw new SpecException(place(), "expected is one of " + String.join(", ", words.keySet()));
        }
        return value;
    }

    /**
     * The items of a list.
     *
     * @throws SpecException where it is none, or has fewer or more
     */
    default List<SpecNode> items(int least, int most) throws SpecException {
        if (!(this instanceof Items list)) {
            throw new SpecException(place(), "a list is expected");
        }
        if (list.items().size() < least || list.items().size() > most) {
            throw new SpecException(place(), "the list must have between " + least + " and " + most + " items");
        }
        return list.items();
    }

    /**
     * The items of a list of texts, none of them twice.
     *
     * @param mostItems the most texts
     * @param mostCharacters length of each
     * @throws SpecException where it is none
     */
    default List<String> texts(int mostItems, int mostCharacters) throws SpecException {
        List<String> texts = new ArrayList<>();
        for (SpecNode item : items(0, mostItems)) {
            String text = item.text(mostCharacters);
            if (texts.contains(text)) {
                throw new SpecException(item.place(), "this item is in the list already");
            }
            texts.add(text);
        }
        return texts;
    }

    /** How numbers are written. */
    enum Numbers {
        WHOLE("[0-9]{1,9}"),
        DECIMAL("[0-9]{1,6}(\\.[0-9]{1,6})?");

        private final Pattern pattern;

        Numbers(String pattern) {
            this.pattern = Pattern.compile(pattern);
        }

        private boolean matches(String text) {
            return pattern.matcher(text).matches();
        }
    }
}
