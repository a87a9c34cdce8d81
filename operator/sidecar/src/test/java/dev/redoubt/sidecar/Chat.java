package dev.redoubt.sidecar;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.http.HttpServerResponse;
import java.util.stream.Collectors;

/** A client that asks a model, and the events of its answer. */
final class Chat {
    static final String PATH = "/v1/chat/completions";
    static final String QUESTION =
            "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
    static final String LAST = "data: [DONE]\n\n";

    private Chat() {}

    static String event(String text) {
        return "data: {\"id\":\"1\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text
                + "\"},\"finish_reason\":null}]}\n\n";
    }

    /** The text that the events of a stream tell. */
    static String content(String stream) {
        ObjectMapper json = new ObjectMapper();
        return stream.lines()
                .filter(line -> line.startsWith("data: {"))
                .map(line -> {
                    try {
                        return json.readTree(line.substring(6))
                                .at("/choices/0/delta/content")
                                .asText();
                    } catch (JsonProcessingException e) {
                        throw new AssertionError(e);
                    }
                })
                .collect(Collectors.joining());
    }

    static void begin(HttpServerResponse response) {
        response.setChunked(true).putHeader("content-type", "text/event-stream");
    }

    static RawSocket ask(GuardFixture guard) throws Exception {
        return guard.raw()
                .send("POST " + PATH + " HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer " + Guards.KEY
                        + "\r\nContent-Type: application/json\r\nContent-Length: " + QUESTION.length() + "\r\n\r\n"
                        + QUESTION);
    }
}
