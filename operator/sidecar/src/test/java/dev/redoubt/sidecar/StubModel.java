package dev.redoubt.sidecar;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * A stub of a model that says again what it was asked, in every shape that the documents of OpenAI, vLLM, Anthropic and
 * Ollama give an answer: text, deltas of three characters, arguments of a tool, log-probabilities and token ids, and
 * events that repeat the whole. It calls a tool where it is given one.
 */
final class StubModel implements Handler<HttpServerRequest> {
    private static final int PIECE = 3;

    @Override
    public void handle(HttpServerRequest request) {
        request.body().onSuccess(body -> answer(request.path(), new JsonObject(body), request.response()));
    }

    private static void answer(String path, JsonObject question, HttpServerResponse response) {
        boolean tool = !question.getJsonArray("tools", new JsonArray()).isEmpty();
        boolean lines = path.startsWith("/api/");
        if (!question.getBoolean("stream", lines)) {
            response.putHeader("content-type", "application/json")
                    .end(whole(path, prompt(question), tool).encode());
            return;
        }
        response.setChunked(true)
                .putHeader("content-type", lines ? "application/x-ndjson" : "text/event-stream; charset=utf-8");
        for (JsonObject event : events(path, prompt(question), tool)) {
            String name = event.containsKey("type") ? "event: " + event.getString("type") + "\n" : "";
            response.write(lines ? event.encode() + "\n" : name + "data: " + event.encode() + "\n\n");
        }
        response.end(lines || path.equals("/v1/messages") ? "" : "data: [DONE]\n\n");
    }

    private static String prompt(JsonObject question) {
        JsonArray messages = question.getJsonArray("messages");
        return messages == null
                ? question.getString("prompt", question.getString("input"))
                : messages.getJsonObject(messages.size() - 1).getString("content");
    }

    private static String arguments(String text) {
        return object("to", text.replace("@", "\\u0040"))
                .encode()
                // an escape in the arguments, as a model may write it
                .replace("\\\\u0040", "\\u0040");
    }

    private static JsonObject whole(String path, String text, boolean tool) {
        return switch (path) {
            case "/v1/chat/completions" ->
                object(
                        "id", "chatcmpl-1",
                        "choices",
                                array(object("index", 0, "finish_reason", "stop")
                                        .put(
                                                "message",
                                                tool
                                                        ? object("role", "assistant")
                                                                .put(
                                                                        "tool_calls",
                                                                        array(
                                                                                call(0).put(
                                                                                                "function",
                                                                                                function()
                                                                                                        .put(
                                                                                                                "arguments",
                                                                                                                arguments(
                                                                                                                        text)))))
                                                        : object("role", "assistant", "content", text))
                                        .put("logprobs", logprobs(text))
                                        .put("token_ids", bytes(text))
                                        .put("prompt_logprobs", logprobs(text))),
                        "prompt_token_ids", bytes(text),
                        "kv_transfer_params", object("prompt", text),
                        "__verbose", object("prompt", text));
            case "/v1/completions" ->
                object(
                        "choices",
                        array(
                                object(
                                        "index",
                                        0,
                                        "text",
                                        text,
                                        "logprobs",
                                        logprobs(text),
                                        "prompt_token_ids",
                                        bytes(text)),
                                object("index", 1, "text", text + text, "logprobs", null)),
                        "prompt_text",
                        text);
            case "/v1/responses" -> object("id", "resp_1", "object", "response", "output", array(item(text, tool)));
            case "/v1/messages" -> object("type", "message", "content", array(block(text, tool)));
            case "/api/generate" ->
                object(
                        "model",
                        "m",
                        "response",
                        text,
                        "thinking",
                        text,
                        "done",
                        true,
                        "context",
                        bytes(text),
                        "logprobs",
                        array(object("token", text, "bytes", bytes(text))),
                        "_debug_info",
                        object("rendered_template", text));
            case "/api/chat" -> object("model", "m", "message", message(text, tool), "done", true);
            default -> throw new IllegalArgumentException(path);
        };
    }

