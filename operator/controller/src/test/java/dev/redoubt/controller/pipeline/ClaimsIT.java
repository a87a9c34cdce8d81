package dev.redoubt.controller.pipeline;

import static dev.redoubt.controller.Pipelines.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.controller.Cluster;
import dev.redoubt.controller.Labels;
import dev.redoubt.controller.Pipelines;
import dev.redoubt.controller.RunningOperator;
import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.ConditionType;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.Condition;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Two pipelines that claim one workload. Of two of one second the name decides, so the elder comes first by it. */
class ClaimsIT {
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
    void theYoungerIsRefusedAndSaysByWhomAndTakesOverWhenTheElderGoes() {
        RagPipeline elder = cluster.pipeline("a-elder", "shared", "");
        pipelines.awaitReady(elder, ConditionReason.ARMED);
        RagPipeline younger = cluster.pipeline("b-younger", "shared", "");

        Condition refused = pipelines.awaitReady(younger, ConditionReason.CLAIMED_BY_OTHER);
        assertThat(refused.getStatus()).isEqualTo("False");
        assertThat(refused.getMessage())
                .contains("Deployment/shared", "RagPipeline a-elder", "docs")
                .as("the next step")
                .contains("remove");
        assertThat(cluster.condition(younger, ConditionType.STALLED).getStatus())
                .as("it waits for a person")
                .isEqualTo("True");
        assertThat(pipelines.config(younger))
                .as("nothing is made for a workload of somebody else")
                .isEmpty();
        assertThat(SERVER.client()
                        .network()
                        .networkPolicies()
                        .withLabel(Labels.PIPELINE, "b-younger")
                        .list()
                        .getItems())
                .isEmpty();
        assertThat(pipelines.webhookPaths(younger)).isEmpty();
        assertThat(pipelines.webhookPaths(elder)).hasSize(1);
        assertThat(cluster.condition(elder, ConditionType.READY).getReason())
                .as("the elder is left alone")
                .isEqualTo("Armed");

        SERVER.client().resource(elder).delete();

        pipelines.awaitReady(younger, ConditionReason.ARMED);
        soon().untilAsserted(() -> {
            assertThat(pipelines.config(younger)).isPresent();
            assertThat(pipelines.webhookPaths(younger)).hasSize(1);
            assertThat(pipelines.webhookPaths(elder)).isEmpty();
        });
    }

    @Test
    void anElderThatTurnsToAWorkloadTakesItFromTheYounger() {
        RagPipeline elder = cluster.pipeline("c-elder", "first", "");
        pipelines.awaitReady(elder, ConditionReason.ARMED);
        RagPipeline younger = cluster.pipeline("d-younger", "second", "");
        pipelines.awaitReady(younger, ConditionReason.ARMED);

        cluster.merge(
                elder,
                """
                {"spec": {"vectorStores": [{"name": "docs", "engine": "Chroma",
                  "workload": {"kind": "Deployment", "name": "second"}}]}}
                """);

        Condition refused = pipelines.awaitReady(younger, ConditionReason.CLAIMED_BY_OTHER);
        assertThat(refused.getMessage()).contains("c-elder");
        soon().untilAsserted(() -> assertThat(pipelines.webhookPaths(younger)).isEmpty());
    }
}
