package dev.redoubt.webhook;

import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.function.Supplier;

/** Liveness, readiness and metrics over plain HTTP. */
final class HealthServer {
    private final Vertx vertx;
    private final Supplier<Optional<String>> unready;
    private final PrometheusMeterRegistry metrics;

    /** @param unready what is missing for readiness, or empty */
    HealthServer(Vertx vertx, Supplier<Optional<String>> unready, PrometheusMeterRegistry metrics) {
        this.vertx = vertx;
        this.unready = unready;
        this.metrics = metrics;
    }

    Future<Integer> start(int port) {
        return vertx.createHttpServer()
                .requestHandler(this::handle)
                .listen(port)
                .map(HttpServer::actualPort);
    }

    private void handle(HttpServerRequest request) {
        switch (request.path()) {
            case "/livez" -> text(request, 200, "ok");
            case "/readyz" -> {
                Optional<String> missing = unready.get();
                text(request, missing.isEmpty() ? 200 : 503, missing.orElse("ok"));
            }
            case "/metrics" -> text(request, 200, metrics.scrape());
            default -> text(request, 404, "no such path");
        }
    }

    private static void text(HttpServerRequest request, int status, String body) {
        request.response()
                .setStatusCode(status)
                .putHeader("content-type", "text/plain; charset=utf-8")
                .end(body.endsWith("\n") ? body : body + "\n");
    }
}
