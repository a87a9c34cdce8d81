package dev.redoubt.policy.spec;

import java.util.Objects;

/**
 * Where a part of a spec stands.
 *
 * @param source name of the file, or the path in an API object
 * @param line from 1; 0 where the source has no lines
 * @param column in characters, from 1; 0 where the source has no lines
 */
public record Place(String source, int line, int column) {
    public Place {
        Objects.requireNonNull(source, "source");
    }

    /** A place in an API object, such as {@code spec.rules[0]}. */
    static Place path(String path) {
        return new Place(path, 0, 0);
    }

    /** As compilers write it: {@code file:line:column}. */
    @Override
    public String toString() {
        return line == 0 ? source : source + ":" + line + ":" + column;
    }
}
