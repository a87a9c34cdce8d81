package dev.redoubt.controller.pipeline;

import static dev.redoubt.controller.Pipelines.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.controller.Cluster;
import dev.redoubt.controller.Labels;
import dev.redoubt.controller.Pipelines;
import dev.redoubt.controller.RunningOperator;
import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.LeakageTest;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.RedactionPolicy;
import dev.redoubt.crds.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What goes with an object and what stays; the finaliser is there for the webhook's entry and for nothing else. */
class DeletionIT {
    @RegisterExtension
    static final KubeApiServer SERVER = new KubeApiServer();

    private static KubernetesClient client;
    private static Cluster cluster;
    private static Pipelines pipelines;
    private RunningOperator operator;

    @BeforeAll
    static void install() {
        client = SERVER.client();
        RunningOperator.install(client);
        cluster = new Cluster(client);
        pipelines = new Pipelines(client);
    }

    @BeforeEach
    void start() {
        operator = new RunningOperator(client, SERVER.namespace());
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    @Test
    void theWebhooksEntryGoesWithThePipelineAndNotThatOfAnother() {
        RagPipeline pipeline = armed("going");
        RagPipeline other = armed("staying");
        assertThat(pipelines.now(pipeline).getMetadata().getFinalizers()).hasSize(1);
        soon().until(() -> pipelines.webhookPaths(pipeline).size() == 1);

        client.resource(pipeline).delete();

        soon().untilAsserted(() -> assertThat(pipelines.now(pipeline))
                .as("the finaliser is removed")
                .isNull());
        assertThat(pipelines.webhookPaths(pipeline)).isEmpty();
        assertThat(pipelines.webhookPaths(other)).hasSize(1);
    }

    @Test
    void aPipelineDeletedWhileTheOperatorIsDownGoesWhenItIsBack() {
        RagPipeline pipeline = armed("meanwhile");
        soon().until(() -> pipelines.webhookPaths(pipeline).size() == 1);
        operator.close();

        client.resource(pipeline).delete();
        assertThat(pipelines.now(pipeline)).as("nobody took its entry out yet").isNotNull();
        operator = new RunningOperator(client, SERVER.namespace());

        soon().untilAsserted(() -> assertThat(pipelines.now(pipeline)).isNull());
        assertThat(pipelines.webhookPaths(pipeline)).isEmpty();
    }

    @Test
    void whatIsInTheNamespaceAloneHasNoFinaliser() {
        RedactionPolicy policy = cluster.create(
                RedactionPolicy.class,
                """
                apiVersion: redoubt.dev/v1alpha1
                kind: RedactionPolicy
                metadata: {name: light}
                spec: {drop: [one]}
                """);
        LeakageTest test = cluster.create(
                LeakageTest.class,
                """
                apiVersion: redoubt.dev/v1alpha1
                kind: LeakageTest
                metadata: {name: light}
                spec: {pipeline: {name: absent}, as: assistant, probes: [{name: Canary}]}
                """);
        soon().until(() -> client.resource(policy).get().getStatus() != null
                && client.resource(test).get().getStatus() != null);

        assertThat(client.resource(policy).get().getMetadata().getFinalizers()).isEmpty();
        assertThat(client.resource(test).get().getMetadata().getFinalizers()).isEmpty();
    }

    @Test
    void everythingButTheKeysIsCollectedWithThePipeline() {
        RagPipeline pipeline = armed("owner");

        assertThat(made("owner")).isNotEmpty().allSatisfy(object -> {
            boolean key = object.getMetadata().getLabels().containsKey(Labels.KEY);
            assertThat(object.getMetadata().getOwnerReferences())
                    .as("the owner of " + object.getKind() + " "
                            + object.getMetadata().getName())
                    .hasSize(key ? 0 : 1)
                    .allMatch(owner ->
                            owner.getUid().equals(pipeline.getMetadata().getUid()));
        });
    }

    private static List<HasMetadata> made(String pipeline) {
        List<HasMetadata> made = new ArrayList<>();
        made.addAll(
                client.configMaps().withLabel(Labels.PIPELINE, pipeline).list().getItems());
        made.addAll(client.secrets().withLabel(Labels.PIPELINE, pipeline).list().getItems());
        made.addAll(client.network()
                .networkPolicies()
                .withLabel(Labels.PIPELINE, pipeline)
                .list()
                .getItems());
        return made;
    }

    private static RagPipeline armed(String name) {
        RagPipeline pipeline = cluster.pipeline(name, name, "");
        pipelines.awaitReady(pipeline, ConditionReason.ARMED);
        return pipeline;
    }
}
