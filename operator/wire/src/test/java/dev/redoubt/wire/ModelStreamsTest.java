package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static dev.redoubt.wire.Guarded.bytes;
import static dev.redoubt.wire.Guarded.forwarded;
import static dev.redoubt.wire.Guarded.ollama;
import static dev.redoubt.wire.Guarded.openAi;
import static dev.redoubt.wire.Guarded.refused;
import static dev.redoubt.wire.Guarded.resource;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Streams whose events are of several types, repeat a text or tell it at several places. */
class ModelStreamsTest {
    private static final Pattern TYPE = Pattern.compile("\"type\":\"[a-z._]+\"");
    private static final Pattern TEXT = Pattern.compile("\"(?:delta|content|text)\":\"([^\"]*)\"");

    /** All parts of texts in their order, however they are cut. */
    private static String texts(String stream) {
        return TEXT.matcher(stream).results().map(part -> part.group(1)).collect(Collectors.joining());
    }

    private static String edited(RouteGuard guard, String... events) {
        return forwarded(guard.stream(CLOSED).whole(bytes(stream(events))));
    }

    private static String stream(String... events) {
        return Arrays.stream(events).map(each -> "data: " + each + "\n\n").collect(Collectors.joining());
    }

    private static RouteGuard responses() {
        return openAi().route("POST", "/v1/responses");
    }

    private static RouteGuard messages() {
        return openAi().route("POST", "/v1/messages");
    }

    private static String delta(String item, int content, String text) {
        return "{\"type\":\"response.output_text.delta\",\"item_id\":\"%s\",\"content_index\":%d,\"delta\":\"%s\"}"
                .formatted(item, content, text);
    }

    @ParameterizedTest
    @CsvSource({
        "OpenAI, /v1/responses, llama-server/09-responses-stream.response.sse",
        "OpenAI, /v1/messages, llama-server/11-messages-stream.response.sse",
        "OpenAI, /v1/chat/completions, llama-server/03-chat-stream.response.sse",
        "Ollama, /api/chat, ollama/chat-stream.response.ndjson",
        "Ollama, /v1/chat/completions, ollama/v1-chat-stream.response.sse"
    })
    void streamsOfRealServersKeepTheirEventsAndTexts(String api, String path, String file) {
        String stream = new String(resource(file), StandardCharsets.UTF_8);
        String edited =
                forwarded(Guarded.of(api).route("POST", path).stream(CLOSED).whole(bytes(stream)));
        assertThat(texts(edited)).isNotEmpty().isEqualTo(texts(stream));
        assertThat(TYPE.matcher(edited).results().map(MatchResult::group).distinct())
                .containsExactlyElementsOf(TYPE.matcher(stream)
                        .results()
                        .map(MatchResult::group)
                        .distinct()
                        .toList());
    }

    @Test
    void theRestOfATextComesBeforeTheEventThatRepeatsIt() {
        String done =
                "{\"type\":\"response.output_text.done\",\"item_id\":\"a\",\"content_index\":0,\"text\":\"to ann@example.com\"}";
        assertThat(edited(responses(), delta("a", 0, "to ann@exa"), delta("a", 0, "mple.com"), done))
                .isEqualTo(stream(
                        delta("a", 0, "to "),
                        delta("a", 0, ""),
                        delta("a", 0, "<EMAIL_ADDRESS>"),
                        done.replace("ann@example.com", "<EMAIL_ADDRESS>")));
    }

    @Test
    void textsOfOtherItemsAndPartsAreOtherTexts() {
        assertThat(edited(
                        responses(),
                        delta("a", 0, "ann@exa"),
                        delta("a", 1, "mple.com "),
                        delta("b", 0, "bob@"),
                        delta("b", 0, "example.com")))
                .contains("mple.com ")
                .contains("<EMAIL_ADDRESS>")
                .doesNotContain("bob@");
    }

    /** The end of an item, which has another path for its id and no part, ends all parts of it. */
    @Test
    void theEndOfAnItemEndsItsPartsAndNoOthers() {
        String done = "{\"type\":\"response.output_item.done\",\"item\":{\"id\":\"a\"}}";
        String edited = edited(
                responses(), delta("a", 0, "x ann@example"), delta("b", 0, "bob@"), done, delta("b", 0, "example.com"));
        assertThat(edited.indexOf("ann@example")).isBetween(0, edited.indexOf("output_item.done"));
        assertThat(edited).doesNotContain("bob@").contains("<EMAIL_ADDRESS>");
        assertThat(refused(responses().stream(CLOSED).whole(bytes(stream(done, delta("a", 0, "x"))))))
                .isEqualTo(RefusalReason.MalformedResponse);
    }

    @Test
    void nothingComesAfterAResponseIsComplete() {
        String completed = "{\"type\":\"response.completed\",\"response\":{\"id\":\"r\"}}";
        assertThat(refused(responses().stream(CLOSED).whole(bytes(stream(completed, delta("a", 0, "x"))))))
                .isEqualTo(RefusalReason.MalformedResponse);
        assertThat(edited(responses(), "{\"type\":\"response.in_progress\"}", delta("a", 0, "x"), completed))
                .contains("\"delta\":\"x\"");
    }

