package dev.redoubt.sidecar;

import io.vertx.core.Future;
import java.util.concurrent.TimeUnit;

/** Whether a request would be answered now, and if not, what stands in its way. */
final class Readiness {
    /** So long an answer of the target counts, however often the guard is asked. */
    private static final long FRESH_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Services services;
    private final TargetProbe probe;
    private final Settings.Port port;
    private Future<Boolean> lastAsked;
    private long lastAskedAt;
    private volatile boolean targetUp;

    Readiness(Services services, TargetProbe probe, Settings.Port port) {
        this.services = services;
        this.probe = probe;
        this.port = port;
        services.metrics()
                .gauge(
                        "redoubt_target_up",
                        "Whether the target answered its last readiness question",
                        () -> targetUp ? 1 : 0);
    }

    /** What stands in the way; {@code null} for nothing. */
    Future<String> obstacle() {
        if (services.draining().get()) {
            return Future.succeededFuture("shutting down");
        }
        Snapshot snapshot = services.configurations().current().orElse(null);
        if (snapshot == null) {
            return Future.succeededFuture("no configuration");
        }
        if (!services.audit().healthy()) {
            return Future.succeededFuture("the audit cannot be written");
        }
        return target(snapshot.profile().readiness()).map(up -> up ? null : "the target is not ready");
    }

    private synchronized Future<Boolean> target(String path) {
        long now = System.nanoTime();
        if (lastAsked == null || lastAsked.isComplete() && now - lastAskedAt >= FRESH_NANOS) {
            lastAskedAt = now;
            lastAsked = ask(path);
        }
        return lastAsked;
    }

    private Future<Boolean> ask(String path) {
        return answer(path).onSuccess(up -> targetUp = up);
    }

    private Future<Boolean> answer(String path) {
        if (path == null) {
            return probe.postgres(port);
        }
        return path.equals(GrpcHealth.PATH) ? probe.grpc(port) : probe.http(port, path);
    }
}
