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
    private final DatabaseRoles roles;
    private Future<TargetState> lastAsked;
    private long lastAskedAt;
    private volatile boolean targetUp;

    /** @param roles who may log in, where the target is a database */
    Readiness(Services services, TargetProbe probe, Settings.Port port, DatabaseRoles roles) {
        this.services = services;
        this.probe = probe;
        this.port = port;
        this.roles = roles;
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
            return Future.succeededFuture(services.configurations()
                    .missing()
                    .map(what -> "no " + what)
                    .orElse("no configuration"));
        }
        if (!services.audit().healthy()) {
            return Future.succeededFuture("the audit cannot be written");
        }
        return target(snapshot).map(state -> state == TargetState.Ready ? roles.obstacle(snapshot) : state.obstacle());
    }

    private synchronized Future<TargetState> target(Snapshot snapshot) {
        long now = System.nanoTime();
        if (lastAsked == null || lastAsked.isComplete() && now - lastAskedAt >= FRESH_NANOS) {
            lastAskedAt = now;
            lastAsked = ask(snapshot);
        }
        return lastAsked;
    }

    private Future<TargetState> ask(Snapshot snapshot) {
        return answer(snapshot).onSuccess(state -> targetUp = state == TargetState.Ready);
    }

    private Future<TargetState> answer(Snapshot snapshot) {
        String path = snapshot.profile().readiness();
        if (path == null) {
            return probe.postgres(port);
        }
        return path.equals(GrpcHealth.PATH)
                ? probe.grpc(port, snapshot.credential())
                : probe.http(port, path, snapshot.credential());
    }
}
