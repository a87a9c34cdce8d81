package dev.redoubt.wire.graphql;

import java.util.List;
import java.util.Objects;

/**
 * One operation of a request.
 *
 * @param kind what it does
 * @param name {@code null} where it has none
 * @param variables what is declared, {@code $} left out
 * @param directives names of those on the operation itself
 * @param fields every field that it selects, at any depth and in order, fragments put in their places
 */
public record Operation(
        Kind kind, String name, List<Variable> variables, List<String> directives, List<SelectedField> fields) {
    public Operation {
        Objects.requireNonNull(kind, "kind");
        variables = List.copyOf(variables);
        directives = List.copyOf(directives);
        fields = List.copyOf(fields);
    }

    /** What an operation does. */
    public enum Kind {
        Query,
        Mutation,
        Subscription
    }

    /**
     * A variable.
     *
     * @param name without the dollar sign
     * @param fallback leaves of the value that it has where none is given; empty where it has none
     */
    public record Variable(String name, List<Argument> fallback) {
        public Variable {
            fallback = List.copyOf(fallback);
        }
    }
}
