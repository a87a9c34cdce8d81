package dev.redoubt.sidecar;

import dev.redoubt.profiles.Profile.ErrorShape;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/** An error on its way to the client, and what becomes of its connection then. */
final class ErrorAnswer {
    /** A request whose body is at most this large is read to its end, so that its connection can be kept. */
    private static final int SMALL_REST = 64 << 10;

    /** How long the rest of a large body is read, so that the client sees the answer and not a reset. */
    private static final long LINGER_MILLIS = 5_000;

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
        if (closes || !isKeepable()) {
            response.putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
            response.end(Bytes.wrap(body)).onComplete(written -> close());
        } else {
            response.end(Bytes.wrap(body));
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
