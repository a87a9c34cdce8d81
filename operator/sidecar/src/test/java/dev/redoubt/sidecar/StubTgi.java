package dev.redoubt.sidecar;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

/**
 * A stub of Hugging Face's Text Generation Inference, whose server cannot be had here: messages as its documents show
 * them ({@code docs/openapi.json} and the guide to streaming), in which the model says again what it was asked. It is
 * told apart from the real server in this: details are given whether they are asked for or not.
 */
final class StubTgi implements Handler<HttpServerRequest> {
    private static final int PIECE = 3;

    @Override
    public void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> {
            HttpServerResponse response = request.response();
            switch (request.path()) {
                case "/health" -> response.end();
                case "/info" ->
                    json(response, 200, new JsonObject().put("model_id", "stub").encode());
                case "/", "/generate", "/generate_stream" -> generate(request.path(), new JsonObject(body), response);
                default -> response.setStatusCode(404).end();
            }
        });
    }

    private static void generate(String path, JsonObject question, HttpServerResponse response) {
        JsonObject parameters = question.getJsonObject("parameters", new JsonObject());
        String text = question.getString("inputs");
        if (parameters.getInteger("truncate", 1) == 0) {
            json(
                    response,
                    422,
                    new JsonObject()
                            .put("error", "Input validation error: `truncate` must be strictly positive for " + text)
                            .put("error_type", "validation")
                            .encode());
        } else if (path.equals("/generate_stream") || question.getBoolean("stream", false)) {
            stream(text, response);
        } else {
            JsonObject whole = new JsonObject().put("generated_text", text).put("details", details(text));
            whole.getJsonObject("details")
                    .put("max_new_tokens", parameters.getInteger("max_new_tokens"))
                    .put("best_of_sequences", new JsonArray().add(details(text).put("generated_text", text)));
            json(response, 200, path.equals("/") ? new JsonArray().add(whole).encode() : whole.encode());
        }
    }

    private static void stream(String text, HttpServerResponse response) {
        response.setChunked(true).putHeader("content-type", "text/event-stream");
        for (int from = 0; from < text.length(); from += PIECE) {
            int to = Math.min(text.length(), from + PIECE);
            boolean last = to == text.length();
            JsonObject event = new JsonObject()
                    .put("index", from / PIECE + 1)
                    .put("token", token(text.substring(from, to)))
                    .put("top_tokens", new JsonArray().add(token(text)))
                    .put("generated_text", last ? text : null)
                    .put("details", last ? details(text) : null);
            response.write("data:" + event.encode() + "\n\n");
        }
        response.end();
    }

    private static JsonObject details(String text) {
        return new JsonObject()
                .put("finish_reason", "length")
                .put("generated_tokens", text.length())
                .put("prefill", new JsonArray().add(token(text)))
                .put("tokens", new JsonArray().add(token(text)))
                .put("top_tokens", new JsonArray().add(new JsonArray().add(token(text))));
    }

    private static JsonObject token(String text) {
        return new JsonObject()
                .put("id", text.hashCode())
                .put("text", text)
                .put("logprob", -0.5)
                .put("special", false);
    }

    private static void json(HttpServerResponse response, int status, String body) {
        response.setStatusCode(status)
                .putHeader("content-type", "application/json")
                .end(body);
    }
}
