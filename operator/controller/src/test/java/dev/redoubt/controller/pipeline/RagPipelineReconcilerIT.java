package dev.redoubt.controller.pipeline;

import static dev.redoubt.controller.Pipelines.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.controller.Cluster;
import dev.redoubt.controller.Labels;
import dev.redoubt.controller.Pipelines;
import dev.redoubt.controller.RunningOperator;
import dev.redoubt.controller.StatusWrites;
import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.ConditionType;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.TargetStatus;
import dev.redoubt.crds.VectorStore;
import dev.redoubt.crds.WorkloadReference;
import dev.redoubt.crds.testing.KubeApiServer;
import dev.redoubt.injection.Target;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RagPipelineReconcilerIT {
    @RegisterExtension
    static final KubeApiServer SERVER = new KubeApiServer();

    private static final StatusWrites WRITES = new StatusWrites();
    private static final int TIMES = 5;

    private static KubernetesClient client;
    private static KubernetesClient operatorClient;
    private static RunningOperator operator;
    private static Cluster cluster;
    private static Pipelines pipelines;

    @BeforeAll
    static void start() {
        client = SERVER.client();
        RunningOperator.install(client);
        operatorClient = WRITES.client(client);
        operator = new RunningOperator(operatorClient, SERVER.namespace());
        cluster = new Cluster(client);
        pipelines = new Pipelines(client);
    }

    @AfterAll
    static void stop() {
        operator.close();
        operatorClient.close();
    }

    @Test
    void aPipelineWithoutWorkloadIsArmedAndThatIsNoError() {
        RagPipeline pipeline = cluster.pipeline("minimal", "absent", "");

        Condition ready = pipelines.awaitReady(pipeline, ConditionReason.ARMED);

        assertThat(ready.getStatus()).isEqualTo("False");
        assertThat(ready.getMessage()).contains("Deployment/absent does not exist");
        assertThat(cluster.condition(pipeline, ConditionType.STALLED).getStatus())
                .isEqualTo("False");
        assertThat(cluster.condition(pipeline, ConditionType.RECONCILING).getStatus())
                .as("GitOps tools do not wait for it")
                .isEqualTo("False");
        assertThat(pipelines.config(pipeline))
                .hasValueSatisfying(config -> assertThat(config.target()).isEqualTo("docs"));
        assertThat(pipelines.webhookPaths(pipeline))
                .as("its first pod will be guarded")
                .hasSize(1);
    }

    @Test
    void theStatusIsAboutTheGenerationThatItNames() {
        RagPipeline pipeline = cluster.pipeline("generations", "generations", "");
        pipelines.awaitReady(pipeline, ConditionReason.ARMED);

        cluster.merge(pipeline, "{\"spec\": {\"mode\": \"Observe\"}}");

        soon().untilAsserted(() -> {
            RagPipeline now = pipelines.now(pipeline);
            assertThat(now.getMetadata().getGeneration()).isEqualTo(2);
            assertThat(now.getStatus().observedGeneration()).isEqualTo(2);
            assertThat(now.getStatus().conditions())
                    .hasSize(ConditionType.values().length)
                    .allSatisfy(condition ->
                            assertThat(condition.getObservedGeneration()).isEqualTo(2));
        });
    }

    @Test
    void reconcilingAgainChangesNothing() {
        Deployment deployment = cluster.chroma("steady", 0);
        RagPipeline pipeline = cluster.pipeline("steady", "steady", "");
        pipelines.awaitReady(pipeline, ConditionReason.ARMED);
        soon().until(() -> policies(pipeline).size() == 3);
        awaitReconciliation(deployment, "first");
        Map<String, String> before = versions(pipeline);

        for (int time = 0; time < TIMES; time++) {
            awaitReconciliation(deployment, "again-" + time);
        }

        assertThat(versions(pipeline)).isEqualTo(before);
    }

    @Test
    void theFenceClosesWhenTheWorkloadAppearsAndOpensWhenNobodyAsksForIt() {
        RagPipeline pipeline = cluster.pipeline("fenced", "fenced", "");
        pipelines.awaitReady(pipeline, ConditionReason.ARMED);
        soon().until(() -> policies(pipeline).size() == 1);

        cluster.chroma("fenced", 1);
        soon().untilAsserted(() -> assertThat(policies(pipeline)).hasSize(3));

        cluster.merge(pipeline, "{\"spec\": {\"network\": {\"isolation\": \"Disabled\"}}}");
        soon().untilAsserted(() -> assertThat(policies(pipeline)).isEmpty());
    }

    @Test
    void anObjectOfSomebodyElseIsNotTakenOver() {
        Target target = new Target(
                SERVER.namespace(),
                "taken",
                "docs",
                TargetStatus.Kind.VECTOR_STORE,
                new WorkloadReference(WorkloadReference.Kind.DEPLOYMENT, "taken"),
                "Chroma",
                VectorStore.Capture.TAKEOVER);
        ConfigMap foreign = client.resource(new ConfigMapBuilder()
                        .withNewMetadata()
                        .withName(target.guardObject())
                        .endMetadata()
                        .addToData("mine", "yes")
                        .build())
                .create();

        RagPipeline pipeline = cluster.pipeline("taken", "taken", "");

        assertThat(pipelines.awaitReady(pipeline, ConditionReason.NAME_TAKEN).getMessage())
                .contains("ConfigMap " + target.guardObject());
        assertThat(client.resource(foreign).get().getData()).isEqualTo(Map.of("mine", "yes"));

        client.resource(foreign).delete();
        cluster.merge(pipeline, "{\"spec\": {\"mode\": \"Observe\"}}");
        pipelines.awaitReady(pipeline, ConditionReason.ARMED);
    }

    /** The pipeline is reconciled when its workload changes. */
    private static void awaitReconciliation(Deployment deployment, String occasion) {
        int before = WRITES.reconciliations();
        cluster.merge(deployment, "{\"metadata\": {\"annotations\": {\"test/occasion\": \"" + occasion + "\"}}}");
        soon().until(() -> WRITES.reconciliations() > before);
    }

    private static List<NetworkPolicy> policies(RagPipeline pipeline) {
        return of(NetworkPolicy.class, pipeline);
    }

    private static <T extends HasMetadata> List<T> of(Class<T> kind, RagPipeline pipeline) {
        return client.resources(kind)
                .withLabel(Labels.PIPELINE, pipeline.getMetadata().getName())
                .list()
                .getItems();
    }

    private static Map<String, String> versions(RagPipeline pipeline) {
        Map<String, String> versions = new TreeMap<>();
        for (Class<? extends HasMetadata> kind : List.of(ConfigMap.class, Secret.class, NetworkPolicy.class)) {
            of(kind, pipeline)
                    .forEach(object -> versions.put(
                            object.getKind() + "/" + object.getMetadata().getName(),
                            object.getMetadata().getResourceVersion()));
        }
        versions.put("pipeline", pipelines.now(pipeline).getMetadata().getResourceVersion());
        versions.put("webhooks", RunningOperator.webhooks(client).getMetadata().getResourceVersion());
        return versions;
    }
}
