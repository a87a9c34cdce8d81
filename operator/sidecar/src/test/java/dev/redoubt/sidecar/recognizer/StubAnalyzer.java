package dev.redoubt.sidecar.recognizer;

import dev.redoubt.policy.ExternalRecognizer;
import dev.redoubt.policy.ExternalRecognizer.OnError;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Stands in for Presidio's analyzer: takes every {@value #NAME} for a person, or does what a test tells it to. */
public final class StubAnalyzer {
    public static final String NAME = "zhāng wei";

    /** Texts that it was asked about. */
    public final List<String> asked = new CopyOnWriteArrayList<>();

    private final HttpServer server;
    private volatile Handler<HttpServerRequest> behaviour = this::judge;

    public StubAnalyzer(Vertx vertx) {
        server = vertx.createHttpServer(
                        new HttpServerOptions().setHost("127.0.0.1").setPort(0))
                .requestHandler(request -> behaviour.handle(request))
                .listen()
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    public int port() {
        return server.actualPort();
    }

    public ExternalRecognizer recognizer(OnError onError, int timeoutMillis) {
        return new ExternalRecognizer("presidio", "127.0.0.1", port(), List.of("PERSON"), onError, timeoutMillis);
    }

    /** Does something else from now on. */
    public void does(Handler<HttpServerRequest> handler) {
        behaviour = handler;
    }

    public void works() {
        behaviour = this::judge;
    }

    private void judge(HttpServerRequest request) {
        request.body().onSuccess(body -> request.response()
                .putHeader("content-type", "application/json")
                .end(answer(new JsonObject(body))));
    }

    private Buffer answer(JsonObject question) {
        Object text = question.getValue("text");
        if (text instanceof JsonArray texts) {
            JsonArray all = new JsonArray();
            texts.forEach(each -> all.add(results((String) each)));
            return all.toBuffer();
        }
        return results((String) text).toBuffer();
    }

    private JsonArray results(String text) {
        asked.add(text);
        JsonArray results = new JsonArray();
        for (int at = text.indexOf(NAME); at >= 0; at = text.indexOf(NAME, at + 1)) {
            int start = text.codePointCount(0, at);
            results.add(new JsonObject()
                    .put("entity_type", "PERSON")
                    .put("start", start)
                    .put("end", start + NAME.length())
                    .put("score", 0.85));
        }
        return results;
    }
}
