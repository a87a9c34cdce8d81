package dev.redoubt.controller.pipeline;

import static dev.redoubt.controller.Pipelines.soon;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.controller.Cluster;
import dev.redoubt.controller.Pipelines;
import dev.redoubt.controller.RunningOperator;
import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.events.v1.Event;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What {@code kubectl describe} shows of a pipeline's life. */
class EventsIT {
    @RegisterExtension
    static final KubeApiServer SERVER = new KubeApiServer();

    private static Cluster cluster;
    private static Pipelines pipelines;
    private RunningOperator operator;

    @BeforeAll
    static void install() {
        RunningOperator.install(SERVER.client());
        cluster = new Cluster(SERVER.client());
        pipelines = new Pipelines(SERVER.client());
    }

    @BeforeEach
    void start() {
        operator = new RunningOperator(SERVER.client(), SERVER.namespace());
    }

    @AfterEach
    void stop() {
        operator.close();
    }

    @Test
    void anEventSaysWhatHappenedToWhomAndNothingIsToldTwice() {
        RagPipeline pipeline = cluster.pipeline("told", "told", "");
        pipelines.awaitReady(pipeline, ConditionReason.ARMED);
        soon().untilAsserted(() -> assertThat(events(pipeline, "Armed")).isNotEmpty());
        List<Event> before = events(pipeline);

        // the state lasts over an edit and a restart
        cluster.merge(pipeline, "{\"spec\": {\"network\": {\"isolation\": \"Disabled\"}}}");
        awaitObserved(pipeline);
        operator.close();
        operator = new RunningOperator(SERVER.client(), SERVER.namespace());
        cluster.merge(pipeline, "{\"spec\": {\"network\": {\"isolation\": \"Enforced\"}}}");
        awaitObserved(pipeline);

        assertThat(events(pipeline, "Armed"))
                .as("Armed")
                .hasSameSizeAs(before.stream()
                        .filter(event -> event.getReason().equals("Armed"))
                        .toList())
                .allSatisfy(event -> {
                    assertThat(event.getType()).as("no error").isEqualTo("Normal");
                    assertThat(event.getNote()).contains("Deployment/told");
                });
        assertThat(events(pipeline)).allSatisfy(event -> {
            assertThat(event.getRegarding().getKind()).isEqualTo("RagPipeline");
            assertThat(event.getRegarding().getName()).isEqualTo("told");
            assertThat(event.getReportingController()).isEqualTo("redoubt.dev/controller");
            assertThat(event.getAction()).isNotBlank();
            assertThat(event.getNote()).isNotBlank();
        });
    }

    @Test
    void whatNeedsAPersonIsAWarningThatNamesTheObject() {
        RagPipeline pipeline = cluster.pipeline("warned", "warned", "redactionPolicies: [{name: pii}]");
        pipelines.awaitReady(pipeline, ConditionReason.POLICY_NOT_FOUND);

        soon().untilAsserted(() -> assertThat(events(pipeline, "PolicyNotFound"))
                .isNotEmpty()
                .allSatisfy(event -> {
                    assertThat(event.getType()).isEqualTo("Warning");
                    assertThat(event.getNote()).contains("RedactionPolicy pii", "create it");
                }));
    }

    private static void awaitObserved(RagPipeline pipeline) {
        soon().untilAsserted(() -> {
            RagPipeline now = pipelines.now(pipeline);
            assertThat(now.getStatus().observedGeneration())
                    .isEqualTo(now.getMetadata().getGeneration());
        });
    }

    private static List<Event> events(RagPipeline pipeline, String reason) {
        return events(pipeline).stream()
                .filter(event -> event.getReason().equals(reason))
                .toList();
    }

    private static List<Event> events(RagPipeline pipeline) {
        return SERVER.client().events().v1().events().list().getItems().stream()
                .filter(event -> pipeline.getMetadata()
                        .getUid()
                        .equals(event.getRegarding().getUid()))
                .toList();
    }
}
