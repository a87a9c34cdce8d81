package dev.redoubt.controller.pipeline;

import static dev.redoubt.controller.Pipelines.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redoubt.controller.Cluster;
import dev.redoubt.controller.Labels;
import dev.redoubt.controller.Pipelines;
import dev.redoubt.controller.RunningOperator;
import dev.redoubt.controller.StatusWrites;
import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.LeakageTest;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.RedactionPolicy;
import dev.redoubt.crds.testing.KubeApiServer;
import dev.redoubt.injection.Target;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * What others write while the operator writes a status must not be lost (java-operator-sdk #3398, #3455): JOSDK 5.3
 * drops such events unless {@code comparableResourceVersions} is off on every informer. An armed pipeline is reconciled
 * again after minutes only, so a lost event shows as a timeout here.
 */
class LostEventsIT {
    @RegisterExtension
    static final KubeApiServer SERVER = new KubeApiServer();

    private static final StatusWrites WRITES = new StatusWrites();
    private static final AtomicInteger NAMES = new AtomicInteger();

    private static final int WATCH_SECONDS = 10;

    private static int lastSeen;
    private static KubernetesClient operatorClient;
    private static RunningOperator operator;
    private static Cluster cluster;
    private static Pipelines pipelines;

    @BeforeAll
    static void start() {
        RunningOperator.install(SERVER.client());
        operatorClient = WRITES.client(SERVER.client());
        operator = new RunningOperator(operatorClient, SERVER.namespace());
        cluster = new Cluster(SERVER.client());
        pipelines = new Pipelines(SERVER.client());
    }

    @AfterAll
    static void stop() {
        operator.close();
        operatorClient.close();
    }

    @RepeatedTest(10)
    void ofTwoRapidEditsTheSecondArrives() {
        RagPipeline pipeline = armed();

        allow(pipeline, 3);
        allow(pipeline, 4);

        awaitMaxResults(pipeline, 4);
    }

    @Test
    void everyEditOfALongRowArrivesInTheEnd() {
        RagPipeline pipeline = armed();

        for (int results = 20; results <= 60; results++) {
            allow(pipeline, results);
        }

        awaitMaxResults(pipeline, 60);
        soon().untilAsserted(() -> {
            RagPipeline now = pipelines.now(pipeline);
            assertThat(now.getStatus().observedGeneration())
                    .isEqualTo(now.getMetadata().getGeneration());
        });
    }

    @Test
    void anEditDuringAStatusWriteArrives() {
        RagPipeline pipeline = waitingForPolicies();
        WRITES.beforeNext(() -> nameAndAwait(pipeline));

        name(pipeline, "missing", "missing-too");

        soon().until(WRITES::happened);
        soon().untilAsserted(() -> assertThat(pipelines.config(pipeline))
                .as("no policy is missing")
                .isPresent());
    }

    @Test
    void aDeletionDuringAStatusWriteArrives() {
        RagPipeline pipeline = waitingForPolicies();
        WRITES.beforeNext(() -> {
            SERVER.client().resource(pipeline).delete();
            SERVER.client()
                    .resource(pipeline)
                    .waitUntilCondition(
                            now -> now == null || now.getMetadata().getDeletionTimestamp() != null,
                            WATCH_SECONDS,
                            TimeUnit.SECONDS);
        });

        name(pipeline, "missing", "missing-too");

        soon().until(WRITES::happened);
        soon().untilAsserted(() -> assertThat(pipelines.now(pipeline)).isNull());
    }

    @Test
    void anEditOfAGuardsConfigurationDuringAStatusWriteIsUndone() {
        RagPipeline pipeline = armed();
        WRITES.beforeNext(() -> cluster.merge(configMap(pipeline), "{\"data\": {\"guard.json\": \"{}\"}}"));

        allow(pipeline, 6);

        soon().until(WRITES::happened);
        soon().ignoreExceptions().untilAsserted(() -> assertThat(pipelines.config(pipeline))
                .hasValueSatisfying(
                        config -> assertThat(config.retrieval().maxResults()).isEqualTo(6)));
    }

    @Test
    void theLossOfAClientsKeyDuringAStatusWriteIsSeen() {
        RagPipeline pipeline = armed();
        WRITES.beforeNext(() -> SERVER.client()
                .secrets()
                .withLabel(Labels.PIPELINE, pipeline.getMetadata().getName())
                .withLabel(Labels.CLIENT, "assistant")
                .delete());
        String lost = pipelines
                .config(pipeline)
                .orElseThrow()
                .clients()
                .get(0)
                .apiKeySha256()
                .get(0);

        allow(pipeline, 6);

        soon().until(WRITES::happened);
        soon().untilAsserted(() -> assertThat(pipelines.config(pipeline))
                .hasValueSatisfying(config -> assertThat(config.clients().get(0).apiKeySha256())
                        .hasSize(1)
                        .doesNotContain(lost)));
    }

    @Test
    void anEditOfAPolicyDuringAStatusWriteArrives() {
        RedactionPolicy policy = cluster.create(
                RedactionPolicy.class,
                """
                apiVersion: redoubt.dev/v1alpha1
                kind: RedactionPolicy
                metadata: {name: rapid}
                spec: {drop: [one]}
                """);
        soon().until(() -> SERVER.client().resource(policy).get().getStatus() != null);
        WRITES.beforeNext(() -> {
            cluster.merge(policy, rules("PHONE_NUMBER", "IBAN_CODE"));
            SERVER.client()
                    .resource(policy)
                    .waitUntilCondition(now -> now.getSpec().rules().size() == 2, WATCH_SECONDS, TimeUnit.SECONDS);
        });

        cluster.merge(policy, rules("EMAIL_ADDRESS"));

        soon().until(WRITES::happened);
        soon().untilAsserted(() -> assertThat(
                        SERVER.client().resource(policy).get().getStatus().rules())
                .isEqualTo(2));
    }

    private static String rules(String... entities) {
        return "{\"spec\": {\"rules\": ["
                + Arrays.stream(entities)
                        .map(entity ->
                                "{\"entities\": [\"" + entity + "\"], \"at\": [\"Ingest\"], \"action\": \"Mask\"}")
                        .collect(Collectors.joining(","))
                + "]}}";
    }

    @Test
    void anEditOfALeakageTestDuringAStatusWriteArrives() {
        LeakageTest test = cluster.create(
                LeakageTest.class,
                """
                apiVersion: redoubt.dev/v1alpha1
                kind: LeakageTest
                metadata: {name: rapid}
                spec: {pipeline: {name: absent-1}, as: assistant, probes: [{name: Canary}]}
                """);
        soon().until(() -> SERVER.client().resource(test).get().getStatus() != null);
        WRITES.beforeNext(() -> {
            attack(test, "absent-3");
            SERVER.client()
                    .resource(test)
                    .waitUntilCondition(
                            now -> now.getSpec().pipeline().name().equals("absent-3"), WATCH_SECONDS, TimeUnit.SECONDS);
        });

        attack(test, "absent-2");

        soon().until(WRITES::happened);
        soon().untilAsserted(() -> assertThat(
                        SERVER.client().resource(test).get().getStatus().conditions())
                .anyMatch(condition -> condition.getMessage().contains("absent-3")));
    }

    private static void attack(LeakageTest test, String pipeline) {
        cluster.merge(test, "{\"spec\": {\"pipeline\": {\"name\": \"" + pipeline + "\"}}}");
    }

    private static RagPipeline armed() {
        RagPipeline pipeline = create("");
        pipelines.awaitReady(pipeline, ConditionReason.ARMED);
        awaitQuiet();
        return pipeline;
    }

    /**
     * A pipeline whose next reconciliation writes its status and nothing else: the echo of another object would have it
     * reconciled again, and a lost event would not show.
     */
    private static RagPipeline waitingForPolicies() {
        RagPipeline pipeline = create("redactionPolicies: [{name: missing}]");
        pipelines.awaitReady(pipeline, ConditionReason.POLICY_NOT_FOUND);
        awaitQuiet();
        return pipeline;
    }

    private static RagPipeline create(String more) {
        String name = "rapid-" + NAMES.incrementAndGet();
        return cluster.pipeline(name, name, more);
    }

    /** What the first reconciliations wrote has come back, so that the next one is about what comes next. */
    private static void awaitQuiet() {
        await().during(Duration.ofMillis(400)).atMost(Duration.ofSeconds(10)).until(WRITES::reconciliations, seen -> {
            boolean same = seen == lastSeen;
            lastSeen = seen;
            return same;
        });
    }

    /** Names no policy, and waits until watches have told of it. */
    private static void nameAndAwait(RagPipeline pipeline) {
        name(pipeline);
        SERVER.client()
                .resource(pipeline)
                .waitUntilCondition(
                        now -> now.getSpec().redactionPolicies().isEmpty(), WATCH_SECONDS, TimeUnit.SECONDS);
    }

    private static void name(RagPipeline pipeline, String... policies) {
        String list = Arrays.stream(policies)
                .map(policy -> "{\"name\": \"" + policy + "\"}")
                .collect(Collectors.joining(","));
        cluster.merge(pipeline, "{\"spec\": {\"redactionPolicies\": [" + list + "]}}");
    }

    private static ConfigMap configMap(RagPipeline pipeline) {
        return SERVER.client()
                .configMaps()
                .withName(Target.of(pipeline).get(0).guardObject())
                .get();
    }

    private static void allow(RagPipeline pipeline, int maxResults) {
        cluster.merge(
                pipeline,
                """
                {"spec": {"vectorStores": [{"name": "docs", "engine": "Chroma", "retrieval": {"maxResults": %d},
                  "workload": {"kind": "Deployment", "name": "%s"}}]}}
                """
                        .formatted(maxResults, pipeline.getMetadata().getName()));
    }

    private static void awaitMaxResults(RagPipeline pipeline, int maxResults) {
        soon().untilAsserted(() -> assertThat(pipelines.config(pipeline))
                .hasValueSatisfying(
                        config -> assertThat(config.retrieval().maxResults()).isEqualTo(maxResults)));
    }
}
