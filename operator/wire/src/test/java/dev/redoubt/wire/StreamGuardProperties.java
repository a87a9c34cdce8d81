package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static dev.redoubt.wire.Guarded.bytes;
import static dev.redoubt.wire.Guarded.openAi;
import static dev.redoubt.wire.Guarded.resource;
import static dev.redoubt.wire.Guarded.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redoubt.policy.Action;
import dev.redoubt.wire.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Answers that are streams of events, cut in every way. */
class StreamGuardProperties {
    private static final RouteGuard CHAT = openAi().chat();
    private static final String MAIL = "ann.lee@example.com";

    private static String chunk(int choice, String delta, String finish) {
        return "data: {\"choices\":[{\"finish_reason\":" + finish + ",\"index\":" + choice + ",\"delta\":" + delta
                + "}],\"created\":1,\"id\":\"c-1\",\"model\":\"m\",\"object\":\"chat.completion.chunk\"}\n\n";
    }

    private static String content(int choice, String text) {
        return chunk(choice, "{\"content\":\"" + text + "\"}", "null");
    }

    private static final String DONE = "data: [DONE]\n\n";

    /** Everything that comes out, however the stream is cut. */
    private static String guarded(StreamGuard guard, byte[] stream, int... cuts) {
        StringBuilder out = new StringBuilder();
        int from = 0;
        for (int cut : cuts) {
            out.append(Guarded.forwarded(guard.append(Arrays.copyOfRange(stream, from, cut))));
            from = cut;
        }
        out.append(Guarded.forwarded(guard.append(Arrays.copyOfRange(stream, from, stream.length))));
        return out.append(Guarded.forwarded(guard.finish())).toString();
    }

    private static StreamGuard guard() {
        return CHAT.stream(CLOSED);
    }

    private static String guarded(String stream, int... cuts) {
        return guarded(guard(), bytes(stream), cuts);
    }

    /** Texts of a stream put together, by choice and member. */
    private static Map<String, String> texts(String stream) {
        Map<String, String> texts = new TreeMap<>();
        for (JsonNode event : events(stream)) {
            for (JsonNode choice : event.get("choices")) {
                String index = choice.get("index").asText();
                JsonNode delta = choice.has("delta") ? choice.get("delta") : choice;
                for (String member : List.of("content", "reasoning_content", "reasoning", "text")) {
                    if (delta.hasNonNull(member)) {
                        texts.merge(index + " " + member, delta.get(member).textValue(), String::concat);
                    }
                }
                for (JsonNode call : delta.path("tool_calls")) {
                    texts.merge(
                            index + " tool " + call.get("index"),
                            call.at("/function/arguments").asText(),
                            String::concat);
                }
            }
        }
        return texts;
    }

    private static List<JsonNode> events(String stream) {
        List<JsonNode> events = new ArrayList<>();
        for (String event : stream.split("\n\n")) {
            if (event.startsWith("data: {")) {
                events.add(tree(event.substring("data: ".length())));
            }
        }
        return events;
    }

    @Test
    void aPersonWhoseAddressIsCutOverManyEventsIsRedacted() {
        StringBuilder stream = new StringBuilder(chunk(0, "{\"role\":\"assistant\",\"content\":null}", "null"));
        stream.append(content(0, "Write to "));
        for (char c : MAIL.toCharArray()) {
            stream.append(content(0, String.valueOf(c)));
        }
        stream.append(content(0, " today")).append(chunk(0, "{}", "\"stop\"")).append(DONE);
        String out = guarded(stream.toString());
        assertThat(texts(out)).containsExactly(Map.entry("0 content", "Write to <EMAIL_ADDRESS> today"));
        assertThat(out).endsWith(DONE);
    }

    @Test
    void whatIsHeldBackComesOutBeforeTheEndIsTold() {
        String out = guarded(content(0, "call ann") + chunk(0, "{}", "\"stop\"") + DONE);
        List<JsonNode> events = events(out);
        assertThat(texts(out)).containsEntry("0 content", "call ann");
        assertThat(events.get(events.size() - 1).at("/choices/0/finish_reason").textValue())
                .isEqualTo("stop");
        assertThat(events.get(events.size() - 1).at("/choices/0/delta/content").isMissingNode())
                .isTrue();
    }

    @Test
    void theLastTextMayComeTogetherWithTheEnd() {
        String out = guarded(content(0, "to ann@example") + chunk(0, "{\"content\":\".com\"}", "\"stop\"") + DONE);
        assertThat(texts(out)).containsEntry("0 content", "to <EMAIL_ADDRESS>");
        assertThat(events(out)).hasSize(2);
    }

    @Test
    void aStreamThatEndsWithoutAWordLosesNothing() {
        assertThat(texts(guarded(content(0, "to ann@example.com")))).containsEntry("0 content", "to <EMAIL_ADDRESS>");
        assertThat(texts(guarded(content(0, "to ann@example.com") + DONE)))
                .containsEntry("0 content", "to <EMAIL_ADDRESS>");
    }

