package dev.redoubt.wire.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redoubt.policy.Action;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.RedactionRule;
import dev.redoubt.profiles.Stage;
import dev.redoubt.redact.Redactor;
import dev.redoubt.redact.TokenKey;
import dev.redoubt.wire.json.JsonDocuments;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** JSON inside a JSON string, whole and in pieces; Jackson says what it means. */
class StreamedTextProperties {
    private static final Redactor REPLACING = redactor(Action.Replace);
    private static final Redactor TOKENIZING = redactor(Action.Tokenize);
    private static final Redactor REMOVING = redactor(Action.Remove);
    private static final Pattern UNICODE = Pattern.compile("\\\\u([0-9a-fA-F]{4})");

    private static Redactor redactor(Action action) {
        RedactionRule rule = new RedactionRule(List.of("*"), List.of(Stage.Completion), action);
        return Redactor.compile(
                new Redaction(List.of(rule), null, List.of("support@example.com"), null, null),
                TokenKey.of(new byte[32]));
    }

    private static String read(Redactor redactor, String text, int... cuts) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        StreamedText streamed = StreamedText.json(redactor, Stage.Completion, Judgements.omitted());
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int from = 0;
        for (int cut : cuts) {
            out.writeBytes(streamed.append(Arrays.copyOfRange(utf8, from, cut)));
            from = cut;
        }
        out.writeBytes(streamed.append(Arrays.copyOfRange(utf8, from, utf8.length)));
        out.writeBytes(streamed.finish());
        assertThat(streamed.held()).isZero();
        return out.toString(StandardCharsets.UTF_8);
    }

    private static JsonNode tree(String text) {
        return JsonDocuments.tree(text.getBytes(StandardCharsets.UTF_8)).orElseThrow(() -> new AssertionError(text));
    }

    @Provide
    Arbitrary<JsonNode> documents() {
        return ArgumentTexts.documents();
    }

    /** Documents with a byte or two of damage, broken off, or no JSON at all. */
    @Provide
    Arbitrary<String> damaged() {
        Arbitrary<String> whole = ArgumentTexts.documents().map(node -> ArgumentTexts.spelled(node, node.hashCode()));
        Arbitrary<String> pieces = Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        "\"",
                        "'",
                        ",",
                        ":",
                        " ",
                        "\n",
                        "\\",
                        "\\u",
                        "\\u00",
                        "\\x40",
                        "\\q",
                        "\\ud83d",
                        "\\ude00",
                        "4111 ",
                        "1111 ",
                        "12",
                        "-",
                        "1e5",
                        "true",
                        "tru",
                        "é",
                        "😀",
                        "a",
                        "\\u0040",
                        "\\n",
                        ArgumentTexts.MAIL,
                        "ann",
                        "\\u0061nn@example.com",
                        "https://u:",
                        "pa\\tss@host",
                        "-----BEGIN ",
                        "PRIVATE KEY-----")
                .list()
                .ofMaxSize(14)
                .map(parts -> String.join("", parts));
        Arbitrary<String> cut = whole.flatMap(text -> Arbitraries.integers()
                .between(0, text.length())
                .map(at -> text.substring(0, text.offsetByCodePoints(0, text.codePointCount(0, at)))));
        Arbitrary<String> spliced = whole.flatMap(text -> pieces.flatMap(
                piece -> Arbitraries.integers().between(0, text.length()).map(at -> {
                    int place = text.offsetByCodePoints(0, text.codePointCount(0, at));
                    return text.substring(0, place) + piece + text.substring(place);
                })));
        return Arbitraries.oneOf(pieces, cut, spliced);
    }

    @Property(tries = 1000)
    void aDocumentMeansTheSameHoweverItsEscapesAreSpelled(
            @ForAll("documents") JsonNode document, @ForAll long one, @ForAll long other) {
        for (Redactor redactor : List.of(REPLACING, TOKENIZING, REMOVING)) {
            JsonNode first = tree(read(redactor, ArgumentTexts.spelled(document, one)));
            JsonNode second = tree(read(redactor, ArgumentTexts.spelled(document, other)));
            assertThat(first).isEqualTo(second);
        }
    }

    @Property(tries = 1000)
    void nothingThatIsFoundInAnyNameOrStringIsLeftInIt(@ForAll("documents") JsonNode document, @ForAll long seed) {
        String out = read(REPLACING, ArgumentTexts.spelled(document, seed));
        for (String text : texts(tree(out), new ArrayList<>())) {
            assertThat(REPLACING.redact(Stage.Completion, text).findings())
                    .as(text)
                    .isEmpty();
        }
        assertThat(out).doesNotContain("4111111111111111");
    }

    private static List<String> texts(JsonNode node, List<String> into) {
        if (node.isTextual()) {
            into.add(node.textValue());
        }
        node.fieldNames().forEachRemaining(into::add);
        node.forEach(child -> texts(child, into));
        return into;
    }

    @Property(tries = 300)
    void everySplitOfADocumentGivesTheOutputOfTheWhole(@ForAll("documents") JsonNode document, @ForAll long seed) {
        everySplitGivesTheOutputOfTheWhole(ArgumentTexts.spelled(document, seed), seed);
    }

    @Property(tries = 1000)
    void everySplitOfWhatIsNoDocumentGivesTheOutputOfTheWhole(@ForAll("damaged") String text, @ForAll long seed) {
        everySplitGivesTheOutputOfTheWhole(text, seed);
    }

    private static void everySplitGivesTheOutputOfTheWhole(String text, long seed) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        String whole = read(TOKENIZING, text);
        if (length <= 200) {
            for (int cut = 0; cut <= length; cut++) {
                assertThat(read(TOKENIZING, text, cut)).as("cut at " + cut).isEqualTo(whole);
            }
        }
        assertThat(read(TOKENIZING, text, IntStream.range(0, length).toArray())).isEqualTo(whole);
        int[] cuts = new Random(seed).ints(5, 0, length + 1).sorted().toArray();
        assertThat(read(TOKENIZING, text, cuts)).isEqualTo(whole);
    }

    @Property(tries = 2000)
    void noAddressIsLeftInWhatIsNoDocument(@ForAll("damaged") String text) {
        String out = read(REPLACING, text);
        assertThat(out).doesNotContain(ArgumentTexts.MAIL);
        assertThat(UNICODE.matcher(out)
                        .replaceAll(escape -> java.util.regex.Matcher.quoteReplacement(
                                Character.toString(Integer.parseInt(escape.group(1), 16)))))
                .doesNotContain(ArgumentTexts.MAIL);
    }

    @Property(tries = 1000)
    void whereNothingIsFoundTheTextStaysAsItWas(@ForAll("plain") String text) {
        assertThat(read(REPLACING, text)).isEqualTo(text);
    }

    @Provide
    Arbitrary<String> plain() {
        return Arbitraries.of(
                        "{",
                        "}",
                        "[",
                        "]",
                        "\"",
                        ",",
                        ":",
                        " ",
                        "\\",
                        "\\u0",
                        "\\u0041",
                        "\\uD83D\\uDE00",
                        "\\ud83d",
                        "\\n",
                        "\\/",
                        "é",
                        "😀",
                        "a",
                        "true",
                        "1.50",
                        "-0",
                        "1e5",
                        "\\\"",
                        "\\\\",
                        "\t")
                .list()
                .ofMaxSize(20)
                .map(parts -> String.join("", parts))
                // an address of IP version 6 is found, rightly
                .filter(text -> !text.contains("::"));
    }
}
