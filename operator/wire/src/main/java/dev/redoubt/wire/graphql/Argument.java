package dev.redoubt.wire.graphql;

import java.util.Objects;

/**
 * A leaf of an argument: a literal or a variable.
 *
 * @param path name of the argument, then of members, {@code [*]} for items of lists, such as {@code where.operands[*].path[*]}
 * @param kind what it is
 * @param value text of a string, name of a variable without the dollar sign, else as it stands
 */
public record Argument(String path, Kind kind, String value) {
    public Argument {
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(value, "value");
    }

    /** What a leaf is. */
    public enum Kind {
        String,
        Number,
        Boolean,
        Enum,
        Null,
        Variable,
        /** A list or object without anything in it. */
        Empty
    }
}
