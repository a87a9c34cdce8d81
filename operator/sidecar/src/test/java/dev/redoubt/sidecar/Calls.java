package dev.redoubt.sidecar;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Calls of gRPC, as clients and servers make them. */
final class Calls implements AutoCloseable {
    static final String SERVICE = "/milvus.proto.milvus.MilvusService/";

    private final Vertx vertx = Vertx.vertx();
    private final HttpClient client = vertx.createHttpClient(
            new HttpClientOptions().setProtocolVersion(HttpVersion.HTTP_2).setHttp2ClearTextUpgrade(false));
    private final int port;

    Calls(int port) {
        this.port = port;
    }

    /**
     * What a call ended with.
     *
     * @param status HTTP status
     * @param body all frames
     * @param end trailers, or headers where the answer has no message
     */
    record Answer(int status, Buffer body, MultiMap headers, MultiMap end) {
        String code() {
            return end.get("grpc-status");
        }

        String message() {
            return end.get("grpc-message");
        }
    }

    /** A message in its frame. */
    static Buffer framed(Buffer message) {
        return Buffer.buffer().appendByte((byte) 0).appendInt(message.length()).appendBuffer(message);
    }

    /** A field of a text that is no longer than 127 bytes. */
    static Buffer text(int field, String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return Buffer.buffer()
                .appendByte((byte) (field << 3 | 2))
                .appendByte((byte) utf8.length)
                .appendBytes(utf8);
    }

    RequestOptions options(String method, String key) {
        RequestOptions options = new RequestOptions()
                .setHost("127.0.0.1")
                .setPort(port)
                .setMethod(HttpMethod.POST)
                .setURI(SERVICE + method)
                .putHeader("content-type", "application/grpc")
                .putHeader("te", "trailers");
        return key == null ? options : options.putHeader("authorization", key);
    }

    Answer call(RequestOptions options, Buffer body) throws Exception {
        return client.request(options)
                .compose(request -> request.send(body))
                .compose(response -> response.body().map(bytes -> answer(response, bytes)))
                .toCompletionStage()
                .toCompletableFuture()
                .get(20, TimeUnit.SECONDS);
    }

    private static Answer answer(HttpClientResponse response, Buffer body) {
        MultiMap end = response.trailers().contains("grpc-status") ? response.trailers() : response.headers();
        return new Answer(response.statusCode(), body, response.headers(), end);
    }

    /** What a server answers to a call. */
    static void answer(HttpServerRequest request, Buffer body, String code, String message) {
        request.response().putHeader("content-type", "application/grpc");
        request.response().putTrailer("grpc-status", code);
        if (message != null) {
            request.response().putTrailer("grpc-message", message);
        }
        request.response().end(body);
    }

    HttpClient client() {
        return client;
    }

    @Override
    public void close() {
        client.close().toCompletionStage().toCompletableFuture().join();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }
}
