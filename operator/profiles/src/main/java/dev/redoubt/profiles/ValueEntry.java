package dev.redoubt.profiles;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A value as a profile writes it, or a group of values that may stand at several places.
 *
 * @param path as in {@link ValueSpec}, below the place of the group; empty for that place itself
 * @param role as in {@link ValueSpec}
 * @param field as in {@link ValueSpec}
 * @param fallback as in {@link ValueSpec}
 * @param name as in {@link ValueSpec}
 * @param whole as in {@link ValueSpec}
 * @param width as in {@link ValueSpec}
 * @param inside as in {@link ValueSpec}
 * @param ends as in {@link ValueSpec}
 * @param pattern as in {@link ValueSpec}
 * @param equality as in {@link ValueSpec}
 * @param when as in {@link ValueSpec}
 * @param under places of a group, each a path and the empty one for where the group stands; {@code null} for a value
 * @param values of the group
 */
record ValueEntry(
        String path,
        Role role,
        String field,
        Integer fallback,
        String name,
        boolean whole,
        String width,
        List<ValueEntry> inside,
        List<String> ends,
        Pattern pattern,
        List<String> equality,
        String when,
        List<String> under,
        List<ValueEntry> values) {
    ValueEntry {
        if ((under == null) != (values == null) || (under == null) == (path == null)) {
            throw new IllegalArgumentException("either a path or a group: " + (path == null ? under : path));
        }
    }

    /** The values that it stands for, below a path. */
    Stream<ValueSpec> specs(String above) {
        return under == null
                ? Stream.of(new ValueSpec(
                        join(above, path),
                        role,
                        field,
                        fallback,
                        name,
                        whole,
                        width,
                        specsInside(),
                        ends,
                        pattern,
                        equality,
                        when))
                : under.stream().flatMap(place -> values.stream().flatMap(value -> value.specs(join(above, place))));
    }

    private List<ValueSpec> specsInside() {
        return inside == null
                ? List.of()
                : inside.stream().flatMap(value -> value.specs("")).toList();
    }

    private static String join(String above, String below) {
        return above.isEmpty() || below.isEmpty() || below.startsWith("[") ? above + below : above + "." + below;
    }
}
