package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static dev.redoubt.wire.Guarded.bytes;
import static dev.redoubt.wire.Guarded.forwarded;
import static dev.redoubt.wire.Guarded.lines;
import static dev.redoubt.wire.Guarded.refused;
import static dev.redoubt.wire.Guarded.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redoubt.wire.frame.FrameParser;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Answers that are streams of lines, cut in every way. */
class LineStreamProperties {
    private static final String LAST =
            "{\"done\":true,\"message\":{\"role\":\"a\",\"content\":\"\"},\"context\":[1]}\n";

    private static String content(String text) {
        return "{\"model\":\"m\",\"message\":{\"role\":\"a\",\"content\":\"" + text + "\"},\"done\":false}\n";
    }

    private static StreamGuard guard() {
        return lines().route("POST", "/api/chat").stream(CLOSED);
    }

    private static String guarded(String stream, int... cuts) {
        byte[] all = bytes(stream);
        StreamGuard guard = guard();
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int cut : cuts) {
            out.append(forwarded(guard.append(Arrays.copyOfRange(all, from, cut))));
            from = cut;
        }
        out.append(forwarded(guard.append(Arrays.copyOfRange(all, from, all.length))));
        return out.append(forwarded(guard.finish())).toString();
    }

    private static List<JsonNode> documents(String stream) {
        return stream.lines().filter(line -> !line.isBlank()).map(Guarded::tree).toList();
    }

    private static String text(String stream) {
        StringBuilder text = new StringBuilder();
        documents(stream)
                .forEach(line -> text.append(line.at("/message/content").asText()));
        return text.toString();
    }

    @Test
    void aTextThatIsCutOverManyLinesIsRedactedHoweverTheStreamIsCut() {
        String stream = content("é write to ann") + "\r\n" + content("\\u0040exam") + content("ple.com, 4111-1111")
                + content("-1111-1111 😀") + LAST;
        String whole = guarded(stream);
        assertThat(text(whole)).isEqualTo("é write to <EMAIL_ADDRESS>, <CREDIT_CARD> 😀");
        assertThat(documents(whole).get(documents(whole).size() - 1)).isEqualTo(tree(LAST.replace("[1]", "null")));
        for (int cut = 1; cut < bytes(stream).length; cut++) {
            assertThat(guarded(stream, cut)).as("cut at " + cut).isEqualTo(whole);
        }
    }

    @Test
    void whatIsHeldBackComesOutWithTheEndOrBeforeIt() {
        assertThat(guarded(content("call ann") + LAST))
                .isEqualTo(content("call ")
                        + LAST.replace("\"content\":\"\"", "\"content\":\"ann\"")
                                .replace("[1]", "null"));
        String bare = "{\"done\":true}\n";
        assertThat(guarded(content("call ann") + bare)).isEqualTo(content("call ") + content("ann") + bare);
    }

    @Test
    void aStreamThatEndsWithoutAWordOrALineFeedLosesNothing() {
        String cut = content("to ann@example.com").stripTrailing();
        assertThat(guarded(cut)).isEqualTo(content("to ") + content("<EMAIL_ADDRESS>"));
    }

    @Test
    void onlyWhatMayBeginAMatchIsHeldBack() {
        StreamGuard guard = guard();
        assertThat(forwarded(guard.append(bytes(content("good morning, "))))).isEqualTo(content("good morning, "));
        assertThat(guard.held()).isZero();
        assertThat(forwarded(guard.append(bytes(content("x@exam"))))).isEqualTo(content(""));
        assertThat(guard.held()).isEqualTo(6);
    }

    @Test
    void textAfterItsEndAndALineBeyondTheBoundAreRefused() {
        assertThat(refused(guard().append(bytes(LAST + content("x"))))).isEqualTo(RefusalReason.MalformedResponse);
        assertThat(refused(guard().append(bytes("data: {}\n")))).isEqualTo(RefusalReason.MalformedResponse);
        assertThat(refused(guard().append(bytes("[DONE]\n")))).isEqualTo(RefusalReason.MalformedResponse);
        StreamGuard guard = guard();
        byte[] piece = bytes(" ".repeat(1000));
        for (int taken = 0; taken + piece.length <= FrameParser.LARGEST; taken += piece.length) {
            assertThat(forwarded(guard.append(piece))).isEmpty();
        }
        assertThat(refused(guard.append(piece))).isEqualTo(RefusalReason.MalformedResponse);
    }

    @Property(tries = 1500)
    void randomCutsOfRandomStreamsGiveTheOutputOfTheWhole(@ForAll("streams") String stream, @ForAll long seed) {
        String whole = guarded(stream);
        int[] cuts =
                new Random(seed).ints(5, 0, bytes(stream).length + 1).sorted().toArray();
        assertThat(guarded(stream, cuts)).isEqualTo(whole);
        assertThat(text(whole)).doesNotContain("example.com").doesNotContain("4111");
    }

    @Provide
    Arbitrary<String> streams() {
        Arbitrary<String> part = Arbitraries.of(
                "ann@example.com",
                " ann\\u0040exam",
                "ple.com ",
                " 4111 1111 1111 1111 ",
                "é",
                "😀",
                "\\n",
                " and ",
                "4");
        Arbitrary<String> line = part.list().ofMinSize(1).ofMaxSize(3).map(parts -> content(String.join("", parts)));
        Arbitrary<String> mixed = Arbitraries.frequencyOf(
                net.jqwik.api.Tuple.of(8, line), net.jqwik.api.Tuple.of(1, Arbitraries.of("\n", " \r\n")));
        return Combinators.combine(mixed.list().ofMinSize(1).ofMaxSize(6), Arbitraries.of(LAST, "", LAST.strip()))
                .as((lines, end) -> content(" ") + String.join("", lines) + end)
                // a text that stops in the middle of an address shows its domain, rightly
                .filter(stream ->
                        !text(stream).contains("ple.com") || !text(stream).matches("(?s).*(?<!ann@exam)ple\\\\.com.*"));
    }
}
