package dev.redoubt.wire.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redoubt.policy.Action;
import dev.redoubt.policy.Entity;
import dev.redoubt.policy.ExternalRecognizer;
import dev.redoubt.policy.ExternalRecognizer.OnError;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.RedactionRule;
import dev.redoubt.profiles.Stage;
import dev.redoubt.redact.Redactor;
import dev.redoubt.redact.Span;
import dev.redoubt.redact.TokenKey;
import dev.redoubt.wire.json.JsonDocuments;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** JSON inside a JSON string that somebody else judges too: who takes some words of the documents for names. */
class JudgedTextProperties {
    private static final Pattern WORDS = Pattern.compile("nina|pod \"x|é|bob|break|reak");
    private static final Redactor REPLACING = redactor(Action.Replace);
    private static final Redactor REMOVING = redactor(Action.Remove);

    private static Redactor redactor(Action action) {
        RedactionRule rule = new RedactionRule(List.of("*"), List.of(Stage.Completion), action);
        ExternalRecognizer recognizer =
                new ExternalRecognizer("names", "analyzer", 3000, List.of("PERSON"), OnError.Block, 1000);
        return Redactor.compile(
                new Redaction(List.of(rule), null, null, null, null, List.of(recognizer)), TokenKey.of(new byte[32]));
    }

    /** Reads the text until nothing is left to judge. */
    private static String read(Redactor redactor, String text, int... cuts) {
        Judgements judgements = Judgements.of(redactor);
        for (int round = 0; round < Judgements.MOST_ROUNDS; round++) {
            String out = once(redactor, Judgements.at(Stage.Completion, redactor, judgements), text, cuts);
            if (judgements.pending().isEmpty()) {
                return out;
            }
            judgements.pending().forEach(each -> judgements.settle(each, spans(each)));
        }
        throw new AssertionError("it never ends");
    }

    private static String once(Redactor redactor, Judgements judgements, String text, int... cuts) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        StreamedText streamed = StreamedText.json(redactor, Stage.Completion, judgements);
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

    private static List<Span> spans(byte[] text) {
        String string = new String(text, StandardCharsets.UTF_8);
        return WORDS.matcher(string)
                .results()
                .map(found -> {
                    int from = string.substring(0, found.start()).getBytes(StandardCharsets.UTF_8).length;
                    int length = found.group().getBytes(StandardCharsets.UTF_8).length;
                    return new Span(Entity.PERSON, from, from + length, 0.85);
                })
                .toList();
    }

    private static JsonNode tree(String text) {
        return JsonDocuments.tree(text.getBytes(StandardCharsets.UTF_8)).orElseThrow(() -> new AssertionError(text));
    }

    private static List<String> texts(JsonNode node, List<String> into) {
        if (node.isTextual()) {
            into.add(node.textValue());
        }
        node.fieldNames().forEachRemaining(into::add);
        node.forEach(child -> texts(child, into));
        return into;
    }

    @Provide
    Arbitrary<JsonNode> documents() {
        return ArgumentTexts.documents();
    }

    @Provide
    Arbitrary<String> damaged() {
        return new StreamedTextProperties().damaged();
    }

    @Property(tries = 500)
    void whatOthersFindIsInNoNameOrStringAndTheDocumentStaysOne(
            @ForAll("documents") JsonNode document, @ForAll long seed) {
        String out = read(REPLACING, ArgumentTexts.spelled(document, seed));
        assertThat(texts(tree(out), new ArrayList<>()))
                .noneMatch(text -> WORDS.matcher(text).find());
    }

    @Property(tries = 500)
    void theOutputDoesNotDependOnTheCuts(@ForAll("documents") JsonNode document, @ForAll long seed) {
        theOutputOfPiecesIsThatOfTheWhole(ArgumentTexts.spelled(document, seed), seed);
    }

    @Property(tries = 500)
    void theOutputOfADamagedDocumentDoesNotDependOnTheCutsEither(@ForAll("damaged") String text, @ForAll long seed) {
        theOutputOfPiecesIsThatOfTheWhole(text, seed);
    }

    private static void theOutputOfPiecesIsThatOfTheWhole(String text, long seed) {
        int length = text.getBytes(StandardCharsets.UTF_8).length;
        int[] cuts = new Random(seed).ints(5, 0, length + 1).sorted().toArray();
        for (Redactor redactor : List.of(REPLACING, REMOVING)) {
            assertThat(read(redactor, text, cuts)).isEqualTo(read(redactor, text));
        }
    }
}