    @Test
    void textsOfSeveralChoicesAndToolsAreNotMixed() {
        String arguments =
                "{\"tool_calls\":[{\"index\":%d,\"id\":\"t\",\"type\":\"function\",\"function\":{\"name\":\"f\",\"arguments\":\"%s\"}}]}";
        String stream = content(0, "ann@exa")
                + content(1, "bob@exa")
                + chunk(0, arguments.formatted(0, "{\\\"to\\\":\\\"x@exam"), "null")
                + chunk(0, arguments.formatted(1, "[411111111"), "null")
                + content(0, "mple.com")
                + chunk(0, "{\"reasoning\":\"carol@ex\"}", "null")
                + chunk(0, arguments.formatted(0, "ple.org\\\"}"), "null")
                + chunk(0, arguments.formatted(1, "1111111]"), "null")
                + chunk(0, "{\"reasoning\":\"ample.net\"}", "null")
                + content(1, "mple.org")
                + chunk(0, "{}", "\"stop\"")
                + content(1, "!")
                + chunk(1, "{}", "\"stop\"")
                + DONE;
        assertThat(texts(guarded(stream)))
                .containsEntry("0 content", "<EMAIL_ADDRESS>")
                .containsEntry("1 content", "<EMAIL_ADDRESS>!")
                .containsEntry("0 tool 0", "{\"to\":\"<EMAIL_ADDRESS>\"}")
                .containsEntry("0 tool 1", "[\"<CREDIT_CARD>\"]")
                .containsEntry("0 reasoning", "<EMAIL_ADDRESS>");
    }

    @Test
    void capturedStreamsComeOutAlikeHoweverTheyAreCut() {
        for (String file : List.of("03-chat-stream", "04-chat-stream-logprobs")) {
            byte[] stream = resource("llama-server/" + file + ".response.sse");
            String whole = guarded(guard(), stream);
            assertThat(texts(whole)).isEqualTo(texts(new String(stream, StandardCharsets.UTF_8)));
            assertThat(whole).doesNotContain("top_logprobs");
            for (int cut = 1; cut < stream.length; cut++) {
                assertThat(guarded(guard(), stream, cut))
                        .as(file + " cut at " + cut)
                        .isEqualTo(whole);
            }
        }
        byte[] completions = resource("llama-server/06-completions-stream.response.sse");
        RouteGuard route = openAi().completions();
        assertThat(texts(guarded(route.stream(CLOSED), completions, 100, 101, 500)))
                .isEqualTo(texts(new String(completions, StandardCharsets.UTF_8)));
    }

    @Test
    void aSecretIsFoundHoweverTheStreamIsCut() {
        byte[] stream = bytes("\uFEFF: ping\r\n\r\n"
                + content(0, "\\u00e9 an").replace("\n", "\r\n")
                + content(0, "n\\u0040exam")
                + content(0, "ple.com é😀 ")
                + content(0, "4111-1111-1111-1111.")
                + chunk(0, "{}", "\"stop\"")
                + DONE);
        String whole = guarded(guard(), stream);
        assertThat(texts(whole)).containsEntry("0 content", "é <EMAIL_ADDRESS> é😀 <CREDIT_CARD>.");
        for (int cut = 1; cut < stream.length; cut++) {
            assertThat(guarded(guard(), stream, cut)).as("cut at " + cut).isEqualTo(whole);
        }
    }

