package dev.redoubt.wire.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Requests of the grammar, edited and read again. */
class GraphQlRequestProperties {
    private static final GraphQlLimits LIMITS = new GraphQlLimits(50_000, 10_000, 12, 100, 1000);
    private static final String MAIL = "ann@example.com";
    private static final String INSTEAD = "\"<é\\\n\u0001>";

    private static String edited(String text) {
        return text.replace(MAIL, INSTEAD).replace("4111111111111111", "<CARD>");
    }

    private static byte[] edited(byte[] utf8) {
        String text = new String(utf8, StandardCharsets.UTF_8);
        String edited = edited(text);
        return edited.equals(text) ? null : edited.getBytes(StandardCharsets.UTF_8);
    }

    private static List<Argument> edited(List<Argument> arguments) {
        return arguments.stream()
                .map(argument -> switch (argument.kind()) {
                    case String -> new Argument(argument.path(), argument.kind(), edited(argument.value()));
                    case Number ->
                        edited(argument.value()).equals(argument.value())
                                ? argument
                                : new Argument(argument.path(), Argument.Kind.String, edited(argument.value()));
                    default -> argument;
                })
                .toList();
    }

    private static Operation edited(Operation operation) {
        return new Operation(
                operation.kind(),
                operation.name(),
                operation.variables().stream()
                        .map(variable -> new Operation.Variable(variable.name(), edited(variable.fallback())))
                        .toList(),
                operation.directives(),
                operation.fields().stream()
                        .map(field -> new SelectedField(
                                field.path(),
                                field.answerPath(),
                                edited(field.arguments()),
                                field.directives(),
                                edited(field.directiveArguments())))
                        .toList());
    }

    @Property(tries = 600)
    void anEditedRequestAsksForTheSameWithEditedLiterals(@ForAll("requests") String text) throws GraphQlFault {
        GraphQlRequest request = GraphQlRequest.parse(text, LIMITS);
        String out = request.edit(GraphQlRequestProperties::edited);
        assertThat(GraphQlRequest.parse(out, LIMITS).operations())
                .isEqualTo(request.operations().stream()
                        .map(GraphQlRequestProperties::edited)
                        .toList());
        assertThat(out).doesNotContain(MAIL);
        assertThat(GraphQlRequest.parse(out, LIMITS).edit(GraphQlRequestProperties::edited))
                .isSameAs(out);
    }

    /** No exception but the documented one. */
    @Property(tries = 1000)
    void aDamagedRequestIsReadOrRefused(@ForAll("requests") String text, @ForAll int where, @ForAll char by) {
        int at = Math.floorMod(where, text.length());
        String damaged = text.substring(0, at) + by + text.substring(at + Math.floorMod(by, 2));
        try {
            GraphQlRequest.parse(damaged, LIMITS).edit(GraphQlRequestProperties::edited);
        } catch (GraphQlFault e) {
            assertThat(e.kind()).isNotNull();
        }
    }

    @Provide
    Arbitrary<String> requests() {
        Arbitrary<String> variables =
                value(1).map(value -> "($v: String = " + value.replace("$v", "null") + ", $w: [Int!]! @x)");
        Arbitrary<String> fragment =
                selection(1).map(fields -> "fragment f on T @y {" + fields.replace("...f", "z") + "}");
        return Combinators.combine(
                        Arbitraries.of("query", "mutation", "subscription"),
                        variables,
                        directives(),
                        selection(3),
                        fragment)
                .as((kind, declared, directives, fields, tail) ->
                        kind + " A" + declared + directives + "{" + fields + "}\n" + tail);
    }

    private static Arbitrary<String> selection(int depth) {
        Arbitrary<String> name = Arbitraries.of("a", "b: a", "_additional", "vector", "on", "query", "type");
        Arbitrary<String> arguments =
                Arbitraries.oneOf(Arbitraries.of(""), value(2).map(value -> "(x: " + value + ", y: [1,2])"));
        Arbitrary<String> below = depth == 0
                ? Arbitraries.of("")
                : Arbitraries.oneOf(
                        Arbitraries.of(""),
                        Arbitraries.lazy(() -> selection(depth - 1)).map(fields -> "{" + fields + "}"));
        Arbitrary<String> field =
                Combinators.combine(name, arguments, directives(), below).as((a, b, c, d) -> a + b + c + d);
        Arbitrary<String> other = depth == 0
                ? Arbitraries.of("a")
                : Arbitraries.oneOf(
                        Arbitraries.of("...f", "...f @include(if: $v)"),
                        Arbitraries.lazy(() -> selection(depth - 1)).map(fields -> "... on T @z {" + fields + "}"),
                        Arbitraries.lazy(() -> selection(depth - 1)).map(fields -> "...{" + fields + "}"));
        return Combinators.combine(
                        Arbitraries.frequencyOf(net.jqwik.api.Tuple.of(3, field), net.jqwik.api.Tuple.of(1, other))
                                .list()
                                .ofMinSize(1)
                                .ofMaxSize(3),
                        Arbitraries.of(" ", ",", "\n", "# ann@example.com \"x\n", "\uFEFF", "\r\n\t"))
                .as((fields, gap) -> gap + String.join(gap, fields) + gap);
    }

    private static Arbitrary<String> directives() {
        return Arbitraries.of(
                "", "", " @skip(if: true)", " @note(of: \"ann@example.com\")", " @a @b(c: 4111111111111111)");
    }

    private static Arbitrary<String> value(int depth) {
        Arbitrary<String> scalar = Arbitraries.of(
                "\"ann@example.com\"",
                "\"\\u0061nn@example.com é😀\"",
                "\"\"",
                "\"\\\"\\\\\\/\\b\\f\\n\\r\\t#\"",
                "\"\\u{1F600}\"",
                "\"\"\"\n  to \"ann@example.com\"\n    # no comment \\\"\"\" 😀\n\"\"\"",
                "\"\"\"\"\"\"",
                "1",
                "-0",
                "1.50",
                "1e5",
                "-1.5E-7",
                "4111111111111111",
                "true",
                "null",
                "And",
                "$v");
        if (depth == 0) {
            return scalar;
        }
        Arbitrary<String> below = Arbitraries.lazy(() -> value(depth - 1));
        return Arbitraries.oneOf(
                scalar,
                below.list().ofMaxSize(3).map(items -> "[" + String.join(" ", items) + "]"),
                Combinators.combine(below, below).as((a, b) -> "{m: " + a + ", n: " + b + "}"));
    }
}
