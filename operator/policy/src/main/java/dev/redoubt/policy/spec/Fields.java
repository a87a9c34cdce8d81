package dev.redoubt.policy.spec;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The fields of a mapping, all of them known. */
public final class Fields {
    private final SpecNode.Mapping mapping;

    private Fields(SpecNode.Mapping mapping) {
        this.mapping = mapping;
    }

    /**
     * Takes a node for a mapping.
     *
     * @param known every field that it may have
     * @throws SpecException where it is no mapping or has a field that is not known
     */
    public static Fields of(SpecNode node, String... known) throws SpecException {
        if (!(node instanceof SpecNode.Mapping mapping)) {
            throw new SpecException(node.place(), "fields are expected: " + String.join(", ", known));
        }
        for (String name : mapping.fields().keySet()) {
            if (!List.of(known).contains(name)) {
                throw new SpecException(
                        mapping.names().get(name), "unknown field " + name + "; known are " + String.join(", ", known));
            }
        }
        return new Fields(mapping);
    }

    /** Where the mapping begins. */
    public Place place() {
        return mapping.place();
    }

    /** The value of a field that may be absent; null is absent. */
    public Optional<SpecNode> find(String name) {
        return Optional.ofNullable(mapping.fields().get(name)).filter(value -> !value.isNothing());
    }

    /**
     * The value of a field that must be there.
     *
     * @throws SpecException where it is not
     */
    public SpecNode require(String name) throws SpecException {
        return find(name).orElseThrow(() -> new SpecException(place(), "the field " + name + " is missing"));
    }

    /**
     * The items of a list; empty where the field is absent.
     *
     * @throws SpecException where the field is no list or a longer one
     */
    public List<SpecNode> items(String name, int most) throws SpecException {
        Optional<SpecNode> value = find(name);
        return value.isPresent() ? value.get().items(0, most) : List.of();
    }

    /**
     * A list of texts; empty where the field is absent.
     *
     * @throws SpecException where the field is none, see {@link SpecNode#texts}
     */
    public List<String> texts(String name, int mostItems, int mostCharacters) throws SpecException {
        Optional<SpecNode> value = find(name);
        return value.isPresent() ? value.get().texts(mostItems, mostCharacters) : List.of();
    }

    /**
     * A whole number.
     *
     * @param fallback what counts where the field is absent; may be {@code null}
     * @throws SpecException where it is none of that range
     */
    public Integer number(String name, int least, int most, Integer fallback) throws SpecException {
        Optional<SpecNode> value = find(name);
        return value.isPresent() ? Integer.valueOf(value.get().number(least, most)) : fallback;
    }

    /**
     * One of some words.
     *
     * @param fallback what counts where the field is absent
     * @throws SpecException where it is none of them
     */
    public <T> T oneOf(String name, Map<String, T> words, T fallback) throws SpecException {
        Optional<SpecNode> value = find(name);
        return value.isPresent() ? value.get().oneOf(words) : fallback;
    }
}