    private static String call(String arguments) {
        return chunk(
                0, "{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":" + quoted(arguments) + "}}]}", "null");
    }

    private static String quoted(String text) {
        return new String(JsonText.encode(bytes(text)), StandardCharsets.UTF_8);
    }

    @Test
    void escapesInTheArgumentsOfAToolHideNothingWhereverTheyAreCut() {
        String arguments = "{\"to\":\"a\\u006en\\u0040example.com\",\"n\":4111111111111111,\"ok\":\"\\u00e9\"}";
        String expected = "{\"to\":\"<EMAIL_ADDRESS>\",\"n\":\"<CREDIT_CARD>\",\"ok\":\"\\u00e9\"}";
        String whole = "{\"choices\":[{\"message\":{\"tool_calls\":[{\"function\":{\"arguments\":" + quoted(arguments)
                + "}}]}}]}";
        assertThat(tree(CHAT.response(bytes(whole), CLOSED))
                        .at("/choices/0/message/tool_calls/0/function/arguments")
                        .textValue())
                .isEqualTo(expected);
        for (int cut = 0; cut <= arguments.length(); cut++) {
            String stream = call(arguments.substring(0, cut)) + call(arguments.substring(cut)) + DONE;
            assertThat(texts(guarded(stream))).as("cut at " + cut).containsEntry("0 tool 0", expected);
        }
        StringBuilder letters = new StringBuilder();
        arguments.chars().forEach(c -> letters.append(call(Character.toString(c))));
        assertThat(texts(guarded(letters + DONE))).containsEntry("0 tool 0", expected);
    }

    @Test
    void argumentsInWhichNothingIsFoundPassByteForByte() {
        String stream = call("{\"a\":\"\\u0041\\/\\u00e9 ") + call("b\",\"n\": -1.50e1 }") + DONE;
        String asked = "{\"messages\":[{\"role\":\"assistant\",\"tool_calls\":[{\"function\":{\"arguments\":"
                + "\"{\\\"a\\\":\\\"\\\\u0041\\\"}\"}}]}],\"max_tokens\":1}";
        assertThat(guarded(stream)).isEqualTo(stream);
        assertThat(Guarded.forwarded(Guarded.request(CHAT, asked))).isEqualTo(asked);
    }

    @Test
    void aBlockedKeyEndsTheStreamBeforeItHasEndedItself() {
        StreamGuard guard = openAi().finding("PRIVATE_KEY").doing(Action.Block).chat().stream(CLOSED);
        Outcome outcome = guard.append(bytes(content(0, "-----BEGIN PRIVATE KEY-----\\nMIIE")));
        assertThat(((Outcome.Refused) outcome).refusal())
                .isEqualTo(new Refusal(RefusalReason.EntityBlocked, "PRIVATE_KEY"));
    }

    @Property(tries = 400)
    void everyTextComesOutAsIfItHadNotBeenStreamed(
            @ForAll("pieces") List<String> pieces, @ForAll @IntRange(min = 1, max = 200) int size) {
        StringBuilder stream = new StringBuilder();
        for (String piece : pieces) {
            stream.append(content(0, piece));
        }
        byte[] bytes = bytes(stream.append(DONE).toString());
        int[] cuts = new int[(bytes.length - 1) / size];
        for (int i = 0; i < cuts.length; i++) {
            cuts[i] = (i + 1) * size;
        }
        JsonNode whole = tree(CHAT.response(
                bytes("{\"choices\":[{\"message\":{\"content\":\"" + String.join("", pieces) + "\"}}]}"), CLOSED));
        assertThat(texts(guarded(guard(), bytes, cuts)).getOrDefault("0 content", ""))
                .isEqualTo(whole.at("/choices/0/message/content").textValue());
    }

    @Provide
    Arbitrary<List<String>> pieces() {
        return Arbitraries.of(
                        "ann", "@", "example", ".com", " ", "4111", "1111", "-", "536-22-", "1234", "\\u0040", "é",
                        "\\n", "x")
                .list()
                .ofMaxSize(12);
    }

    @Test
    void whatCannotBeReadEndsTheStreamAndNothingOfItPasses() {
        for (String bad : List.of(
                "data: {\"choices\":[\n\n",
                "data: nonsense " + MAIL + "\n\n",
                "data: {\"a\":1,\"a\":2}\n\n",
                "event: " + MAIL + "\ndata: {}\n\n",
                "data:\n\n",
                DONE + content(0, MAIL))) {
            Outcome outcome = guard().append(bytes(bad));
            assertThat(Guarded.refused(outcome)).as(bad).isEqualTo(RefusalReason.MalformedResponse);
            assertThat(outcome.toString()).doesNotContain("ann");
        }
        StreamGuard guard = guard();
        guard.append(bytes("data: nonsense\n\n"));
        assertThat(guard.append(bytes(content(0, "x")))).isInstanceOf(Outcome.Refused.class);
        assertThat(guard.finish()).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void textAfterItsEndIsRefusedBecauseAMatchCouldBeSplitThere() {
        StreamGuard guard = guard();
        guard.append(bytes(content(0, "ann@exam") + chunk(0, "{}", "\"stop\"")));
        assertThat(Guarded.refused(guard.append(bytes(content(0, "ple.com")))))
                .isEqualTo(RefusalReason.MalformedResponse);
    }

    @Test
    void aBlockedTextEndsTheStream() {
        StreamGuard guard = openAi().doing(Action.Block).chat().stream(CLOSED);
        assertThat(Guarded.forwarded(guard.append(bytes(content(0, "to ann@exa")))))
                .doesNotContain("ann");
        Outcome outcome = guard.append(bytes(content(0, "mple.com now")));
        assertThat(((Outcome.Refused) outcome).refusal())
                .isEqualTo(new Refusal(RefusalReason.EntityBlocked, "EMAIL_ADDRESS"));
    }

    @Test
    void anObservedStreamIsReportedAndUnchanged() {
        String stream = content(0, "to " + MAIL) + "data: nonsense\n\n" + DONE;
        StreamGuard guard = openAi().observing().chat().stream(CLOSED);
        Outcome first = guard.append(bytes(content(0, "to " + MAIL)));
        Outcome second = guard.append(bytes("data: nonsense\n\n" + DONE));
        assertThat(Guarded.forwarded(first) + Guarded.forwarded(second)).isEqualTo(stream);
        assertThat(second.report().observed().reason()).isEqualTo(RefusalReason.MalformedResponse);
    }

    @Test
    void theReportTellsWhatWasFound() {
        StreamGuard guard = guard();
        guard.append(bytes(content(0, "to " + MAIL) + chunk(0, "{}", "\"stop\"") + DONE));
        StreamGuard other = guard();
        Report report = other.append(bytes(content(0, MAIL) + DONE)).report();
        assertThat(report.redacted()).singleElement().satisfies(found -> {
            assertThat(found.entity()).isEqualTo("EMAIL_ADDRESS");
            assertThat(found.count()).isEqualTo(1);
        });
        assertThat(guard.held()).isZero();
    }
}
