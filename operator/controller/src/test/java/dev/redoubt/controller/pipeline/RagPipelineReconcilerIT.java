package dev.redoubt.controller.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redoubt.controller.RunningOperator;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.testing.KubeApiServer;
import dev.redoubt.policy.GuardConfig;
import io.fabric8.kubernetes.api.model.Condition;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RagPipelineReconcilerIT {
    @RegisterExtension
    static final KubeApiServer SERVER = new KubeApiServer();

    private static RunningOperator operator;

    @BeforeAll
    static void start() {
        RunningOperator.install(SERVER.client());
        operator = new RunningOperator(SERVER.client(), SERVER.namespace());
    }

    @AfterAll
    static void stop() {
        operator.close();
    }

    @Test
    void aPipelineWithoutWorkloadIsArmed() throws Exception {
        RagPipeline pipeline = SERVER.client()
                .resources(RagPipeline.class)
                .load(getClass().getResourceAsStream("/pipelines/minimal.yaml"))
                .create();

        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            RagPipeline now = SERVER.client().resource(pipeline).get();
            assertThat(now.getStatus()).isNotNull();
            Condition ready = now.getStatus().conditions().stream()
                    .filter(condition -> condition.getType().equals("Ready"))
                    .findFirst()
                    .orElseThrow();
            assertThat(ready.getStatus()).isEqualTo("False");
            assertThat(ready.getReason()).isEqualTo("Armed");
        });
        String json = SERVER.client()
                .configMaps()
                .withName("redoubt-guard-minimal-docs")
                .get()
                .getData()
                .get("guard.json");
        assertThat(GuardConfig.parse(json.getBytes(StandardCharsets.UTF_8)).target())
                .isEqualTo("docs");
    }
}
