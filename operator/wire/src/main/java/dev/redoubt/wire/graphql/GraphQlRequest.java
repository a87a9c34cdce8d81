package dev.redoubt.wire.graphql;

import dev.redoubt.wire.graphql.GraphQlFault.Kind;
import dev.redoubt.wire.graphql.SourceText.Literal;
import graphql.GraphQLException;
import graphql.language.StringValue;
import graphql.parser.Parser;
import graphql.parser.ParserEnvironment;
import graphql.parser.ParserOptions;
import graphql.parser.exceptions.ParseCancelledException;
import graphql.parser.exceptions.ParseCancelledTooDeepException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The text of a GraphQL request, parsed by graphql-java's grammar: what it asks for, and its literals for redaction in
 * place. Nothing of it is executed and no schema is known.
 *
 * <p>Source: GraphQL specification, October 2021, chapter 2.
 */
public final class GraphQlRequest {
    private final String text;
    private final List<Operation> operations;
    private final SourceText source;

    private GraphQlRequest(String text, List<Operation> operations, SourceText source) {
        this.text = text;
        this.operations = List.copyOf(operations);
        this.source = source;
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
                .captureSourceLocation(true)
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
            SourceText source = SourceText.of(text);
            List<Operation> operations = OperationReader.read(
                    Parser.parse(ParserEnvironment.newParserEnvironment()
                            .document(text)
                            .parserOptions(options)
                            .build()),
                    limits,
                    source);
            return new GraphQlRequest(text, operations, source);
        } catch (ParseCancelledTooDeepException e) {
            throw new GraphQlFault(Kind.Depth);
        } catch (ParseCancelledException e) {
            throw new GraphQlFault(Kind.Size);
        } catch (GraphQLException e) {
            // some errors of syntax have no exception of their own
            throw new GraphQlFault(Kind.Syntax);
        }
    }

    /** The text as it was read. */
    String text() {
        return text;
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
        List<Change> changes = new ArrayList<>();
        for (Literal literal : source.literals()) {
            byte[] instead = literal.kind() == Literal.Kind.Comment ? null : texts.text(utf8(literal));
            if (instead != null) {
                changes.add(new Change(literal.start(), literal.end(), string(instead)));
            }
        }
        return change(changes);
    }

    /**
     * A part of the text and what stands there instead.
     *
     * @param start in chars
     * @param end in chars; the start for what is put in
     */
    record Change(int start, int end, String by) {}

    /** Whether a literal is written in a form that only some servers read: as a text of several lines. */
    private boolean isBlock(Literal literal) {
        return text.startsWith("\"\"\"", literal.start());
    }

    /**
     * Makes changes that do not overlap, takes comments out, and writes texts of several lines in one.
     *
     * @return the very text that was read where there is nothing to do
     */
    String change(List<Change> changes) {
        List<Change> all = new ArrayList<>(changes);
        Set<Integer> changed = changes.stream().map(Change::start).collect(Collectors.toSet());
        for (Literal literal : source.literals()) {
            if (literal.kind() == Literal.Kind.Comment) {
                all.add(new Change(literal.start(), literal.end(), ""));
            } else if (isBlock(literal) && !changed.contains(literal.start())) {
                all.add(new Change(literal.start(), literal.end(), string(utf8(literal))));
            }
        }
        if (all.isEmpty()) {
            return text;
        }
        all.sort(Comparator.comparingInt(Change::start));
        StringBuilder out = new StringBuilder(text.length() + 64);
        int taken = 0;
        for (Change change : all) {
            out.append(text, taken, change.start());
            taken = change.end();
            // two quotes before a third would begin a text of several lines
            boolean touches = change.by().startsWith("\"") && out.length() > 0 && out.charAt(out.length() - 1) == '"';
            out.append(touches ? " " : "").append(change.by());
            if (change.by().endsWith("\"") && taken < text.length() && text.charAt(taken) == '"') {
                out.append(' ');
            }
        }
        return out.append(text, taken, text.length()).toString();
    }

    /** Where the leaf of an argument stands; {@code null} for one that is neither a string nor a number. */
    Literal literal(Argument argument) {
        return source.literal(argument);
    }

    /** A change that gives a field one more argument. */
    Change argument(SelectedField field, String name, String value) {
        SourceText.Arguments arguments = source.arguments(field);
        String written = name + ": " + value;
        return new Change(arguments.at(), arguments.at(), arguments.open() ? written + " " : "(" + written + ")");
    }

    /** What a string means in UTF-8, or the digits of a number. */
    byte[] utf8(Literal literal) {
        return meaning(literal).getBytes(StandardCharsets.UTF_8);
    }

    private String meaning(Literal literal) {
        String source = text.substring(literal.start(), literal.end());
        if (literal.kind() == Literal.Kind.Number) {
            return source;
        }
        boolean plain = source.indexOf('\\') < 0 && !source.startsWith("\"\"\"");
        return plain ? source.substring(1, source.length() - 1) : ((StringValue) Parser.parseValue(source)).getValue();
    }

    /** A string without what only some servers read. */
    static String string(byte[] utf8) {
        String value = new String(utf8, StandardCharsets.UTF_8);
        StringBuilder out = new StringBuilder(value.length() + 8).append('"');
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
        return out.append('"').toString();
    }
}
