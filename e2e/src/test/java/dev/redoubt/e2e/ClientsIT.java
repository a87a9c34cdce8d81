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

/** What the official clients of Chroma and OpenAI see through the guard, on pods that were there before the pipeline. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ClientsIT {
    private static final Demo DEMO = new Demo("e2e-clients");
    private static String unguardedPod;

    @BeforeAll
    static void guardAnApplicationThatIsAlreadyRunning() {
        DEMO.clear();
        DEMO.deploy();
        unguardedPod = DEMO.pod("chroma").at("/metadata/name").asText();
        DEMO.guard("Enforce");
        DEMO.restartClient();
    }

    @AfterAll
    static void giveTheNodeBack() {
        DEMO.clear();
    }

    @Test
    @Order(1)
    void podsCreatedBeforeThePipelineAreReplacedByGuardedOnes() {
        JsonNode pod = DEMO.pod("chroma");
        assertThat(pod.at("/metadata/name").asText()).isNotEqualTo(unguardedPod);
        assertThat(pod.at("/spec/initContainers/0/name").asText()).isEqualTo("redoubt-guard");
        assertThat(pod.at("/metadata/labels").path("redoubt.dev/guard").asText())
                .isEqualTo("support.docs");
        assertThat(DEMO.get("deploy", "chroma").at("/spec/template/spec").has("initContainers"))
                .as("the workload's template is left alone")
                .isFalse();
    }

    @Test
    @Order(2)
    void anIndexerStoresAndAnAssistantFindsWithoutPersonalDataVectorsOrScores() {
        assertThat(DEMO.client("indexer", "rag.py", "ingest").get("stored").asInt())
                .isEqualTo(500);
        JsonNode seen = DEMO.client("assistant", "rag.py", "ask");
        assertThat(seen.get("emails").asInt()).isZero();
        assertThat(seen.get("cards").asInt()).isZero();
        assertThat(seen.get("vectors").asInt()).isZero();
        assertThat(seen.get("scores").asInt()).isZero();
        assertThat(seen.get("results").asInt()).isEqualTo(10);
        assertThat(seen.get("found").asInt())
                .as("questions whose ticket is still found")
                .isGreaterThanOrEqualTo(15);
        assertThat(seen.get("answered").asInt()).as("streamed answers").isEqualTo(20);
    }

    @Test
    @Order(3)
    void theStoresFilesHoldNoPersonalData() {
        String pod = DEMO.pod("chroma").at("/metadata/name").asText();
        JsonNode disk =
                Demo.parse(DEMO.kubectl("exec", pod, "-c", "chroma", "--", "python3", "/demo/rag.py", "disk", "/data"));
        assertThat(disk.get("bytes").asLong()).isPositive();
        assertThat(disk.get("emails").asInt()).isZero();
        assertThat(disk.get("cards").asInt()).isZero();
        assertThat(disk.get("names").asInt()).isZero();
    }

    @Test
    @Order(4)
    void nobodyExportsAndStrangersGetNothingByAnyWay() {
        assertThat(DEMO.client("assistant", "rag.py", "export").has("refused")).isTrue();
        assertThat(DEMO.client("assistant", "rag.py", "stranger").get("status").asText())
                .isEqualTo("401");
        String address = DEMO.pod("chroma").at("/status/podIP").asText();
        JsonNode direct = DEMO.client("assistant", "rag.py", "direct", address);
        assertThat(direct.get("port").asText()).isEqualTo("401");
        assertThat(direct.get("relocated").asText()).isNotEqualTo("200");
    }

    @Test
    @Order(5)
    void theOfficialClientsRaiseTheirOwnExceptionsOnRefusals() {
        JsonNode seen = DEMO.client("assistant", "refusals.py");
        assertThat(seen.get("ingest without the right").asText()).startsWith("403");
        assertThat(seen.get("wrong key").asText()).startsWith("401");
        assertThat(seen.get("logit bias").asText()).startsWith("PermissionDeniedError");
        assertThat(seen.get("logprobs").asText()).isEqualTo("none");
        assertThat(seen.get("unknown route").asText()).isEqualTo("403");
        assertThat(seen.get("secret in a prompt").asText())
                .startsWith("PermissionDeniedError 403")
                .doesNotContain("AKIA");
    }

    @Test
    @Order(6)
    void aClientOverItsRateGets429WithRetryAfter() {
        JsonNode pipeline = DEMO.get("rag", "support");
        int before = pipeline.at("/metadata/generation").asInt();
        DEMO.kubectl(
                "patch",
                "rag",
                "support",
                "--type=json",
                "-p",
                "[{\"op\":\"replace\",\"path\":\"/spec/clients/0/limits/requestsPerMinute\",\"value\":3}]");
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            JsonNode status = DEMO.get("rag", "support").path("status");
            return status.path("observedGeneration").asInt() > before
                    && DEMO.condition("rag/support", "ConfigLoaded").startsWith("True");
        });
        JsonNode seen = DEMO.client("assistant", "limits.py");
        assertThat(seen.get("allowed").asInt()).isLessThanOrEqualTo(6);
        assertThat(seen.get("refused").asInt()).isPositive();
        assertThat(seen.get("retryAfter").asInt()).isBetween(1, 60);
        DEMO.kubectl(
                "patch",
                "rag",
                "support",
                "--type=json",
                "-p",
                "[{\"op\":\"replace\",\"path\":\"/spec/clients/0/limits/requestsPerMinute\",\"value\":600}]");
    }

    @Test
    @Order(7)
    void aSecondPipelineThatClaimsTheWorkloadIsRefusedAndNamesTheFirst() {
        String second = DEMO.manifest("pipeline.yaml")
                .replace("${MODE}", "Observe")
                .replace("name: support,", "name: intruder,");
        String onlyPipeline = second.split("---")[1];
        DEMO.apply(onlyPipeline);
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(DEMO.condition("rag/intruder", "Ready"))
                .isEqualTo("False ClaimedByOther"));
        assertThat(DEMO.kubectl(
                        "get", "rag", "intruder", "-o", "jsonpath={.status.conditions[?(@.type=='Ready')].message}"))
                .contains("support");
        assertThat(DEMO.client("assistant", "rag.py", "stranger").get("status").asText())
                .isEqualTo("401");
        DEMO.kubectl("delete", "rag", "intruder");
    }

    @Test
    @Order(8)
    void aSettledPipelineIsNotWrittenAgain() {
        DEMO.awaitReady();
        await().during(Duration.ofSeconds(8))
                .atMost(Duration.ofSeconds(60))
                .until(() -> versions(), versions()::equals);
    }

    /** The analyzer is a stand-in that knows one name: what is tried here is the way there. */
    @Test
    @Order(9)
    void anAnalyzerThatThePolicyNamesIsAskedThroughTheFenceAndWithoutItNothingIsStored() {
        DEMO.apply(ANALYZER.replace("IMAGE", InstalledRedoubt.get().image("CLIENT_IMAGE")));
        DEMO.kubectl("rollout", "status", "deploy/analyzer", "--timeout=60s");
        DEMO.kubectl(
                "patch",
                "redact",
                "pii",
                "--type=json",
                "-p",
                "[{\"op\":\"add\",\"path\":\"/spec/rules/-\",\"value\":{\"entities\":[\"PERSON\"],\"at\":[\"Ingest\"],"
                        + "\"action\":\"Tokenize\"}},{\"op\":\"add\",\"path\":\"/spec/recognizers\",\"value\":[{\"name\":"
                        + "\"names\",\"service\":{\"name\":\"analyzer\",\"port\":80},\"entities\":[\"PERSON\"],"
                        + "\"timeout\":\"5s\"}]}]");
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        DEMO.client("indexer", "author.py").path("author").asText())
                .startsWith("<PERSON:"));
        DEMO.kubectl("delete", "service", "analyzer");
        await().atMost(Duration.ofSeconds(30))
                .untilAsserted(() -> assertThat(DEMO.condition("rag/support", "PoliciesResolved"))
                        .isEqualTo("False ServiceNotFound"));
        await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertThat(
                        DEMO.client("indexer", "author.py").path("refused").asText())
                .contains("recognizers.names"));
    }

    private static final String ANALYZER =
            """
            apiVersion: v1
            kind: Service
            metadata: {name: analyzer}
            spec:
              selector: {app: analyzer}
              # a number: the built-in cluster's enforcer of policies knows no named ports on the way out
              ports: [{port: 80, targetPort: 5002}]
            ---
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: analyzer}
            spec:
              selector: {matchLabels: {app: analyzer}}
              template:
                metadata: {labels: {app: analyzer}}
                spec:
                  automountServiceAccountToken: false
                  terminationGracePeriodSeconds: 1
                  securityContext: {runAsNonRoot: true, runAsUser: 1000, seccompProfile: {type: RuntimeDefault}}
                  containers:
                  - name: analyzer
                    image: IMAGE
                    imagePullPolicy: IfNotPresent
                    args: [python3, /demo/analyzer.py]
                    ports: [{name: http, containerPort: 5002}]
                    readinessProbe: {tcpSocket: {port: http}, periodSeconds: 1}
                    securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
                    volumeMounts: [{name: demo, mountPath: /demo}]
                  volumes:
                  - {name: demo, configMap: {name: demo}}
            """;

    private static String versions() {
        return DEMO.kubectl(
                "get",
                "rag,redact,leak,configmap,secret,networkpolicy,cronjob",
                "-o",
                "jsonpath={range .items[*]}{.kind}/{.metadata.name}={.metadata.resourceVersion} {end}");
    }
}
