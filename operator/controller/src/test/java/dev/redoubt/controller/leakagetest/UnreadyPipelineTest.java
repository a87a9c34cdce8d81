package dev.redoubt.controller.leakagetest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.controller.OwnerReferences;
import dev.redoubt.controller.apply.ObjectWriter;
import dev.redoubt.controller.status.Conditions;
import dev.redoubt.controller.status.Finding;
import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.ConditionType;
import dev.redoubt.crds.LeakageTest;
import dev.redoubt.crds.LeakageTestStatus;
import dev.redoubt.crds.RagPipeline;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.server.mock.EnableKubernetesMockClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Runs against a pipeline that is not Ready: its store may have no pods, and the verdict has to say so. */
@EnableKubernetesMockClient(crud = true)
class UnreadyPipelineTest {
    private static final Instant ASKED = Instant.parse("2026-01-01T00:00:00Z");
    private static final String LAST_ADDRESS = "{\"store\":{\"host\":\"chroma.shop.svc\",\"port\":80}}";

    KubernetesClient client;

    @Test
    void aRunThatAUserAsksForWaitsAMinuteAndThenAttacksTheStoreWhereItWasLast() {
        LeakageTest test = test("annotations: {redoubt.dev/run-now: '1'}");
        assertThat(step(test, LAST_ADDRESS, 59)).isEqualTo(ProbeRuns.Progress.WAITING);
        assertThat(jobs()).isEmpty();

        assertThat(step(test, LAST_ADDRESS, 61)).isEqualTo(ProbeRuns.Progress.RUNNING);
        assertThat(jobs()).hasSize(1);
        assertThat(client.configMaps()
                        .inNamespace("shop")
                        .withName(ProbeObjects.name(test))
                        .get()
                        .getData()
                        .get(ProbeObjects.SPEC_KEY))
                .contains("\"host\":\"chroma.shop.svc\",\"port\":80");
    }

    @Test
    void aRunForANewConfigurationWaitsHoweverLongItTakesSoThatItsOnlyVerdictIsWorthSomething() {
        assertThat(step(test(""), LAST_ADDRESS, 86_400)).isEqualTo(ProbeRuns.Progress.WAITING);
        assertThat(jobs()).isEmpty();
    }

    @Test
    void aStoreThatWasNeverSeenHasNoAddressToAttack() {
        LeakageTest test = test("annotations: {redoubt.dev/run-now: '1'}");
        for (String unreadable : new String[] {null, "{}", "no JSON", "{\"store\":{\"host\":5}}"}) {
            assertThat(step(test, unreadable, 61)).isEqualTo(ProbeRuns.Progress.NO_SERVICE);
        }
        assertThat(jobs()).isEmpty();
    }

    private ProbeRuns.Progress step(LeakageTest test, String written, int secondsAfter) {
        Clock clock = Clock.fixed(ASKED.plusSeconds(secondsAfter), ZoneOffset.UTC);
        RagPipeline pipeline = Serialization.unmarshal(
                """
                apiVersion: redoubt.dev/v1alpha1
                kind: RagPipeline
                metadata: {name: support, namespace: shop}
                spec:
                  vectorStores:
                  - {name: docs, workload: {kind: Deployment, name: chroma}, engine: Chroma}
                  clients:
                  - name: assistant
                    identity: {apiKey: {}}
                    allow: [{target: docs, operations: [Query]}]
                """,
                RagPipeline.class);
        GuardedPipeline guarded = new GuardedPipeline(pipeline, List.of(), test).unready();
        Map<String, ConfigMap> configMaps = new TreeMap<>(guarded.configMaps());
        if (written != null) {
            ConfigMap before = new ConfigMapBuilder()
                    .withNewMetadata()
                    .withNamespace("shop")
                    .withName(ProbeObjects.name(test))
                    .withLabels(ProbeObjects.labels(test))
                    .withOwnerReferences(OwnerReferences.controller(test))
                    .endMetadata()
                    .addToData(ProbeObjects.SPEC_KEY, written)
                    .build();
            configMaps.put(ProbeObjects.name(test), client.resource(before).createOr(existing -> existing.update()));
        }
        return new ProbeRuns(client, new ObjectWriter(client), "redoubt.local/redoubt-probe@sha256:0", clock)
                .step(
                        test,
                        guarded.pipeline(),
                        guarded.clients(),
                        new LeakageSnapshot(configMaps, Map.of(), Optional.empty(), List.of()));
    }

    private List<Job> jobs() {
        return client.batch().v1().jobs().inNamespace("shop").list().getItems();
    }

    /** A test that has been waiting since it was asked for. */
    private static LeakageTest test(String metadata) {
        LeakageTest test = Serialization.unmarshal(
                """
                apiVersion: redoubt.dev/v1alpha1
                kind: LeakageTest
                metadata:
                  name: nightly
                  namespace: shop
                  uid: uid-of-nightly
                  %s
                spec:
                  pipeline: {name: support}
                  as: assistant
                  probes: [{name: Canary}]
                  budget: {queries: 700, duration: 5m}
                """
                        .formatted(metadata),
                LeakageTest.class);
        Finding waiting = Finding.yes(ConditionType.RECONCILING, ConditionReason.PENDING, "A run waits");
        test.setStatus(new LeakageTestStatus(
                1L,
                Conditions.of(List.of(), List.of(waiting), 1, Clock.fixed(ASKED, ZoneOffset.UTC)),
                null,
                null,
                null,
                null,
                null));
        return test;
    }
}
