package dev.redoubt.webhook;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.KeyCertOptions;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Admission over HTTPS. Whatever is not a review of reasonable size gets a plain 4xx, and whatever goes wrong a plain
 * 5xx: the API server refuses the pod in each case.
 */
final class AdmissionServer {
    /** Largest review that is read, in bytes. An object in etcd is at most half of it. */
    static final int MAX_BODY = 3 * 1024 * 1024;

    /** Most reviews that are under way at once; further ones are refused, and their pods tried again. */
    static final int MAX_CONCURRENT = 64;

    private static final int IDLE_SECONDS = 90;
    private static final Logger LOG = System.getLogger(AdmissionServer.class.getName());

    private final Vertx vertx;
    private final Admission admission;
    private final AtomicInteger underWay = new AtomicInteger();

    AdmissionServer(Vertx vertx, Admission admission) {
        this.vertx = vertx;
        this.admission = admission;
    }

    /** Serves on a port, 0 for a free one, and answers which. */
    Future<Integer> start(int port, ServedCertificate certificate) {
        HttpServerOptions options = new HttpServerOptions()
                .setPort(port)
                .setSsl(true)
                .setUseAlpn(true)
                .setKeyCertOptions(KeyCertOptions.wrap(certificate))
                .setEnabledSecureTransportProtocols(Set.of("TLSv1.2", "TLSv1.3"))
                .setIdleTimeout(IDLE_SECONDS);
        return vertx.createHttpServer(options)
                .requestHandler(this::handle)
                .exceptionHandler(e -> LOG.log(Level.DEBUG, "a connection failed", e))
                .listen()
                .map(HttpServer::actualPort)
                .compose(actual -> firstRequest(actual).otherwiseEmpty().map(actual));
    }

    /** The first handshake loads what later ones need. It goes to this process, whose certificate is of no interest. */
    private Future<Void> firstRequest(int actual) {
        HttpClient client = vertx.createHttpClient(new HttpClientOptions()
                .setSsl(true)
                .setTrustAll(true)
                .setVerifyHost(false)
                .setUseAlpn(true)
                .setProtocolVersion(HttpVersion.HTTP_2));
        return client.request(HttpMethod.GET, actual, "127.0.0.1", "/")
                .compose(HttpClientRequest::send)
                .compose(HttpClientResponse::end)
                .eventually(() -> client.close());
    }

    private void handle(HttpServerRequest request) {
        Optional<ReviewTarget> asked = ReviewTarget.of(request.path());
        if (asked.isEmpty()) {
            fail(request, 404, "no such path");
        } else if (request.method() != HttpMethod.POST) {
            fail(request, 405, "reviews are posted");
        } else if (underWay.incrementAndGet() > MAX_CONCURRENT) {
            underWay.decrementAndGet();
            fail(request, 503, "too many reviews at once");
        } else {
            // a response that is cut off may be told to have ended and to have closed
            AtomicBoolean counted = new AtomicBoolean(true);
            Handler<Void> release = over -> {
                if (counted.getAndSet(false)) {
                    underWay.decrementAndGet();
                }
            };
            request.response().endHandler(release).closeHandler(release);
            read(asked.get(), request);
        }
    }

    private void read(ReviewTarget asked, HttpServerRequest request) {
        Buffer body = Buffer.buffer();
        request.handler(chunk -> {
            if (body.length() + chunk.length() <= MAX_BODY) {
                body.appendBuffer(chunk);
            } else if (!request.response().ended()) {
                fail(request, 413, "the review is larger than " + MAX_BODY + " bytes");
            }
        });
        request.endHandler(end -> {
            if (!request.response().ended()) {
                review(asked, body.getBytes(), request.response());
            }
        });
    }

    private void review(ReviewTarget asked, byte[] body, HttpServerResponse response) {
        vertx.executeBlocking(() -> admission.answer(asked, Review.parse(body)), false)
                .onSuccess(answer ->
                        response.putHeader("content-type", "application/json").end(Buffer.buffer(answer)))
                .onFailure(e -> {
                    if (e instanceof IOException) {
                        end(response, 400, e.getMessage());
                    } else {
                        LOG.log(Level.ERROR, "a review failed", e);
                        end(response, 500, "the review failed; the webhook's log says why");
                    }
                });
    }

    private static void fail(HttpServerRequest request, int status, String message) {
        end(request.response(), status, message);
    }

    private static void end(HttpServerResponse response, int status, String message) {
        if (!response.closed()) {
            response.setStatusCode(status)
                    .putHeader("content-type", "text/plain; charset=utf-8")
                    .end(message + "\n");
        }
    }
}
