package dev.redoubt.sidecar;

import dev.redoubt.profiles.MessageSpec.Encoding;
import dev.redoubt.profiles.Profile.ErrorShape;
import dev.redoubt.wire.protobuf.GrpcMessage;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;

/** An error on its way to the client, and what becomes of its connection then. */
final class ErrorAnswer {
    /** A request whose body is at most this large is read to its end, so that its connection can be kept. */
    private static final int SMALL_REST = 64 << 10;

    /** How long the rest of a large body is read, so that the client sees the answer and not a reset. */
    private static final long LINGER_MILLIS = 5_000;

    /** Error code of HTTP/2 for a request that was answered before its end (RFC 9113, 8.1). */
    private static final long NO_ERROR = 0;

    private final Vertx vertx;
    private final HttpServerRequest request;
    private final Problem problem;

    ErrorAnswer(Vertx vertx, HttpServerRequest request, Problem problem) {
        this.vertx = vertx;
        this.request = request;
        this.problem = problem;
    }

    /**
     * Sends the answer.
     *
     * @param shape the engine's
     * @param body the problem's body in that shape
     * @param challenge how a client proves who it is
     * @param closes whether the connection is to be closed in any case
     */
    void send(ErrorShape shape, byte[] body, String challenge, boolean closes) {
        HttpServerResponse response = request.response();
        response.setStatusCode(problem.status()).putHeader(HttpHeaders.CONTENT_TYPE, Problem.mediaType(shape));
        if (problem.retryAfter() > 0) {
            response.putHeader(HttpHeaders.RETRY_AFTER, Long.toString(problem.retryAfter()));
        }
        if (problem.is(Reason.Unauthenticated)) {
            response.putHeader("www-authenticate", challenge);
        }
        if (request.version() == HttpVersion.HTTP_2) {
            response.end(Bytes.wrap(body)).onComplete(written -> stopUpload());
        } else if (closes || !isKeepable()) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            response.end(Bytes.wrap(body)).onComplete(written -> close());
        } else {
            response.end(Bytes.wrap(body));
        }
    }

    /** Tells a call of gRPC its status, without any message. */
    void sendStatus() {
        HttpServerResponse response = request.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, MediaTypes.of(Encoding.Grpc));
        if (problem.is(Reason.UnsupportedEncoding)) {
            response.putHeader("grpc-accept-encoding", "identity");
        }
        GrpcStatus.of(problem).write(response.headers());
        response.end().onComplete(written -> stopUpload());
    }

    /** Answers a call of gRPC with a message that tells of the problem; for the call itself it went well. */
    void sendMessage(byte[] message) {
        HttpServerResponse response = request.response();
        response.putHeader(HttpHeaders.CONTENT_TYPE, MediaTypes.of(Encoding.Grpc));
        GrpcStatus.OK.write(response.trailers());
        response.end(Bytes.wrap(new GrpcMessage(message).framed())).onComplete(written -> stopUpload());
    }

    /** Ends a call of gRPC some messages of which were sent. */
    void endCall() {
        GrpcStatus.of(problem).write(request.response().trailers());
        request.response().end().onComplete(written -> stopUpload());
    }

    /** What comes of the request after its answer is not wanted; the connection goes on. */
    private void stopUpload() {
        if (!request.isEnded()) {
            request.response().reset(NO_ERROR);
        }
    }

    private boolean isKeepable() {
        if (isUnreadable()) {
            return false;
        }
        long rest = RequestHead.of(request).length();
        return request.isEnded() || rest >= 0 && rest <= SMALL_REST;
    }

    /** Where the request ends is not known, or it has no end. */
    private boolean isUnreadable() {
        return problem.is(Reason.MalformedRequest)
                || problem.is(Reason.RequestTimeout)
                || !request.decoderResult().isSuccess();
    }

    private void close() {
        if (request.isEnded() || isUnreadable()) {
            request.connection().close();
        } else {
            request.endHandler(drained -> request.connection().close());
            vertx.setTimer(LINGER_MILLIS, fired -> request.connection().close());
        }
    }
}
