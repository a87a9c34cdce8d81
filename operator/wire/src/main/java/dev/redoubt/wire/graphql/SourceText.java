package dev.redoubt.wire.graphql;

import dev.redoubt.wire.graphql.GraphQlFault.Kind;
import graphql.language.Field;
import graphql.language.Node;
import graphql.language.Value;
import graphql.org.antlr.v4.runtime.CharStreams;
import graphql.org.antlr.v4.runtime.Token;
import graphql.parser.antlr.GraphqlLexer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where in the text of a request its literals and its fields stand, in chars. What the parser makes of the text is
 * found by line and column of its first token.
 */
final class SourceText {
    /** Chars of a number; reading a longer one takes time that grows with its square. */
    private static final int LONGEST_NUMBER = 256;

    private final List<Literal> literals = new ArrayList<>();
    private final Map<Position, Literal> literalsByPosition = new HashMap<>();
    private final List<Piece> pieces = new ArrayList<>();
    private final Map<Position, Integer> piecesByPosition = new HashMap<>();
    private final Map<Argument, Literal> leaves = new IdentityHashMap<>();
    private final Map<SelectedField, Arguments> fields = new IdentityHashMap<>();

    private SourceText() {}

    /**
     * A piece of text that may hold text of people.
     *
     * @param start first char, quotes included
     * @param end the place behind the last char
     */
    record Literal(Kind kind, int start, int end) {
        enum Kind {
            String,
            Number,
            Comment
        }
    }

    /**
     * Where an argument may be put in.
     *
     * @param open whether that is behind an opening parenthesis; else there is none yet
     */
    record Arguments(int at, boolean open) {}

    /** As the parser counts them. */
    private record Position(int line, int column) {
        static Position of(Node<?> node) {
            return new Position(
                    node.getSourceLocation().getLine(), node.getSourceLocation().getColumn());
        }
    }

    /** A token that is not ignored. */
    private record Piece(int end) {}

    /**
     * Finds the tokens of a text. Errors of syntax are the parser's to tell.
     *
     * @throws GraphQlFault where a number is too long
     */
    static SourceText of(String text) throws GraphQlFault {
        SourceText source = new SourceText();
        GraphqlLexer lexer = new GraphqlLexer(CharStreams.fromString(text));
        lexer.removeErrorListeners();
        int chars = 0;
        int points = 0;
        for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
            int start = text.offsetByCodePoints(chars, token.getStartIndex() - points);
            int end = text.offsetByCodePoints(start, token.getStopIndex() + 1 - token.getStartIndex());
            chars = end;
            points = token.getStopIndex() + 1;
            source.enter(token, start, end);
        }
        return source;
    }

    private void enter(Token token, int start, int end) throws GraphQlFault {
        Position position = new Position(token.getLine(), token.getCharPositionInLine() + 1);
        Literal.Kind kind =
                switch (token.getType()) {
                    case GraphqlLexer.StringValue -> Literal.Kind.String;
                    case GraphqlLexer.IntValue, GraphqlLexer.FloatValue -> Literal.Kind.Number;
                    case GraphqlLexer.Comment -> Literal.Kind.Comment;
                    default -> null;
                };
        if (kind == Literal.Kind.Number && end - start > LONGEST_NUMBER) {
            throw new GraphQlFault(Kind.Size);
        }
        if (kind != null) {
            Literal literal = new Literal(kind, start, end);
            literals.add(literal);
            literalsByPosition.put(position, literal);
        }
        if (token.getChannel() == Token.DEFAULT_CHANNEL) {
            piecesByPosition.put(position, pieces.size());
            pieces.add(new Piece(end));
        }
    }

    /** Literals and comments in the order of the text. */
    List<Literal> literals() {
        return literals;
    }

    /** Remembers where a leaf stands. */
    void enter(Argument leaf, Value<?> value) throws GraphQlFault {
        boolean isLiteral = leaf.kind() == Argument.Kind.String || leaf.kind() == Argument.Kind.Number;
        Literal literal = literalsByPosition.get(Position.of(value));
        if (isLiteral != (literal != null)) {
            throw new GraphQlFault(Kind.Syntax);
        }
        if (isLiteral) {
            leaves.put(leaf, literal);
        }
    }

    /** Remembers where a field stands. */
    void enter(SelectedField selected, Field field) throws GraphQlFault {
        Integer first = piecesByPosition.get(Position.of(field));
        if (first == null) {
            throw new GraphQlFault(Kind.Syntax);
        }
        // an alias and its colon stand before the name
        int name = field.getAlias() == null ? first : first + 2;
        boolean open = !field.getArguments().isEmpty();
        fields.put(selected, new Arguments(pieces.get(open ? name + 1 : name).end(), open));
    }

    /** Where a leaf stands; {@code null} for one that is neither a string nor a number. */
    Literal literal(Argument leaf) {
        return leaves.get(leaf);
    }

    /** Where arguments of a field stand. */
    Arguments arguments(SelectedField field) {
        return fields.get(field);
    }
}
