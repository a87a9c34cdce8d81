package dev.redoubt.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** A model behind the OpenAI API, as one client of it. */
final class ChatModel {
    private static final int ANSWER_TOKENS = 256;
    private final JsonClient http;

    ChatModel(JsonClient http) {
        this.http = http;
    }

    /** The name of the first model that is served. */
    String name(Budget time) throws AttackException, InterruptedException {
        JsonNode models = http.call("GET", "/v1/models", null, time);
        return models.path("data").path(0).path("id").asText("default");
    }

    /** The answer to one question, with a text that the model is given to answer from. */
    JsonNode answer(String model, String context, String question, Budget time)
            throws AttackException, InterruptedException {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("model", model)
                .put("max_tokens", ANSWER_TOKENS)
                .put("temperature", 0);
        body.putArray("messages")
                .add(JsonNodeFactory.instance.objectNode().put("role", "system").put("content", context))
                .add(JsonNodeFactory.instance.objectNode().put("role", "user").put("content", question));
        return http.call("POST", "/v1/chat/completions", body, time);
    }
}
