package dev.redoubt.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redoubt.crds.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How stored objects of the three kinds behave: status, merging, columns. */
class CrdBehaviourIT {
    @RegisterExtension
    static final KubeApiServer server = new KubeApiServer();

    @Test
    void aStatusInACreateIsDropped() {
        var pipeline = pipeline("status-in-create");
        pipeline.setStatus(status("r1", condition(ConditionType.READY, "True", ConditionReason.GUARDED)));

        var stored = server.client().resource(pipeline).create();

        assertThat(stored.getStatus()).isNull();
    }

    @Test
    void aStatusIsWrittenWithoutTouchingTheSpec() {
        var stored = server.client().resource(pipeline("status-alone")).create();
        stored.setStatus(status("r1", condition(ConditionType.READY, "False", ConditionReason.ARMED)));
        stored.setSpec(new RagPipelineSpec(
                RagPipelineSpec.Mode.OBSERVE,
                stored.getSpec().vectorStores(),
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null));

        var updated = server.client().resource(stored).updateStatus();

        assertThat(updated.getStatus()).isEqualTo(stored.getStatus());
        assertThat(updated.getSpec().mode()).isEqualTo(RagPipelineSpec.Mode.ENFORCE);
        assertThat(updated.getMetadata().getGeneration()).isEqualTo(1);
    }

    @Test
    void conditionsOfSeveralWritersMergeByType() {
        server.client().resource(pipeline("conditions")).create();

        applyStatus("conditions", "pipeline", condition(ConditionType.READY, "True", ConditionReason.GUARDED));
        applyStatus(
                "conditions", "leakage", condition(ConditionType.LEAKAGE_TEST_PASSED, "True", ConditionReason.PASSED));

        var stored = server.client()
                .resources(RagPipeline.class)
                .withName("conditions")
                .get()
                .getStatus();
        assertThat(stored.conditions())
                .extracting(Condition::getType)
                .containsExactly(ConditionType.READY.value(), ConditionType.LEAKAGE_TEST_PASSED.value());
    }

    @Test
    void applyingTheSameSpecTwiceChangesNothing() {
        var first = apply(pipeline("twice"));
        var second = apply(pipeline("twice"));

        assertThat(second.getMetadata().getResourceVersion())
                .isEqualTo(first.getMetadata().getResourceVersion());
    }

    @Test
    void theColumnsOfAPipelineTellWhetherItIsGuardedAndLeaks() {
        var stored = server.client().resource(pipeline("columns")).create();
        stored.setStatus(new RagPipelineStatus(
                1L,
                List.of(condition(ConditionType.READY, "True", ConditionReason.GUARDED)),
                "r7",
                "3/3",
                null,
                null,
                new LastLeakage(Verdict.PASS, "nightly", "2026-11-23T03:00:00Z")));
        server.client().resource(stored).updateStatus();

        var table = table("ragpipelines", "columns");

        assertThat(columns(table))
                .containsExactly("Name", "Mode", "Guarded", "Ready", "Leakage", "Revision", "Reason", "Age");
        assertThat(priorities(table)).containsExactly(0, 0, 0, 0, 0, 1, 1, 0);
        assertThat(cells(table)).startsWith("columns", "Enforce", "3/3", "True", "Pass", "r7", "Guarded");
    }

    @Test
    void theColumnsOfAPolicyTellWhetherItIsInOrder() {
        var policy = Fixture.of("redactionpolicy", "valid-rule-only").as(RedactionPolicy.class);
        policy.setMetadata(new ObjectMetaBuilder().withName("columns").build());
        var stored = server.client().resource(policy).create();
        stored.setStatus(new RedactionPolicyStatus(
                1L,
                List.of(condition(ConditionType.READY, "True", ConditionReason.VALID)),
                1,
                List.of("support", "sales")));
        server.client().resource(stored).updateStatus();

        var table = table("redactionpolicies", "columns");

        assertThat(columns(table)).containsExactly("Name", "Rules", "Ready", "Reason", "Age");
        assertThat(cells(table)).startsWith("columns", "1", "True", "Valid");
    }

