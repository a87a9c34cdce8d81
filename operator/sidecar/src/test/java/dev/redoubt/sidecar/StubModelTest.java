package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redoubt.policy.Bounds;
import dev.redoubt.policy.Mode;
import dev.redoubt.profiles.Stage;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What only a model that talks back shows: the same secret in every shape of an answer, whole and in pieces. */
class StubModelTest {
    private static final String SECRET = "ann.lee@example.com";
    private static final ObjectMapper JSON = new ObjectMapper();

    @ParameterizedTest
    @CsvSource({
        "OpenAI, /v1/chat/completions, false, false",
        "OpenAI, /v1/chat/completions, false, true",
        "OpenAI, /v1/chat/completions, true, false",
        "OpenAI, /v1/chat/completions, true, true",
        "OpenAI, /v1/completions, false, false",
        "OpenAI, /v1/completions, true, false",
        "OpenAI, /v1/responses, false, false",
        "OpenAI, /v1/responses, false, true",
        "OpenAI, /v1/responses, true, false",
        "OpenAI, /v1/responses, true, true",
        "OpenAI, /v1/messages, false, false",
        "OpenAI, /v1/messages, false, true",
        "OpenAI, /v1/messages, true, false",
        "OpenAI, /v1/messages, true, true",
        "Ollama, /api/generate, false, false",
        "Ollama, /api/generate, true, false",
        "Ollama, /api/chat, false, false",
        "Ollama, /api/chat, false, true",
        "Ollama, /api/chat, true, false",
        "Ollama, /api/chat, true, true"
    })
    void noShapeOfAnAnswerTellsWhatTheModelSays(String api, String path, boolean stream, boolean tool)
            throws Exception {
        assertThat(texts(ask(api, Mode.Observe, path, stream, tool)))
                .as("observed, all of it comes back")
                .contains(SECRET);
        List<JsonNode> answer = ask(api, Mode.Enforce, path, stream, tool);
        assertThat(texts(answer))
                .doesNotContain(SECRET)
                .doesNotContain("ann.lee")
                .doesNotContain("example.com")
                .contains("write to <EMAIL_ADDRESS> now");
        for (JsonNode event : answer) {
            for (String taken :
                    List.of("logprobs", "prompt_logprobs", "token_ids", "prompt_token_ids", "context", "bytes")) {
                assertThat(event.findValues(taken)).as(taken).allMatch(JsonNode::isNull);
            }
        }
    }

    private static List<JsonNode> ask(String api, Mode mode, String path, boolean stream, boolean tool)
            throws Exception {
        try (GuardFixture guard = new GuardFixture(
                Guards.actingAt(List.of(Stage.Completion), Guards.model(api, mode, Bounds.DEFAULT)), new StubModel())) {
            HttpResponse<String> answer = guard.post(path, Guards.KEY, question(path, stream, tool));
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
            List<JsonNode> events = new ArrayList<>();
            for (String line : answer.body().split("\n")) {
                String data = line.startsWith("data: ") ? line.substring(6) : line;
                if (data.startsWith("{")) {
                    events.add(JSON.readTree(data));
                }
            }
            return events;
        }
    }

    private static String question(String path, boolean stream, boolean tool) {
        String text = "write to " + SECRET + " now";
        String prompt =
                switch (path) {
                    case "/v1/completions", "/api/generate" -> "\"prompt\":\"" + text + "\"";
                    case "/v1/responses" -> "\"input\":\"" + text + "\"";
                    default -> "\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]";
                };
        String tools = tool ? ",\"tools\":[{\"type\":\"function\"}]" : "";
        return "{\"model\":\"m\",\"stream\":" + stream + tools + "," + prompt + "}";
    }

    /** What a client puts together: the texts at each place joined, those that are JSON read as such. */
    private static String texts(List<JsonNode> events) throws Exception {
        Map<String, StringBuilder> places = new TreeMap<>();
        for (JsonNode event : events) {
            collect(event.path("type").asText(), "", event, places);
        }
        StringBuilder all = new StringBuilder();
        for (StringBuilder text : places.values()) {
            all.append(text).append('\n');
            if (text.indexOf("{") == 0) {
                all.append(JSON.readTree(text.toString()).path("to").asText()).append('\n');
            }
        }
        return all.toString();
    }

    private static void collect(String type, String path, JsonNode node, Map<String, StringBuilder> places) {
        if (node.isTextual()) {
            places.computeIfAbsent(type + path, any -> new StringBuilder()).append(node.textValue());
        }
        node.properties().forEach(field -> collect(type, path + "." + field.getKey(), field.getValue(), places));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            collect(type, path + "[" + i + "]", node.get(i), places);
        }
    }
}
