package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static dev.redoubt.wire.Guarded.bytes;
import static dev.redoubt.wire.Guarded.forwarded;
import static dev.redoubt.wire.Guarded.lines;
import static dev.redoubt.wire.Guarded.openAi;
import static dev.redoubt.wire.Guarded.tree;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/**
 * Compression, lines and texts that others judge do not know of each other: a message that has two or three of these comes
 * out as the one that has none of them.
 */
class TogetherProperties {
    private static final Guarded ALONE = lines().finding("EMAIL_ADDRESS");
    private static final Guarded JUDGED =
            lines().finding("EMAIL_ADDRESS", "PERSON").judged();
    private static final RouteGuard BULK = ALONE.route("POST", "/_bulk");
    private static final RouteGuard JUDGED_BULK = JUDGED.route("POST", "/_bulk");
    private static final RouteGuard CHAT = ALONE.route("POST", "/api/chat");
    private static final RouteGuard JUDGED_CHAT = JUDGED.route("POST", "/api/chat");
    private static final RouteGuard EVENTS = openAi().finding("EMAIL_ADDRESS").chat();
    private static final RouteGuard JUDGED_EVENTS =
            openAi().finding("EMAIL_ADDRESS", "PERSON").judged().chat();

    private final Judge judge = new Judge();

    /** Texts of people, as they stand in strings of JSON. */
    @Provide
    Arbitrary<List<String>> texts() {
        return Arbitraries.of(
                        " zhāng wei ",
                        " zh\\u0101ng wei ",
                        " zhāng",
                        " ann@example.com ",
                        " ann\\u0040exam",
                        "ple.com ",
                        " é",
                        "😀 ",
                        "\\n",
                        " and ")
                .list()
                .ofMaxSize(4)
                .map(parts -> String.join("", parts))
                .list()
                .ofMinSize(1)
                .ofMaxSize(6);
    }

    /** The same, and texts that hold others. */
    @Provide
    Arbitrary<List<String>> nested() {
        Arbitrary<List<String>> holding = Arbitraries.of(
                        "{\\\"by\\\": \\\"zh\\\\u0101ng wei\\\"}",
                        " [\\\"ann\\\\u0040example.com\\\", \\\"zhāng wei\\\"]")
                .list()
                .ofMinSize(1)
                .ofMaxSize(3);
        return Combinators.combine(texts(), holding)
                .as((people, documents) ->
                        Stream.concat(documents.stream(), people.stream()).toList());
    }

    private static String document(String text) {
        return "{\"a\": \"" + text + "\"}";
    }

    /** What it comes to where the recogniser for names is within the guard. */
    private static String named(String redacted) {
        return redacted.replaceAll("zh(ā|\\\\u0101|\\\\\\\\u0101)ng wei", "<PERSON>");
    }

    @Property(tries = 200)
    void aRequestComesOutAsItsLinesDoOneByOne(
            @ForAll("nested") List<String> texts, @ForAll @IntRange(min = 1, max = 200) int block) {
        StringBuilder body = new StringBuilder();
        StringBuilder expected = new StringBuilder();
        for (String text : texts) {
            body.append(document(text)).append(text.isEmpty() ? "\r\n\n" : "\n");
            Outcome alone = judge.judged(
                    JUDGED_BULK,
                    context -> JUDGED_BULK.read(bytes(document(text))).apply(context));
            expected.append(forwarded(alone)).append(text.isEmpty() ? "\r\n\n" : "\n");
        }
        byte[] plain = bytes(body.toString());
        byte[] zipped = Pieces.zipped(plain, block);
        Outcome lines =
                judge.judged(JUDGED_BULK, context -> JUDGED_BULK.read(plain).apply(context));
        Outcome all = judge.judged(JUDGED_BULK, context -> JUDGED_BULK
                .read(Map.of(), zipped, ContentCoding.Gzip)
                .apply(context));
        assertThat(forwarded(lines)).isEqualTo(expected.toString()).doesNotContain("zhāng wei");
        assertThat(forwarded(all)).isEqualTo(expected.toString());
        assertThat(all.report()).isEqualTo(lines.report());
        assertThat(forwarded(BULK.read(Map.of(), zipped, ContentCoding.Gzip).apply(CLOSED)))
                .isEqualTo(forwarded(BULK.read(plain).apply(CLOSED)));
        assertThat(values(forwarded(all)))
                .isEqualTo(named(values(forwarded(BULK.read(plain).apply(CLOSED)))));
    }

    /** Texts of all lines, without escapes. */
    private static String values(String lines) {
        StringBuilder values = new StringBuilder();
        lines.lines()
                .filter(line -> !line.isBlank())
                .forEach(line -> values.append(tree(line).get("a").textValue()).append('\n'));
        return values.toString();
    }

    private static String line(String text) {
        return "{\"message\":{\"role\":\"a\",\"content\":\"" + text + "\"},\"done\":false}\n";
    }

    private static String event(String text) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text
                + "\"},\"finish_reason\":null}]}\n\n";
    }

    private static String told(String stream, String pointer) {
        StringBuilder text = new StringBuilder();
        stream.lines()
                .map(line -> line.replaceFirst("^data: ", ""))
                .filter(line -> line.startsWith("{"))
                .forEach(line -> text.append(tree(line).at(pointer).asText()));
        return text.toString();
    }

    private void requireAlike(
            RouteGuard guard, RouteGuard judgedGuard, String stream, String pointer, int block, int piece) {
        byte[] zipped = Pieces.zipped(stream, block);
        byte[] plain = Pieces.through(guard.stream(CLOSED), bytes(stream), Integer.MAX_VALUE)
                .orElseThrow();
        assertThat(Pieces.through(guard.stream(ContentCoding.Gzip, CLOSED), zipped, piece)
                        .orElseThrow())
                .isEqualTo(plain);
        assertThat(forwarded(guard.wholeStream(zipped, ContentCoding.Gzip, CLOSED)))
                .isEqualTo(new String(plain, StandardCharsets.UTF_8));
        Outcome judged = judge.judged(
                judgedGuard, context -> judgedGuard.wholeStream(bytes(stream), ContentCoding.Identity, context));
        Outcome all =
                judge.judged(judgedGuard, context -> judgedGuard.wholeStream(zipped, ContentCoding.Gzip, context));
        assertThat(forwarded(all)).isEqualTo(forwarded(judged));
        assertThat(all.report()).isEqualTo(judged.report());
        assertThat(told(forwarded(all), pointer))
                .isEqualTo(named(told(new String(plain, StandardCharsets.UTF_8), pointer)));
    }

    @Property(tries = 200)
    void aStreamTellsTheSameInLinesAndEventsCompressedJudgedOrBoth(
            @ForAll("texts") List<String> texts,
            @ForAll @IntRange(min = 1, max = 200) int block,
            @ForAll @IntRange(min = 1, max = 60) int piece) {
        StringBuilder lines = new StringBuilder();
        StringBuilder events = new StringBuilder();
        for (String text : texts) {
            lines.append(line(text));
            events.append(event(text));
        }
        requireAlike(CHAT, JUDGED_CHAT, lines + "{\"done\":true}\n", "/message/content", block, piece);
        requireAlike(EVENTS, JUDGED_EVENTS, events + "data: [DONE]\n\n", "/choices/0/delta/content", block, piece);
    }
}
