package dev.redoubt.profiles;

import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * One kind of value in a message.
 *
 * @param path where it stands: keys joined by dots, {@code a|b} for either of two, {@code [*]} for any item of an array,
 *     {@code *} for any key, a trailing {@code **} for everything below; a path may name an object or array as a whole
 * @param role what it is
 * @param field name of the record field that it is a value of, {@code *} where the last key of the path is the
 *     name, {@code **} where it is the first key below that is a field, also as a part of a name with dots, {@code @member} where the text of that member of the innermost object around it that has one is the name
 *     (not in GraphQL); {@code null} where it belongs to no record
 * @param fallback for {@link Role#Limit}: what the server takes when the value is absent; for {@link Role#Score}: what
 *     stands in place of one that is removed; {@code null} where the server has no default, or clients take a
 *     null. A limit that may have to be set is a member of an object, or of a map of texts at the root
 * @param name in the events of a stream, what it is called where events tell it at several paths: keys of one name are
 *     one key, texts of one name are one text; {@code null} where its path tells it apart
 * @param whole in the events of a stream, whether it is all of a text instead of the next part of one, such as the
 *     repetition of what earlier events have told
 * @param width for {@link Role#Vector} and {@link Role#Record}: where vectors stand one behind the other, the member that tells how many numbers
 *     each has, of the innermost object around them that has it; {@code null} where one stands alone
 * @param inside for {@link Role#Embedded}: the values in the document; empty where it is the content of a record
 * @param ends for {@link Role#StreamEnd}: the strings that mean an end; empty where anything but null and false does
 * @param pattern what a string in a request must match as a whole, or it is refused; {@code null} for anything
 * @param equality for a filter: names of the members whose values are compared with the field for equality, in a list or
 *     alone; {@code *} where the member is the field's own. Empty for anything else
 * @param when with {@code equality}, in gRPC: the number beside the field's name that tells how they are compared, and
 *     which of its values mean equality, as {@code operator=1|2}; {@code null} where the member alone tells
 */
public record ValueSpec(
        String path,
        Role role,
        String field,
        Integer fallback,
        String name,
        boolean whole,
        String width,
        List<ValueSpec> inside,
        List<String> ends,
        Pattern pattern,
        List<String> equality,
        String when) {
    public ValueSpec {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(role, "role");
        inside = inside == null ? List.of() : List.copyOf(inside);
        ends = ends == null ? List.of() : List.copyOf(ends);
        equality = equality == null ? List.of() : List.copyOf(equality);
    }

    /** A value that may be anything, with nothing that is only of streams or of several vectors. */
    public ValueSpec(String path, Role role, String field, Integer fallback) {
        this(path, role, field, fallback, null, false, null, List.of(), List.of(), null, List.of(), null);
    }
}
