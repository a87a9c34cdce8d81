package dev.redoubt.sidecar;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;

/**
 * What the kubelet and Prometheus ask, over plain HTTP: {@code /livez}, whether the process serves at all;
 * {@code /readyz}, whether requests would be answered; {@code /metrics}.
 */
final class HealthServer {
    private final Vertx vertx;
    private final Readiness readiness;
    private final Metrics metrics;
    private HttpServer server;

    HealthServer(Vertx vertx, Readiness readiness, Metrics metrics) {
        this.vertx = vertx;
        this.readiness = readiness;
        this.metrics = metrics;
    }

    Future<HttpServer> listen(int port) {
        return vertx.createHttpServer()
                .requestHandler(this::onRequest)
                .listen(port)
                .onSuccess(listening -> server = listening);
    }

    int port() {
        return server.actualPort();
    }

    private void onRequest(HttpServerRequest request) {
        String path = request.method() == HttpMethod.GET ? request.path() : "";
        switch (path) {
            case "/livez" -> answer(request, 200, "ok");
            case "/readyz" ->
                readiness.obstacle().onComplete(asked -> {
                    String obstacle = asked.succeeded() ? asked.result() : "the target cannot be asked";
                    answer(request, obstacle == null ? 200 : 503, obstacle == null ? "ok" : obstacle);
                });
            case "/metrics" -> {
                request.response().putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; version=0.0.4; charset=utf-8");
                request.response().end(metrics.scrape());
            }
            default -> answer(request, 404, "not found");
        }
    }

    private static void answer(HttpServerRequest request, int status, String text) {
        request.response()
                .setStatusCode(status)
                .putHeader(HttpHeaders.CONTENT_TYPE, "text/plain; charset=utf-8")
                .end(text + "\n");
    }
}
