package dev.redoubt.wire.graphql;

import dev.redoubt.wire.frame.MessageFault;
import java.util.Objects;

/** A text is not a GraphQL request that the guard accepts. Holds nothing of it, and no stack trace. */
public final class GraphQlFault extends MessageFault {
    private final Kind kind;

    GraphQlFault(Kind kind) {
        super(kind, 0);
        this.kind = Objects.requireNonNull(kind, "kind");
    }

    public Kind kind() {
        return kind;
    }

    @Override
    public String rule() {
        return "GraphQL " + kind;
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
        Definition,
        /** Several operations, of which only a name beside them would tell which is meant, or one that is no query. */
        Operation,
        /** Several fields that each take a limit: together they would ask for many times as much. */
        Several,
        /** A variable that is not given, is used twice, or is more than one text, number or boolean. */
        Variable
    }
}