    private static List<JsonObject> events(String path, String text, boolean tool) {
        List<JsonObject> events = new ArrayList<>();
        switch (path) {
            case "/v1/chat/completions" -> {
                if (tool) {
                    events.add(chunk(object("tool_calls", array(call(0).put("function", function()))), null));
                }
                for (String piece : pieces(tool ? arguments(text) : text)) {
                    events.add(chunk(
                            tool
                                    ? object(
                                            "tool_calls",
                                            array(object("index", 0, "function", object("arguments", piece))))
                                    : object("content", piece, "reasoning_content", piece),
                            logprobs(piece)));
                }
                JsonObject last = chunk(object(), null);
                last.getJsonArray("choices").getJsonObject(0).put("finish_reason", "stop");
                events.add(last);
            }
            case "/v1/completions" -> {
                for (String piece : pieces(text)) {
                    events.add(object(
                            "choices",
                            array(
                                    object(
                                            "index",
                                            0,
                                            "text",
                                            piece,
                                            "logprobs",
                                            logprobs(piece),
                                            "token_ids",
                                            bytes(piece)),
                                    object("index", 1, "text", piece))));
                }
            }
            case "/v1/responses" -> responses(events, text, tool);
            case "/v1/messages" -> {
                events.add(object("type", "message_start", "message", object("id", "msg_1", "content", array())));
                events.add(object("type", "content_block_start", "index", 0)
                        .put("content_block", tool ? block("", true).put("input", object()) : block("", false)));
                for (String piece : pieces(tool ? arguments(text) : text)) {
                    events.add(object("type", "content_block_delta", "index", 0)
                            .put(
                                    "delta",
                                    tool
                                            ? object("type", "input_json_delta", "partial_json", piece)
                                            : object("type", "text_delta", "text", piece)));
                }
                events.add(object("type", "content_block_stop", "index", 0));
                events.add(object("type", "message_delta", "delta", object("stop_reason", "end_turn")));
                events.add(object("type", "message_stop"));
            }
            case "/api/generate" -> {
                for (String piece : pieces(text)) {
                    events.add(object("response", piece, "done", false, "logprobs", array(object("token", piece))));
                }
                events.add(object("response", "", "done", true, "context", bytes(text)));
            }
            case "/api/chat" -> {
                for (String piece : tool ? List.of(text) : pieces(text)) {
                    events.add(object("message", message(piece, tool), "done", false));
                }
                events.add(object("message", message("", false), "done", true, "done_reason", "stop"));
            }
            default -> throw new IllegalArgumentException(path);
        }
        return events;
    }

    /** As OpenAI's API and vLLM tell it, with the places that llama.cpp leaves out. */
    private static void responses(List<JsonObject> events, String text, boolean tool) {
        String kind = tool ? "response.function_call_arguments" : "response.output_text";
        events.add(object("type", "response.created", "response", object("id", "resp_1", "output", array())));
        events.add(object("type", "response.output_item.added", "output_index", 0, "item", item("", tool)));
        for (String piece : pieces(tool ? arguments(text) : text)) {
            events.add(place(kind + ".delta", tool).put("delta", piece).put("logprobs", array(logprob(piece))));
        }
        events.add(place(kind + ".done", tool).put(tool ? "arguments" : "text", tool ? arguments(text) : text));
        if (!tool) {
            events.add(place("response.content_part.done", false).put("part", part(text)));
        }
        events.add(object("type", "response.output_item.done", "output_index", 0, "item", item(text, tool)));
        events.add(object("type", "response.completed")
                .put("response", object("id", "resp_1", "output", array(item(text, tool)))));
    }

    private static JsonObject place(String type, boolean tool) {
        JsonObject place = object("type", type, "output_index", 0, "item_id", "item_1", "sequence_number", 7);
        return tool ? place : place.put("content_index", 0);
    }

    private static JsonObject item(String text, boolean tool) {
        return tool
                ? object("id", "item_1", "type", "function_call", "name", "mail", "call_id", "call_1")
                        .put("arguments", text.isEmpty() ? "" : arguments(text))
                : object("id", "item_1", "type", "message", "role", "assistant")
                        .put("content", text.isEmpty() ? array() : array(part(text)));
    }

    private static JsonObject part(String text) {
        return object("type", "output_text", "text", text, "annotations", array(), "logprobs", array(logprob(text)));
    }

    private static JsonObject block(String text, boolean tool) {
        return tool
                ? object("type", "tool_use", "id", "toolu_1", "name", "mail", "input", object("to", text))
                : object("type", "text", "text", text);
    }

    private static JsonObject message(String text, boolean tool) {
        JsonObject message = object("role", "assistant", "content", tool ? "" : text);
        return tool
                ? message.put(
                        "tool_calls",
                        array(object("function", object("name", "mail", "arguments", object("to", text)))))
                : message;
    }

    private static JsonObject chunk(JsonObject delta, JsonObject logprobs) {
        return object("id", "chatcmpl-1", "object", "chat.completion.chunk")
                .put("choices", array(object("index", 0, "finish_reason", null, "delta", delta, "logprobs", logprobs)));
    }

    private static JsonObject call(int index) {
        return object("index", index, "id", "call_1", "type", "function");
    }

    private static JsonObject function() {
        return object("name", "mail", "arguments", "");
    }

    private static JsonObject logprobs(String text) {
        return object("content", array(logprob(text)));
    }

    private static JsonObject logprob(String text) {
        return object("token", text, "logprob", -0.1, "bytes", bytes(text), "top_logprobs", array());
    }

    private static JsonArray bytes(String text) {
        JsonArray bytes = new JsonArray();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            bytes.add(each & 0xFF);
        }
        return bytes;
    }

    private static List<String> pieces(String text) {
        List<String> pieces = new ArrayList<>();
        for (int from = 0; from < text.length(); from += PIECE) {
            pieces.add(text.substring(from, Math.min(text.length(), from + PIECE)));
        }
        return pieces;
    }

    private static JsonArray array(Object... items) {
        JsonArray array = new JsonArray();
        for (Object item : items) {
            array.add(item);
        }
        return array;
    }

    private static JsonObject object(Object... membersAndValues) {
        JsonObject object = new JsonObject();
        for (int i = 0; i < membersAndValues.length; i += 2) {
            object.put((String) membersAndValues[i], membersAndValues[i + 1]);
        }
        return object;
    }
}
