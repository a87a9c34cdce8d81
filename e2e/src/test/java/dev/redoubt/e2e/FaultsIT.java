package dev.redoubt.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Each part is killed while a client writes and reads: what was acknowledged stays, what is forbidden never comes back. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class FaultsIT {
    private static final Demo DEMO = new Demo("e2e-faults");
    private static final Shell SHELL = InstalledRedoubt.get().shell();

    @BeforeAll
    static void guardAnApplication() {
        DEMO.clear();
        DEMO.deploy();
        DEMO.guard("Enforce");
        DEMO.restartClient();
    }

    @AfterAll
    static void giveTheNodeBack() {
        DEMO.clear();
    }

    @AfterEach
    void everythingIsGuardedAgain() {
        SHELL.kubectl("-n", "redoubt-system", "scale", "deploy/redoubt-webhook", "--replicas=2")
                .succeeded();
        SHELL.kubectl("-n", "redoubt-system", "rollout", "status", "deploy/redoubt-webhook", "--timeout=120s")
                .succeeded();
        DEMO.awaitReady();
    }

    @Test
    @Order(1)
    void killingTheControllerChangesNothingForRunningPodsAndItCatchesUp() {
        JsonNode account = whileAClientWorks(() -> {
            SHELL.kubectl(
                            "-n",
                            "redoubt-system",
                            "delete",
                            "pod",
                            "-l",
                            "app.kubernetes.io/name=redoubt-controller",
                            "--grace-period=0",
                            "--force")
                    .succeeded();
            DEMO.kubectl(
                    "patch",
                    "rag",
                    "support",
                    "--type=merge",
                    "-p",
                    "{\"metadata\":{\"labels\":{\"edited\":\"yes\"}},\"spec\":{\"mode\":\"Enforce\"}}");
        });
        nothingLostNothingLeaked(account);
        assertThat(account.get("errors").size())
                .as("requests that failed: " + account)
                .isZero();
        SHELL.kubectl("-n", "redoubt-system", "rollout", "status", "deploy/redoubt-controller", "--timeout=120s")
                .succeeded();
        DEMO.kubectl(
                "patch",
                "rag",
                "support",
                "--type=json",
                "-p",
                "[{\"op\":\"replace\",\"path\":\"/spec/clients/0/limits/requestsPerMinute\",\"value\":599}]");
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
            JsonNode pipeline = DEMO.get("rag", "support");
            assertThat(pipeline.at("/status/observedGeneration")).isEqualTo(pipeline.at("/metadata/generation"));
        });
    }

    @Test
    @Order(2)
    void whileTheWebhookIsDownGuardedPodsAreRefusedAndOthersAreNotTouched() {
        SHELL.kubectl("-n", "redoubt-system", "scale", "deploy/redoubt-webhook", "--replicas=0")
                .succeeded();
        await().atMost(Duration.ofSeconds(60)).until(() -> SHELL.kubectl(
                        "-n",
                        "redoubt-system",
                        "get",
                        "pod",
                        "-l",
                        "app.kubernetes.io/name=redoubt-webhook",
                        "-o",
                        "name")
                .succeeded()
                .isEmpty());
        JsonNode account = whileAClientWorks(() -> {
            DEMO.kubectl("scale", "deploy/chroma", "--replicas=2");
            await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(
                            DEMO.kubectl("get", "events", "--field-selector=reason=FailedCreate"))
                    .contains("webhook"));
            DEMO.kubectl(
                    "run",
                    "bystander",
                    "--image=" + InstalledRedoubt.get().image("CLIENT_IMAGE"),
                    "--image-pull-policy=IfNotPresent",
                    "--restart=Never",
                    "--command",
                    "--",
                    "sleep",
                    "60");
            DEMO.kubectl("wait", "--for=condition=Ready", "pod/bystander", "--timeout=60s");
            DEMO.kubectl("delete", "pod", "bystander", "--grace-period=1");
            assertThat(DEMO.get("pods", "-l", "app=chroma").get("items")).hasSize(1);
            DEMO.kubectl("scale", "deploy/chroma", "--replicas=1");
        });
        nothingLostNothingLeaked(account);
    }

    @Test
    @Order(3)
    void aKilledSidecarStopsItsPodsTrafficNotItsProtection() {
        JsonNode account = whileAClientWorks(() -> kill("chroma", "redoubt-guard"));
        nothingLostNothingLeaked(account);
        String address = DEMO.pod("chroma").at("/status/podIP").asText();
        assertThat(DEMO.client("assistant", "rag.py", "direct", address)
                        .get("relocated")
                        .asText())
                .isNotEqualTo("200");
    }

    @Test
    @Order(4)
    void aKilledStoreLosesNoAcknowledgedRecordAndTheGuardAnswersForIt() {
        JsonNode account = whileAClientWorks(() -> kill("chroma", "chroma"));
        nothingLostNothingLeaked(account);
    }

    @Test
    @Order(5)
    void aLeakageRunAgainstAStoreThatIsGoneIsInconclusiveAndNeverAPass() {
        // a run that worked tells where the store is
        JsonNode worked = DEMO.attack();
        assertThat(worked.get("verdict").asText()).as("" + worked).isEqualTo("Pass");
        DEMO.kubectl("scale", "deploy/chroma", "--replicas=0");
        DEMO.kubectl("wait", "--for=delete", "pod", "-l", "app=chroma", "--timeout=60s");
        try {
            JsonNode status = DEMO.attack();
            assertThat(status.get("verdict").asText()).as("" + status).isEqualTo("Inconclusive");
            assertThat(status.at("/probes/0/message").asText()).contains("nobody answers");
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() -> assertThat(DEMO.condition("rag/support", "LeakageTestPassed"))
                            .isEqualTo("Unknown Inconclusive"));
        } finally {
            DEMO.kubectl("scale", "deploy/chroma", "--replicas=1");
            DEMO.kubectl("rollout", "status", "deploy/chroma", "--timeout=120s");
        }
    }

    @Test
    @Order(6)
    void aLeakageRunWithoutBudgetIsInconclusiveAndNeverAPass() {
        DEMO.kubectl("patch", "leak", "nightly", "--type=merge", "-p", "{\"spec\":{\"budget\":{\"queries\":100}}}");
        JsonNode status = DEMO.attack();
        assertThat(status.get("verdict").asText()).as("" + status).isEqualTo("Inconclusive");
        assertThat(status.get("probes").toString()).contains("the budget of queries is spent");
    }

    private static void kill(String app, String container) {
        String pod = DEMO.pod(app).at("/metadata/name").asText();
        int before = restarts(pod, container);
        SHELL.run(Duration.ofMinutes(1), "", List.of("e2e/cluster/kill-container", "e2e-faults", pod, container))
                .succeeded();
        await().atMost(Duration.ofSeconds(60)).until(() -> restarts(pod, container) > before);
        DEMO.kubectl("wait", "--for=condition=Ready", "pod/" + pod, "--timeout=90s");
    }

    private static int restarts(String pod, String container) {
        JsonNode status = DEMO.get("pod", pod).path("status");
        for (String kind : List.of("containerStatuses", "initContainerStatuses")) {
            for (JsonNode one : status.path(kind)) {
                if (one.path("name").asText().equals(container)) {
                    return one.path("restartCount").asInt();
                }
            }
        }
        throw new AssertionError("pod " + pod + " has no container " + container);
    }

    private static JsonNode whileAClientWorks(Runnable fault) {
        CompletableFuture<JsonNode> account =
                CompletableFuture.supplyAsync(() -> DEMO.client("indexer", "steady.py", "25"));
        fault.run();
        return account.join();
    }

    private static void nothingLostNothingLeaked(JsonNode account) {
        assertThat(account.get("acknowledged").asInt()).as("" + account).isPositive();
        assertThat(account.get("reads").asInt()).as("" + account).isPositive();
        assertThat(account.get("missing")).as("" + account).isEmpty();
        assertThat(account.get("leaks").asInt()).as("" + account).isZero();
    }
}