    @Test
    void moreItemsThanThereAreTextsAtOnceMayEnd() {
        StringBuilder events = new StringBuilder();
        for (int item = 0; item < 60; item++) {
            events.append(stream(
                    delta("i" + item, 0, "x"),
                    "{\"type\":\"response.output_text.done\",\"item_id\":\"i%d\",\"content_index\":0}".formatted(item),
                    "{\"type\":\"response.output_item.done\",\"item\":{\"id\":\"i%d\"}}".formatted(item)));
        }
        assertThat(texts(forwarded(responses().stream(CLOSED).whole(bytes(events.toString())))))
                .isEqualTo("x".repeat(60));
    }

    @Test
    void argumentsOfAFunctionAreReadAsJsonInPartsAndWhole() {
        List<String> parts = List.of("{\\\"to\\\":\\\"ann\\\\u0", "040example.com\\\"", "}");
        String[] events = new String[parts.size() + 1];
        for (int i = 0; i < parts.size(); i++) {
            events[i] = "{\"type\":\"response.function_call_arguments.delta\",\"item_id\":\"f\",\"delta\":\""
                    + parts.get(i) + "\"}";
        }
        events[parts.size()] = "{\"type\":\"response.function_call_arguments.done\",\"item_id\":\"f\",\"arguments\":\""
                + String.join("", parts) + "\"}";
        assertThat(edited(responses(), events))
                .doesNotContain("example.com")
                .contains("\"arguments\":\"{\\\"to\\\":\\\"<EMAIL_ADDRESS>\\\"}\"");
    }

    @Test
    void aBlockThatBeginsWithATextIsContinuedByItsDeltas() {
        String edited = edited(
                messages(),
                "{\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"ann@exa\"}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\"mple.com\"}}",
                "{\"type\":\"content_block_stop\",\"index\":0}");
        assertThat(edited).contains("<EMAIL_ADDRESS>").doesNotContain("ann@exa").doesNotContain("mple.com");
    }

    @Test
    void blocksAreToldApartByTheirIndex() {
        String edited = edited(
                messages(),
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"text\":\"ann@\"}}",
                "{\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"partial_json\":\"{\\\"to\\\":\\\"bob@\"}}",
                "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"text\":\"example.com\"}}",
                "{\"type\":\"content_block_stop\",\"index\":0}",
                "{\"type\":\"content_block_delta\",\"index\":1,\"delta\":{\"partial_json\":\"example.com\\\"}\"}}",
                "{\"type\":\"content_block_stop\",\"index\":1}",
                "{\"type\":\"message_stop\"}");
        assertThat(edited.split("<EMAIL_ADDRESS>", -1)).hasSize(3);
        assertThat(edited).doesNotContain("example.com");
    }

    /** The last event of TGI tells the whole text, which ends it: the rest comes before. */
    @Test
    void theWholeTextInTheLastEventIsRedactedAndEndsIt() {
        RouteGuard generate = Guarded.of("TGI").route("POST", "/generate_stream");
        String edited = edited(
                generate,
                "{\"token\":{\"id\":1,\"text\":\"ann@\",\"logprob\":-1},\"generated_text\":null}",
                "{\"token\":{\"id\":2,\"text\":\"example.com\",\"logprob\":-1},\"generated_text\":\"ann@example.com\"}");
        assertThat(edited)
                .isEqualTo(
                        stream(
                                "{\"token\":{\"id\":null,\"text\":\"\",\"logprob\":null},\"generated_text\":null}",
                                "{\"token\":{\"id\":null,\"text\":\"<EMAIL_ADDRESS>\",\"logprob\":null},\"generated_text\":\"<EMAIL_ADDRESS>\"}"));
    }

    @Test
    void aCallInOneLineIsRedactedWithItsNumbers() {
        String line =
                "{\"message\":{\"tool_calls\":[{\"function\":{\"name\":\"m\",\"arguments\":{\"a\":[\"ann@example.com\"],"
                        + "\"b\":4111111111111111}}}]},\"done\":false}\n";
        assertThat(forwarded(ollama().route("POST", "/api/chat").stream(CLOSED).whole(bytes(line))))
                .isEqualTo(line.replace("ann@example.com", "<EMAIL_ADDRESS>")
                        .replace("4111111111111111", "\"<CREDIT_CARD>\""));
    }

    @Test
    void aTextThatNobodyKnowsYetIsOneTextOverItsEvents() {
        assertThat(edited(
                        messages(),
                        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"new_delta\",\"news\":\"ann@\"}}",
                        "{\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"new_delta\",\"news\":\"example.com\"}}",
                        "{\"type\":\"content_block_stop\",\"index\":0}"))
                .contains("<EMAIL_ADDRESS>")
                .contains("\"type\":\"new_delta\"")
                .doesNotContain("example.com");
        String lines =
                "{\"message\":{\"role\":\"assistant\",\"news\":\"ann@\"},\"done\":false}\n{\"message\":{\"role\":\"assistant\",\"news\":\"example.com\"},\"done\":true}\n";
        assertThat(forwarded(ollama().route("POST", "/api/chat").stream(CLOSED).whole(bytes(lines))))
                .contains("<EMAIL_ADDRESS>")
                .contains("\"role\":\"assistant\"")
                .doesNotContain("example.com");
    }

    @Test
    void anAnswerOfPlainTextIsRedactedAsOneAndMustBeText() {
        RouteGuard root = ollama().route("GET", "/");
        assertThat(forwarded(root.response(bytes("Ollama is running"), CLOSED))).isEqualTo("Ollama is running");
        assertThat(refused(root.response(new byte[] {(byte) 0xFF, 'x'}, CLOSED)))
                .isEqualTo(RefusalReason.MalformedResponse);
    }
}
