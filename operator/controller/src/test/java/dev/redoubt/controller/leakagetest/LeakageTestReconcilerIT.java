package dev.redoubt.controller.leakagetest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redoubt.controller.Cluster;
import dev.redoubt.controller.GuardedStore;
import dev.redoubt.controller.RunningOperator;
import dev.redoubt.crds.ConditionType;
import dev.redoubt.crds.LeakageTest;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.Verdict;
import dev.redoubt.crds.testing.KubeApiServer;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Duration;
import java.util.List;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LeakageTestReconcilerIT {
    @RegisterExtension
    static final KubeApiServer SERVER = new KubeApiServer();

    private static RunningOperator operator;
    private static KubernetesClient client;
    private static Cluster cluster;

    @BeforeAll
    static void start() {
        client = SERVER.client();
        RunningOperator.install(client);
        operator = new RunningOperator(client, SERVER.namespace());
        cluster = new Cluster(client);
    }

    @AfterAll
    static void stop() {
        operator.close();
    }

    @Test
    void aTestRunsOnceForEachConfigurationAndItsVerdictReachesThePipeline() {
        try (GuardedStore guarded = GuardedStore.create(cluster, operator, "once")) {
            LeakageTest test = test("once", "");

            Job job = soon().until(() -> jobs(test), jobs -> jobs.size() == 1).get(0);
            assertThat(job.getSpec().getTemplate().getSpec().getAutomountServiceAccountToken())
                    .isFalse();
            assertThat(guarded.guard().pushed())
                    .as("the attacked guard knows the attacker before the attack")
                    .last()
                    .satisfies(config -> assertThat(config.clients())
                            .anyMatch(one -> one.leakageTest()
                                    && one.name().equals("leakage.once.attacker")
                                    && one.apiKeySha256().size() == 1));
            cluster.complete(job, summary(test, guarded.pipeline(), "Pass"));

            soon().untilAsserted(() -> assertThat(client.resource(test).get().getStatus())
                    .satisfies(status -> {
                        assertThat(status.verdict()).isEqualTo(Verdict.PASS);
                        assertThat(status.probes()).hasSize(1);
                        assertThat(status.lastRun().digest()).startsWith("sha256:");
                        assertThat(client.configMaps()
                                        .withName(status.lastRun().reportConfigMap())
                                        .get())
                                .isNotNull();
                    }));
            soon().untilAsserted(() -> {
                assertThat(cluster.condition(guarded.pipeline(), ConditionType.LEAKAGE_TEST_PASSED)
                                .getStatus())
                        .isEqualTo("True");
                assertThat(client.resource(guarded.pipeline())
                                .get()
                                .getStatus()
                                .lastLeakage()
                                .verdict())
                        .isEqualTo(Verdict.PASS);
            });
            assertThat(jobs(test)).as("no second run of one configuration").hasSize(1);
        }
    }

    @Test
    void aRunThatLeftNoReportIsInconclusiveAndNeverAPass() {
        try (GuardedStore guarded = GuardedStore.create(cluster, operator, "silent")) {
            LeakageTest test = test("silent", "");
            Job job = soon().until(() -> jobs(test), jobs -> jobs.size() == 1).get(0);

            cluster.fail(job, "OutOfMemory");

            soon().untilAsserted(() -> assertThat(client.resource(test).get().getStatus())
                    .satisfies(status -> {
                        assertThat(status.verdict()).isEqualTo(Verdict.INCONCLUSIVE);
                        assertThat(status.probes())
                                .allMatch(probe -> probe.message().contains("left no report"));
                    }));
            soon().untilAsserted(
                            () -> assertThat(cluster.condition(guarded.pipeline(), ConditionType.LEAKAGE_TEST_PASSED)
                                            .getStatus())
                                    .isEqualTo("Unknown"));
        }
    }

    @Test
    void aTestWithAScheduleWaitsForItAndRunsWhenItIsAskedTo() {
        try (GuardedStore guarded = GuardedStore.create(cluster, operator, "nightly")) {
            LeakageTest test = test("nightly", "schedule: 0 3 * * *");
            CronJob cron = soon().until(
                            () -> client.batch()
                                    .v1()
                                    .cronjobs()
                                    .withName("redoubt-leakage-nightly")
                                    .get(),
                            found -> found != null);
            assertThat(cron.getSpec().getTimeZone()).isEqualTo("Etc/UTC");
            assertThat(cron.getSpec().getConcurrencyPolicy()).isEqualTo("Forbid");
            assertThat(jobs(test)).isEmpty();

            client.resource(test)
                    .patch(
                            PatchContext.of(PatchType.JSON_MERGE),
                            "{\"metadata\":{\"annotations\":{\"redoubt.dev/run-now\":\"1\"}}}");

            Job job = soon().until(() -> jobs(test), jobs -> jobs.size() == 1).get(0);
            soon().untilAsserted(() -> assertThat(
                            client.resource(cron).get().getSpec().getSuspend())
                    .as("the schedule starts no second run beside the first")
                    .isTrue());
            cluster.complete(job, summary(test, guarded.pipeline(), "Fail"));
            soon().untilAsserted(() -> {
                assertThat(client.resource(test).get().getStatus().verdict()).isEqualTo(Verdict.FAIL);
                assertThat(client.resource(cron).get().getSpec().getSuspend()).isFalse();
            });
            String version = client.resource(cron).get().getMetadata().getResourceVersion();
            assertThat(jobs(test)).as("one request is one run").hasSize(1);
            assertThat(client.resource(cron).get().getMetadata().getResourceVersion())
                    .isEqualTo(version);
        }
    }

    private static List<Job> jobs(LeakageTest test) {
        return client.batch()
                .v1()
                .jobs()
                .withLabel("redoubt.dev/leakage-test", test.getMetadata().getName())
                .list()
                .getItems();
    }

    private LeakageTest test(String name, String more) {
        return cluster.create(
                LeakageTest.class,
                """
                apiVersion: redoubt.dev/v1alpha1
                kind: LeakageTest
                metadata: {name: %1$s}
                spec:
                  pipeline: {name: %1$s}
                  as: assistant
                  probes: [{name: Canary}]
                  %2$s
                """
                        .formatted(name, more));
    }

    private static String summary(LeakageTest test, RagPipeline pipeline, String verdict) {
        return """
                {"run":{"test":"%s","pipelineRevision":"%s"},"seed":7,"verdict":"%s","probes":[{"name":"Canary",\
                "verdict":"%s","metric":"canaries recovered","value":0.0,"ciLow":0.0,"ciHigh":0.03,"threshold":0.05}]}"""
                .formatted(
                        test.getMetadata().getName(),
                        client.resource(pipeline).get().getStatus().configRevision(),
                        verdict,
                        verdict);
    }

    private static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(60)).pollInterval(Duration.ofMillis(250));
    }
}
