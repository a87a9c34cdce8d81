package dev.redoubt.controller.rights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redoubt.controller.Cluster;
import dev.redoubt.controller.GuardedStore;
import dev.redoubt.controller.Labels;
import dev.redoubt.controller.RunningOperator;
import dev.redoubt.crds.ConditionType;
import dev.redoubt.crds.LeakageTest;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.RedactionPolicy;
import dev.redoubt.crds.Verdict;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionFactory;

/** A pipeline and its leakage test from the first apply to the end, through all that the controller ever does. */
final class WholeLife {
    private final KubernetesClient admin;
    private final Cluster cluster;
    private final RunningOperator operator;

    WholeLife(KubernetesClient admin, RunningOperator operator) {
        this.admin = admin;
        this.cluster = new Cluster(admin);
        this.operator = operator;
    }

    void live() {
        Deployment deployment = cluster.chroma("chroma", 1);
        Pod unguarded = cluster.unguarded(deployment);
        RagPipeline pipeline = pipelineAndPolicy();
        soon().untilAsserted(() -> {
            assertThat(admin.resource(unguarded).get()).as("evicted").isNull();
            assertThat(ofTarget(NetworkPolicy.class, "spare")).isNotEmpty();
        });

        cluster.merge(
                pipeline,
                """
                {"spec": {"vectorStores": [{"name": "docs", "engine": "Chroma",
                  "workload": {"kind": "Deployment", "name": "chroma"}, "fieldEncryption": {"fields": ["document"]}}],
                 "clients": [{"name": "assistant", "identity": {"apiKey": {}},
                  "allow": [{"target": "docs", "operations": ["Query"]}]}]}}
                """);
        soon().untilAsserted(() -> {
            assertThat(ofTarget(ConfigMap.class, "spare")).isEmpty();
            assertThat(ofTarget(Secret.class, "spare")).isEmpty();
            assertThat(ofTarget(NetworkPolicy.class, "spare")).isEmpty();
            assertThat(admin.secrets()
                            .withLabel(Labels.CLIENT, "indexer")
                            .list()
                            .getItems())
                    .isEmpty();
        });
        try (GuardedStore store = GuardedStore.guard(cluster, operator, deployment, pipeline)) {
            soon().untilAsserted(() -> assertThat(
                            cluster.condition(pipeline, ConditionType.READY).getStatus())
                    .isEqualTo("True"));
            assertThat(store.guard().pushed()).isNotEmpty();
            damage();
            attack();
        }
        end(pipeline);
    }

    private RagPipeline pipelineAndPolicy() {
        cluster.create(
                RedactionPolicy.class,
                """
                apiVersion: redoubt.dev/v1alpha1
                kind: RedactionPolicy
                metadata: {name: pii}
                spec:
                  rules: [{entities: [EMAIL_ADDRESS], at: [Ingest], action: Tokenize}]
                """);
        return cluster.create(
                RagPipeline.class,
                """
                apiVersion: redoubt.dev/v1alpha1
                kind: RagPipeline
                metadata: {name: whole}
                spec:
                  vectorStores:
                  - {name: docs, workload: {kind: Deployment, name: chroma}, engine: Chroma}
                  - {name: spare, workload: {kind: StatefulSet, name: absent}, engine: Chroma}
                  clients:
                  - {name: assistant, identity: {apiKey: {}}, allow: [{target: docs, operations: [Query]}]}
                  - {name: indexer, identity: {apiKey: {}}, allow: [{target: docs, operations: [Ingest]}]}
                  redactionPolicies: [{name: pii}]
                """);
    }

    /** Somebody opens the fence, and it closes again. */
    private void damage() {
        for (NetworkPolicy policy : ofTarget(NetworkPolicy.class, "docs")) {
            long seen = policy.getMetadata().getGeneration();
            cluster.merge(policy, "{\"spec\": {\"ingress\": [{}], \"policyTypes\": [\"Ingress\"]}}");
            soon().untilAsserted(() -> {
                NetworkPolicy now = admin.resource(policy).get();
                assertThat(now.getSpec()).isEqualTo(policy.getSpec());
                assertThat(now.getMetadata().getGeneration()).isGreaterThan(seen);
            });
        }
    }

    private void attack() {
        cluster.create(
                Service.class,
                """
                apiVersion: v1
                kind: Service
                metadata: {name: chroma}
                spec: {selector: {app: chroma}, ports: [{port: 80, targetPort: http}]}
                """);
        LeakageTest test = cluster.create(
                LeakageTest.class,
                """
                apiVersion: redoubt.dev/v1alpha1
                kind: LeakageTest
                metadata: {name: whole, annotations: {redoubt.dev/run-now: "1"}}
                spec: {pipeline: {name: whole}, as: assistant, probes: [{name: Canary}], schedule: 0 3 * * *}
                """);
        Job job = soon().until(() -> list(Job.class), jobs -> jobs.size() == 1).get(0);
        soon().untilAsserted(() -> assertThat(list(CronJob.class))
                .singleElement()
                .satisfies(cron -> assertThat(cron.getSpec().getSuspend()).isTrue()));
        cluster.fail(job, "OutOfMemory");
        soon().untilAsserted(() ->
                assertThat(admin.resource(test).get().getStatus().verdict()).isEqualTo(Verdict.INCONCLUSIVE));
        cluster.merge(test, "{\"spec\": {\"schedule\": null}}");
        soon().untilAsserted(() -> assertThat(list(CronJob.class)).isEmpty());
    }

    private void end(RagPipeline pipeline) {
        admin.resource(pipeline).delete();
        soon().untilAsserted(() -> assertThat(admin.resource(pipeline).get())
                .as("the finaliser is gone")
                .isNull());
    }

    private <T extends HasMetadata> List<T> list(Class<T> kind) {
        return admin.resources(kind)
                .withLabel(Labels.MANAGED_BY, Labels.REDOUBT)
                .list()
                .getItems();
    }

    private <T extends HasMetadata> List<T> ofTarget(Class<T> kind, String target) {
        return admin.resources(kind).withLabel(Labels.TARGET, target).list().getItems();
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(200));
    }
}
