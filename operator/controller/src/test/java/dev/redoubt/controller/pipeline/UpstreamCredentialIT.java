package dev.redoubt.controller.pipeline;

import static dev.redoubt.controller.Pipelines.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.controller.Cluster;
import dev.redoubt.controller.Pipelines;
import dev.redoubt.controller.RunningOperator;
import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.ConditionType;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.testing.KubeApiServer;
import dev.redoubt.injection.Target;
import dev.redoubt.policy.UpstreamCredential;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Secrets of others on a real API server: far quicker than the interval at which everything is looked at again. */
class UpstreamCredentialIT {
    @RegisterExtension
    static final KubeApiServer SERVER = new KubeApiServer();

    private static RunningOperator operator;
    private static Cluster cluster;
    private static Pipelines pipelines;

    @BeforeAll
    static void start() {
        RunningOperator.install(SERVER.client());
        operator = new RunningOperator(SERVER.client(), SERVER.namespace());
        cluster = new Cluster(SERVER.client());
        pipelines = new Pipelines(SERVER.client());
    }

    @AfterAll
    static void stop() {
        operator.close();
    }

    @Test
    void guardsGetTheCredentialWhenItIsThereTheNextWhenItChangesAndNoneWhenItIsGone() {
        RagPipeline pipeline = cluster.create(
                RagPipeline.class,
                """
                apiVersion: redoubt.dev/v1alpha1
                kind: RagPipeline
                metadata: {name: credential}
                spec:
                  vectorStores:
                  - name: docs
                    workload: {kind: StatefulSet, name: qdrant}
                    engine: Qdrant
                    upstreamCredential: {secretName: qdrant-key, key: api-key}
                """);
        pipelines.awaitReady(pipeline, ConditionReason.SECRET_NOT_FOUND);
        assertThat(cluster.condition(pipeline, ConditionType.READY).getMessage())
                .contains("Secret qdrant-key", "create it");
        assertThat(presented(pipeline)).isEmpty();

        Secret secret = SERVER.client().resource(secret("first-key")).create();
        pipelines.awaitReady(pipeline, ConditionReason.ARMED);
        soon().untilAsserted(() -> assertThat(presented(pipeline)).hasValue("first-key"));

        SERVER.client().resource(secret("second-key")).update();
        soon().untilAsserted(() -> assertThat(presented(pipeline)).hasValue("second-key"));
        assertThat(pipelines.config(pipeline)).hasValueSatisfying(config -> {
            assertThat(config.upstream().credential()).isTrue();
            assertThat(config.json()).doesNotContain("second-key");
        });

        SERVER.client().resource(secret).delete();
        pipelines.awaitReady(pipeline, ConditionReason.SECRET_NOT_FOUND);
        soon().untilAsserted(() -> assertThat(presented(pipeline)).isEmpty());
    }

    private static Secret secret(String key) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(SERVER.namespace())
                .withName("qdrant-key")
                .endMetadata()
                .withStringData(Map.of("api-key", key))
                .build();
    }

    /** What the guards are given to present. */
    private static Optional<String> presented(RagPipeline pipeline) {
        return Optional.ofNullable(SERVER.client()
                        .secrets()
                        .withName(Target.of(pipeline).get(0).guardObject())
                        .get())
                .map(guard -> guard.getData().get("upstream.json"))
                .map(encoded -> {
                    try {
                        return UpstreamCredential.parse(Base64.getDecoder().decode(encoded))
                                .key();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                });
    }
}
