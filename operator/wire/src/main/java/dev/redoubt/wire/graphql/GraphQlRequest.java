package dev.redoubt.wire.graphql;

import dev.redoubt.wire.graphql.GraphQlFault.Kind;
import graphql.GraphQLException;
import graphql.language.StringValue;
import graphql.org.antlr.v4.runtime.CharStreams;
import graphql.org.antlr.v4.runtime.Token;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.parser.antlr.GraphqlLexer;
import graphql.parser.exceptions.ParseCancelledException;
import graphql.parser.exceptions.ParseCancelledTooDeepException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The text of a GraphQL request, parsed by graphql-java's grammar: what it asks for, and its literals for redaction in
 * place. Nothing of it is executed and no schema is known.
 *
 * <p>Source: GraphQL specification, October 2021, chapter 2.
 */
public final class GraphQlRequest {
    /** Chars of a number; reading a longer one takes time that grows with its square. */
    private static final int LONGEST_NUMBER = 256;

    private final String text;
    private final List<Operation> operations;
    private final List<Literal> literals;

    private GraphQlRequest(String text, List<Operation> operations, List<Literal> literals) {
        this.text = text;
        this.operations = List.copyOf(operations);
        this.literals = List.copyOf(literals);
    }

    /** A piece of text that may hold text of people, in chars from the beginning of the request. */
    private record Literal(LiteralKind kind, int start, int end) {}

    private enum LiteralKind {
        String,
        Number,
        Comment
    }

    /** Edits literals. */
    public interface Texts {
        /** What is to stand in place of a text or of the digits of a number; {@code null} where it stays. */
        byte[] text(byte[] utf8);
    }

    /**
     * Reads a request.
     *
     * @throws GraphQlFault where it is none, or asks for more than the limits allow
     */
    public static GraphQlRequest parse(String text, GraphQlLimits limits) throws GraphQlFault {
        if (text.length() > limits.characters()) {
            throw new GraphQlFault(Kind.Size);
        }
        ParserOptions options = ParserOptions.newParserOptions()
                .captureIgnoredChars(false)
                .captureSourceLocation(false)
                .captureLineComments(false)
                .readerTrackData(false)
                .maxCharacters(limits.characters())
                .maxTokens(limits.tokens())
                .maxWhitespaceTokens(limits.characters())
                // a rule of the grammar for each of several words of the specification
                .maxRuleDepth(limits.depth() * 10 + 50)
                .redactTokenParserErrorMessages(true)
                .build();
        try {
            // before the parser, which makes numbers of any length into numbers
            List<Literal> literals = literals(text);
            List<Operation> operations = OperationReader.read(
                    Parser.parse(ParserEnvironment.newParserEnvironment()
                            .document(text)
                            .parserOptions(options)
                            .build()),
                    limits);
            return new GraphQlRequest(text, operations, literals);
        } catch (ParseCancelledTooDeepException e) {
            throw new GraphQlFault(Kind.Depth);
        } catch (ParseCancelledException e) {
            throw new GraphQlFault(Kind.Size);
        } catch (GraphQLException e) {
            // some errors of syntax have no exception of their own
            throw new GraphQlFault(Kind.Syntax);
        }
    }

    /** What it asks for; one operation at least. */
    public List<Operation> operations() {
        return operations;
    }

    /**
     * Edits every literal: strings and numbers in arguments, lists, directives and defaults of variables. What is
     * replaced becomes a string. Comments, which nobody needs, are taken out.
     *
     * @return the very text that was read where nothing was changed
     */
    public String edit(Texts texts) {
        StringBuilder out = null;
        int taken = 0;
        for (Literal literal : literals) {
            boolean stays = literal.kind() != LiteralKind.Comment;
            byte[] instead = stays ? texts.text(meaning(literal).getBytes(StandardCharsets.UTF_8)) : null;
            if (stays && instead == null) {
                continue;
            }
            out = out == null ? new StringBuilder(text.length() + 64) : out;
            out.append(text, taken, literal.start());
            taken = literal.end();
            if (instead != null) {
                quote(new String(instead, StandardCharsets.UTF_8), out);
                // two quotes before a third would begin a text of several lines
                if (taken < text.length() && text.charAt(taken) == '"') {
                    out.append(' ');
                }
            }
        }
        return out == null ? text : out.append(text, taken, text.length()).toString();
    }

    private static List<Literal> literals(String text) throws GraphQlFault {
        GraphqlLexer lexer = new GraphqlLexer(CharStreams.fromString(text));
        // errors are the parser's to tell
        lexer.removeErrorListeners();
        List<Literal> literals = new ArrayList<>();
        int chars = 0;
        int points = 0;
        for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
            LiteralKind kind =
                    switch (token.getType()) {
                        case GraphqlLexer.StringValue -> LiteralKind.String;
                        case GraphqlLexer.IntValue, GraphqlLexer.FloatValue -> LiteralKind.Number;
                        case GraphqlLexer.Comment -> LiteralKind.Comment;
                        default -> null;
                    };
            if (kind == null) {
                continue;
            }
            int start = text.offsetByCodePoints(chars, token.getStartIndex() - points);
            int end = text.offsetByCodePoints(start, token.getStopIndex() + 1 - token.getStartIndex());
            if (kind == LiteralKind.Number && end - start > LONGEST_NUMBER) {
                throw new GraphQlFault(Kind.Size);
            }
            chars = end;
            points = token.getStopIndex() + 1;
            literals.add(new Literal(kind, start, end));
        }
        return literals;
    }

    private String meaning(Literal literal) {
        String source = text.substring(literal.start(), literal.end());
        if (literal.kind() == LiteralKind.Number) {
            return source;
        }
        boolean plain = source.indexOf('\\') < 0 && !source.startsWith("\"\"\"");
        return plain ? source.substring(1, source.length() - 1) : ((StringValue) Parser.parseValue(source)).getValue();
    }

    /** Writes a string without what only some servers read. */
    private static void quote(String value, StringBuilder out) {
        out.append(out.length() > 0 && out.charAt(out.length() - 1) == '"' ? " \"" : "\"");
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (c == '"' || c == '\\') {
                out.append('\\').append(c);
            } else if (c < ' ' || c == 0x7F) {
                out.append("\\u%04x".formatted((int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
