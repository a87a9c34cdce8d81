package dev.redoubt.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** How pods come to have a guard, and what cannot be done around that. The pipeline is there before the workloads. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class InjectionIT {
    private static final Demo DEMO = new Demo("e2e-injection");

    @BeforeAll
    static void armAPipeline() {
        DEMO.clear();
        DEMO.apply(DEMO.manifest("pipeline.yaml").replace("${MODE}", "Enforce"));
    }

    @AfterAll
    static void giveTheNodeBack() {
        DEMO.clear();
    }

    @Test
    @Order(1)
    void anAbsentWorkloadIsArmedNotAnError() {
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(DEMO.condition("rag/support", "Ready"))
                .isEqualTo("False Armed"));
    }

    @Test
    @Order(2)
    void theVeryFirstPodOfAnArmedWorkloadIsGuarded() {
        DEMO.deploy();
        DEMO.awaitReady();
        JsonNode pod = DEMO.pod("chroma");
        assertThat(pod.at("/spec/initContainers/0/name").asText()).isEqualTo("redoubt-guard");
        assertThat(DEMO.get("events").toString()).doesNotContain("Evicted");
    }

    @Test
    @Order(3)
    void aRestartedDeploymentComesBackGuarded() {
        String before = DEMO.pod("chroma").at("/metadata/name").asText();
        DEMO.kubectl("rollout", "restart", "deploy/chroma");
        DEMO.kubectl("rollout", "status", "deploy/chroma", "--timeout=120s");
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode pod = DEMO.pod("chroma");
            assertThat(pod.at("/metadata/name").asText()).isNotEqualTo(before);
            assertThat(pod.at("/spec/initContainers/0/name").asText()).isEqualTo("redoubt-guard");
        });
    }

    @Test
    @Order(4)
    void aStatefulSetIsGuardedInTheSameWay() {
        DEMO.apply(DEMO.manifest("workloads.yaml")
                .split("---")[0]
                .replace("kind: Deployment", "kind: StatefulSet")
                .replace("name: chroma, namespace", "name: archive, namespace")
                .replace("app: chroma", "app: archive")
                .replace("  replicas: 1", "  serviceName: archive\n  replicas: 1"));
        DEMO.apply(DEMO.manifest("pipeline.yaml")
                .replace("${MODE}", "Enforce")
                .split("---")[1]
                .replace("name: support,", "name: archive,")
                .replace("workload: {kind: Deployment, name: chroma}", "workload: {kind: StatefulSet, name: archive}")
                .replaceAll("(?s)  models:.*?  clients:", "  clients:")
                .replaceAll("    - \\{target: (chat|embeddings).*\n", ""));
        DEMO.kubectl("wait", "--for=condition=Ready", "rag/archive", "--timeout=120s");
        JsonNode pod = DEMO.pod("archive");
        assertThat(pod.at("/metadata/name").asText()).isEqualTo("archive-0");
        assertThat(pod.at("/spec/initContainers/0/name").asText()).isEqualTo("redoubt-guard");
        DEMO.kubectl("delete", "rag/archive", "statefulset/archive");
    }

    @Test
    @Order(5)
    void aPodThatForgesTheLabelIsRefused() {
        Shell.Result forged = DEMO.tryApply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: forged, labels: {app: chroma, redoubt.dev/guard: support.docs}}
                spec:
                  containers: [{name: app, image: "%s", args: [sleep, "60"]}]
                """
                        .formatted(InstalledRedoubt.get().image("CLIENT_IMAGE")));
        assertThat(forged.status()).isNotZero();
        assertThat(forged.err()).contains("redoubt-guard");
    }

    @Test
    @Order(6)
    void aPodThatForgesTheContainersNameWithAnotherImageIsRefused() {
        Shell.Result forged = DEMO.tryApply(
                """
                apiVersion: v1
                kind: Pod
                metadata: {name: forged, labels: {app: chroma, redoubt.dev/guard: support.docs}}
                spec:
                  initContainers: [{name: redoubt-guard, image: "%1$s", restartPolicy: Always, args: [sleep, "60"]}]
                  containers: [{name: app, image: "%1$s", args: [sleep, "60"]}]
                """
                        .formatted(InstalledRedoubt.get().image("CLIENT_IMAGE")));
        assertThat(forged.status()).isNotZero();
        assertThat(forged.err()).contains("redoubt-guard");
    }

    @Test
    @Order(7)
    void theGuardLabelCannotBeAddedLater() {
        Shell.Result labelled = DEMO.tryKubectl("label", "pod", "-l", "app=client", "redoubt.dev/guard=support.docs");
        assertThat(labelled.status()).isNotZero();
    }

    @Test
    @Order(8)
    void aDisruptionBudgetIsRespectedWhenPodsAreReplaced() {
        DEMO.kubectl("delete", "rag", "support", "--wait=true");
        DEMO.kubectl("rollout", "restart", "deploy/chroma");
        DEMO.kubectl("rollout", "status", "deploy/chroma", "--timeout=120s");
        await().atMost(Duration.ofSeconds(60))
                .untilAsserted(() -> assertThat(DEMO.pod("chroma").at("/spec").has("initContainers"))
                        .as("without a pipeline new pods have no guard")
                        .isFalse());
        String unguarded = DEMO.pod("chroma").at("/metadata/name").asText();
        DEMO.apply(
                """
                apiVersion: policy/v1
                kind: PodDisruptionBudget
                metadata: {name: chroma}
                spec: {maxUnavailable: 0, selector: {matchLabels: {app: chroma}}}
                """);
        DEMO.apply(DEMO.manifest("pipeline.yaml").replace("${MODE}", "Enforce"));
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(DEMO.kubectl(
                        "get", "rag", "support", "-o", "jsonpath={.status.conditions[?(@.type=='Injected')].message}"))
                .contains("PodDisruptionBudget"));
        assertThat(DEMO.pod("chroma").at("/metadata/name").asText()).isEqualTo(unguarded);
        DEMO.kubectl("delete", "pdb", "chroma");
        DEMO.awaitReady();
        assertThat(DEMO.pod("chroma").at("/spec/initContainers/0/name").asText())
                .isEqualTo("redoubt-guard");
    }
}
