package dev.redoubt.wire.graphql;

import java.util.Objects;

/** A text is not a GraphQL request that the guard accepts. Holds nothing of it, and no stack trace. */
public final class GraphQlFault extends Exception {
    private final Kind kind;

    GraphQlFault(Kind kind) {
        super("GraphQL " + kind, null, false, false);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    public Kind kind() {
        return kind;
    }

    /** What is wrong. */
    public enum Kind {
        /** Not of the grammar, or without an operation. */
        Syntax,
        /** More characters, tokens or fields than the bound. */
        Size,
        /** Fields or values nested deeper than the bound. */
        Depth,
        /** More aliases than the bound. */
        Aliases,
        /** A name is given twice where one of them would be lost: an operation, fragment, variable, argument or member. */
        DuplicateName,
        /** A fragment that is not there, or that leads back to itself. */
        Fragment,
        /** The definition of a type, which belongs into no request. */
        Definition
    }
}
