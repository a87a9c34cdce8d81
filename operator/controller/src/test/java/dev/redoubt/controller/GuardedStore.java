package dev.redoubt.controller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redoubt.crds.ConditionType;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.injection.Target;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.time.Duration;

/**
 * A pipeline with one store, whose one pod is guarded, and the Service that leads to it.
 *
 * @param pipeline the pipeline, Ready
 * @param pod the guarded pod
 * @param guard what answers at the pod's address
 */
public record GuardedStore(RagPipeline pipeline, Pod pod, FakeGuard guard) implements AutoCloseable {
    private static final int PORT = 8000;

    /** Makes all of it under one name and waits until it is Ready. */
    public static GuardedStore create(Cluster cluster, RunningOperator operator, String name) {
        Deployment deployment = cluster.chroma(name, 1);
        cluster.create(
                Service.class,
                """
                apiVersion: v1
                kind: Service
                metadata: {name: %1$s}
                spec:
                  selector: {app: %1$s}
                  ports: [{port: 80, targetPort: http}]
                """
                        .formatted(name));
        RagPipeline pipeline = cluster.pipeline(name, name, "");
        GuardedStore store = guard(cluster, operator, deployment, pipeline);
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(250))
                .untilAsserted(() -> assertThat(
                                cluster.condition(pipeline, ConditionType.READY).getStatus())
                        .isEqualTo("True"));
        return store;
    }

    /** A guarded pod of a Deployment, whose guard runs. */
    public static GuardedStore guard(
            Cluster cluster, RunningOperator operator, Deployment deployment, RagPipeline pipeline) {
        String address = Cluster.address();
        FakeGuard guard = new FakeGuard(
                operator.vertx(),
                operator.authorities().authority(),
                Target.of(pipeline).get(0),
                address,
                PORT);
        return new GuardedStore(pipeline, cluster.guarded(deployment, pipeline, address), guard);
    }

    @Override
    public void close() {
        guard.close();
    }
}
