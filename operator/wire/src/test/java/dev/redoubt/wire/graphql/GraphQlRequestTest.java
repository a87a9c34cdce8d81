package dev.redoubt.wire.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.wire.graphql.GraphQlFault.Kind;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GraphQlRequestTest {
    private static final GraphQlLimits LIMITS = new GraphQlLimits(20_000, 4000, 8, 4, 60);

    private static final String WEAVIATE =
            """
            # of ann@example.com
            query Find($q: String = "ask ann@example.com", $n: Int) @cached(ttl: 5) {
              Get {
                hits: Article(
                  nearText: {concepts: ["ann@example.com", $q], distance: 0.6}
                  where: {operator: And, operands: [{path: ["n"], valueInt: 4111111111111111}]}
                  limit: $n
                ) {
                  title
                  ...more @include(if: true)
                  ... on Article { v: _additional { vector } }
                }
              }
            }
            fragment more on Article { body(format: \"""
                Dear "ann@example.com"
              \""") _additional { id @skip(if: $n) } }
            """;

    private static GraphQlRequest parse(String text) throws GraphQlFault {
        return GraphQlRequest.parse(text, LIMITS);
    }

    private static Kind fault(String text) {
        try {
            parse(text);
            throw new AssertionError("accepted");
        } catch (GraphQlFault e) {
            return e.kind();
        }
    }

    /** Replaces addresses and a card number. */
    private static byte[] instead(byte[] utf8) {
        String text = new String(utf8, StandardCharsets.UTF_8);
        String edited = text.replace("ann@example.com", "<EMAIL>").replace("4111111111111111", "<CARD>");
        return edited.equals(text) ? null : edited.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void everyFieldIsListedByItsNameAndByItsPlaceInTheAnswer() throws GraphQlFault {
        Operation operation = parse(WEAVIATE).operations().get(0);
        assertThat(operation.kind()).isEqualTo(Operation.Kind.Query);
        assertThat(operation.name()).isEqualTo("Find");
        assertThat(operation.directives()).containsExactly("cached");
        assertThat(operation.variables()).extracting(Operation.Variable::name).containsExactly("q", "n");
        assertThat(operation.fields())
                .extracting(field -> field.path() + " " + field.answerPath())
                .containsExactly(
                        "Get Get",
                        "Get.Article Get.hits",
                        "Get.Article.title Get.hits.title",
                        "Get.Article.body Get.hits.body",
                        "Get.Article._additional Get.hits._additional",
                        "Get.Article._additional.id Get.hits._additional.id",
                        "Get.Article._additional Get.hits.v",
                        "Get.Article._additional.vector Get.hits.v.vector");
        assertThat(operation.fields().get(3).directives()).containsExactly("include");
        assertThat(operation.fields().get(5).directiveArguments())
                .containsExactly(new Argument("skip.if", Argument.Kind.Variable, "n"));
    }

    @Test
    void everyLiteralAndVariableOfArgumentsIsListedByItsPath() throws GraphQlFault {
        List<Argument> arguments =
                parse(WEAVIATE).operations().get(0).fields().get(1).arguments();
        assertThat(arguments)
                .containsExactly(
                        new Argument("nearText.concepts[*]", Argument.Kind.String, "ann@example.com"),
                        new Argument("nearText.concepts[*]", Argument.Kind.Variable, "q"),
                        new Argument("nearText.distance", Argument.Kind.Number, "0.6"),
                        new Argument("where.operator", Argument.Kind.Enum, "And"),
                        new Argument("where.operands[*].path[*]", Argument.Kind.String, "n"),
                        new Argument("where.operands[*].valueInt", Argument.Kind.Number, "4111111111111111"),
                        new Argument("limit", Argument.Kind.Variable, "n"));
        assertThat(parse("{a(x: {}, y: [], z: null, t: true)}")
                        .operations()
                        .get(0)
                        .fields()
                        .get(0)
                        .arguments())
                .containsExactly(
                        new Argument("x", Argument.Kind.Empty, ""),
                        new Argument("y", Argument.Kind.Empty, ""),
                        new Argument("z", Argument.Kind.Null, "null"),
                        new Argument("t", Argument.Kind.Boolean, "true"));
    }

    @Test
    void literalsAreReplacedWhereTheyStandAndCommentsAreTakenOut() throws GraphQlFault {
        String edited = parse(WEAVIATE).edit(GraphQlRequestTest::instead);
        assertThat(edited)
                .isEqualTo(
                        """

                        query Find($q: String = "ask <EMAIL>", $n: Int) @cached(ttl: 5) {
                          Get {
                            hits: Article(
                              nearText: {concepts: ["<EMAIL>", $q], distance: 0.6}
                              where: {operator: And, operands: [{path: ["n"], valueInt: "<CARD>"}]}
                              limit: $n
                            ) {
                              title
                              ...more @include(if: true)
                              ... on Article { v: _additional { vector } }
                            }
                          }
                        }
                        fragment more on Article { body(format: "Dear \\"<EMAIL>\\"") _additional { id @skip(if: $n) } }
                        """);
    }

    @Test
    void escapesHideNothingAndCharactersBeyondTheFirstPlaneShiftNothing() throws GraphQlFault {
        String text = "{a(x: \"😀é\", y: \"\\u0061nn\\u0040example.com\", z: \"\\\"ann@example.com\\\\\")}";
        assertThat(parse(text).edit(GraphQlRequestTest::instead))
                .isEqualTo("{a(x: \"😀é\", y: \"<EMAIL>\", z: \"\\\"<EMAIL>\\\\\")}");
        String touching = "{a(x: [\"\"\"ann@example.com\"\"\"\"\"\"ann@example.com\"\"\"])}";
        assertThat(parse(touching).edit(GraphQlRequestTest::instead)).isEqualTo("{a(x: [\"<EMAIL>\" \"<EMAIL>\"])}");
        assertThat(parse(touching).edit(any -> new byte[0])).isEqualTo("{a(x: [\"\" \"\"])}");
        String clean = "\uFEFF{ a(x: \"😀\\u00e9\") , }";
        assertThat(parse(clean).edit(GraphQlRequestTest::instead)).isSameAs(clean);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{}",
                "{a(x: \"unfinished)}",
                "{a(x: \"\\x\")}",
                "{a(x: \"\\ud800\")}",
                "{a(x: \"\\u{110000}\")}",
                "{a(x: \"\\u{1F600ddddddddd}\")}",
                "fragment f on A { a }",
                "{a(x: 01)}",
                "{a(x: 1x)}",
                "{a} extra",
                "{a(x: '1')}",
                "\u0000{a}"
            })
    void whatIsNoRequestIsRefused(String text) {
        assertThat(fault(text)).isEqualTo(Kind.Syntax);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "{a(x: 1, x: 2)} | DuplicateName",
                "{a(x: {y: 1, y: 2})} | DuplicateName",
                "query A {a} query A {b} | DuplicateName",
                "{a} {b} | DuplicateName",
                "{a} query A {b} | DuplicateName",
                "query A($x: Int, $x: Int) {a} | DuplicateName",
                "{...f} fragment f on A {a} fragment f on A {b} | DuplicateName",
                "{...f} | Fragment",
                "{...f} fragment f on A {a ...f} | Fragment",
                "{...f} fragment f on A {...g} fragment g on A {b {...f}} | Fragment",
                "type A {a: Int} | Definition",
                "{a} schema {query: A} | Definition",
                "{a(x: [[[[[[[[[1]]]]]]]]])} | Depth",
                "{a{a{a{a{a{a{a{a{a}}}}}}}}} | Depth",
                "{a:a b:a c:a d:a e:a} | Aliases",
            })
    void whatCouldBeReadInTwoWaysOrAsksForTooMuchIsRefused(String text, Kind kind) {
        assertThat(fault(text)).isEqualTo(kind);
    }

    @Test
    void fragmentsThatMultiplyAreStoppedByTheLimitOfFields() {
        StringBuilder text = new StringBuilder("{...f0}");
        for (int i = 0; i < 40; i++) {
            text.append("fragment f")
                    .append(i)
                    .append(" on A {...f")
                    .append(i + 1)
                    .append(" ...f")
                    .append(i + 1)
                    .append("}");
        }
        assertThat(fault(text + "fragment f40 on A {a}")).isEqualTo(Kind.Size);
        String wide = "{" + "...f ".repeat(50) + "} fragment f on A {a(x: [" + "1 ".repeat(500) + "])}";
        assertThat(fault(wide)).isEqualTo(Kind.Size);
        assertThat(fault("{" + "a".repeat(2000) + "}")).isEqualTo(Kind.Size);
        assertThat(fault("{a" + " ".repeat(20_000) + "}")).isEqualTo(Kind.Size);
        assertThat(fault("{" + "a,".repeat(5000) + "}")).isEqualTo(Kind.Size);
        assertThat(fault("{a(x: " + "1".repeat(300) + ")}")).isEqualTo(Kind.Size);
        assertThat(fault("{a(x:" + "[".repeat(3000))).isEqualTo(Kind.Depth);
    }
}