    @Test
    void theColumnsOfATestTellWhatItFound() {
        var test = Fixture.of("leakagetest", "valid-everything-supported").as(LeakageTest.class);
        test.setMetadata(new ObjectMetaBuilder().withName("columns").build());
        var stored = server.client().resource(test).create();
        stored.setStatus(new LeakageTestStatus(
                1L,
                null,
                Verdict.FAIL,
                "r7",
                new LeakageRun("1", "2026-11-23T03:00:00Z", "2026-11-23T03:04:00Z", "report", null, 42L),
                List.of(new ProbeResult(
                        Probe.Name.CANARY, Verdict.FAIL, "hits", "1", "0.05", "0.2", "0", "none", "a canary was read")),
                "2026-11-24T03:00:00Z"));
        server.client().resource(stored).updateStatus();

        var table = table("leakagetests", "columns");

        assertThat(columns(table))
                .containsExactly("Name", "Pipeline", "Schedule", "Verdict", "Last run", "Reason", "Age");
        assertThat(cells(table)).startsWith("columns", "support", "0 3 * * *", "Fail");
    }

    @Test
    void theShortNamesWork() {
        assertThat(server.client()
                        .apiextensions()
                        .v1()
                        .customResourceDefinitions()
                        .list()
                        .getItems())
                .extracting(definition -> definition
                        .getStatus()
                        .getAcceptedNames()
                        .getShortNames()
                        .get(0))
                .contains("rag", "redact", "leak");
    }

    private static RagPipeline pipeline(String name) {
        var pipeline = Fixture.of("ragpipeline", "valid-minimal").as(RagPipeline.class);
        pipeline.setMetadata(new ObjectMetaBuilder().withName(name).build());
        return pipeline;
    }

    private static RagPipelineStatus status(String revision, Condition condition) {
        return new RagPipelineStatus(1L, List.of(condition), revision, "0/0", null, null, null);
    }

    private static Condition condition(ConditionType type, String status, ConditionReason reason) {
        return new ConditionBuilder()
                .withType(type.value())
                .withStatus(status)
                .withReason(reason.value())
                .withMessage("")
                .withLastTransitionTime("2026-11-23T12:00:00Z")
                .build();
    }

    private static RagPipeline apply(RagPipeline pipeline) {
        return server.client().resource(pipeline).fieldManager("test").serverSideApply();
    }

    private static void applyStatus(String name, String manager, Condition condition) {
        var pipeline = new RagPipeline();
        pipeline.setMetadata(new ObjectMetaBuilder()
                .withName(name)
                .withNamespace(server.namespace())
                .build());
        pipeline.setStatus(new RagPipelineStatus(null, List.of(condition), null, null, null, null, null));
        server.client()
                .resource(pipeline)
                .subresource("status")
                .patch(
                        new PatchContext.Builder()
                                .withPatchType(PatchType.SERVER_SIDE_APPLY)
                                .withFieldManager(manager)
                                .build(),
                        pipeline);
    }

    private static JsonNode table(String plural, String name) {
        var client = server.client();
        var http = client.getHttpClient();
        var uri = URI.create(client.getConfiguration().getMasterUrl())
                .resolve("/apis/redoubt.dev/v1alpha1/namespaces/" + server.namespace() + "/" + plural + "/" + name);
        HttpResponse<String> response = http.sendAsync(
                        http.newHttpRequestBuilder()
                                .uri(uri)
                                .header("Accept", "application/json;as=Table;v=v1;g=meta.k8s.io")
                                .build(),
                        String.class)
                .join();
        assertThat(response.code()).isEqualTo(200);
        return client.getKubernetesSerialization().unmarshal(response.body(), JsonNode.class);
    }

    private static List<String> columns(JsonNode table) {
        return table.findValue("columnDefinitions").findValuesAsText("name");
    }

    private static List<Integer> priorities(JsonNode table) {
        var priorities = new ArrayList<Integer>();
        table.get("columnDefinitions")
                .forEach(column -> priorities.add(column.get("priority").asInt()));
        return priorities;
    }

    private static List<String> cells(JsonNode table) {
        var cells = new ArrayList<String>();
        table.at("/rows/0/cells").forEach(cell -> cells.add(cell.asText()));
        return cells;
    }
}
