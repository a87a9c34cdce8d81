package dev.redoubt.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redoubt.crds.WorkloadReference;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import javax.net.ssl.TrustManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WebhookServerTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final String PATH = "/mutate/shop/support/docs";

    @TempDir
    Path tls;

    private final FixedPipelines pipelines = new FixedPipelines();
    private final Vertx vertx = Vertx.vertx();
    // the JDK's client compares a certificate's validity with the real time
    private final TestCertificate first = TestCertificate.of(1, Instant.EPOCH, Instant.parse("2200-01-01T00:00:00Z"));
    private volatile Instant now = NOW;
    private WebhookServer server;
    private int healthPort;

    @BeforeAll
    static void patience() {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }

    @BeforeEach
    void start() throws Exception {
        pipelines.known =
                List.of(FixedPipelines.pipeline("shop", "support", WorkloadReference.Kind.DEPLOYMENT, "chroma"));
        server = new WebhookServer(
                vertx,
                new WebhookSettings(List.of("shop"), "guard@sha256:1", tls, 0, 0),
                pipelines,
                new KubernetesSerialization(),
                () -> now);
        healthPort = server.start().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @AfterEach
    void stop() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    @Test
    void itIsReadyOnlyWithAValidCertificateAndPipelinesThatWereHeardOf() throws Exception {
        pipelines.synced = false;
        await().until(() -> !readiness().contains("self-test"));
        assertThat(readiness()).isEqualTo("503 there is no certificate yet");

        serve(first);
        assertThat(readiness()).isEqualTo("503 the pipelines were not heard of yet");

        pipelines.synced = true;
        assertThat(readiness()).isEqualTo("200 ok");

        now = Instant.parse("2200-01-01T00:00:00Z");
        assertThat(readiness()).isEqualTo("503 the certificate is not valid at this time");
        assertThat(health("/livez").statusCode()).isEqualTo(200);

        now = NOW;
        server.drain();
        assertThat(readiness()).isEqualTo("503 stopping");
    }

    @Test
    void aPodOfAPipelineGetsItsGuard() throws Exception {
        serve(first);

        JsonNode response = review(TestPods.ofDeployment("chroma"));

        assertThat(response.path("uid").asText()).isEqualTo("u-1");
        assertThat(response.path("allowed").asBoolean()).isTrue();
        assertThat(response.path("patchType").asText()).isEqualTo("JSONPatch");
        JsonNode patch =
                JSON.readTree(Base64.getDecoder().decode(response.path("patch").asText()));
        assertThat(patch.findValuesAsText("path"))
                .contains("/spec/initContainers", "/spec/volumes", "/spec/containers/0/args/6");
        assertThat(health("/metrics").body())
                .contains("redoubt_admissions_total{decision=\"Inject\",reason=\"GUARDED\"} 1.0")
                .contains("redoubt_webhook_certificate_expiry_timestamp_seconds");
    }

    @Test
    void aPodThatCannotBeGuardedIsRefusedWithTheReasonForItsPerson() throws Exception {
        serve(first);
        Pod pod = TestPods.ofDeployment("chroma");
        pod.getSpec().setHostNetwork(true);

        JsonNode response = review(pod);

        assertThat(response.path("allowed").asBoolean()).isFalse();
        assertThat(response.path("status").path("message").asText()).contains("hostNetwork: false");
        assertThat(response.path("warnings").path(0).asText()).contains("hostNetwork: false");
    }

    @Test
    void aPodThatComesSoonerThanTheNewsOfItsPipelineIsGuarded() throws Exception {
        serve(first);
        pipelines.current = pipelines.known;
        pipelines.known = List.of();

        assertThat(review(TestPods.ofDeployment("chroma")).path("patchType").asText())
                .isEqualTo("JSONPatch");
    }

    @Test
    void aPodOfAPipelineThatIsGoneStaysAsItIs() throws Exception {
        serve(first);
        pipelines.known = List.of();

        JsonNode response = review(TestPods.ofDeployment("chroma"));

        assertThat(response.path("allowed").asBoolean()).isTrue();
        assertThat(response.has("patch")).isFalse();
    }

    @Test
    void aPodIsRefusedWhileNobodyKnowsHowToGuardIt() throws Exception {
        serve(first);
        pipelines.known = List.of();
        pipelines.reachable = false;

        JsonNode response = review(TestPods.ofDeployment("chroma"));

        assertThat(response.path("allowed").asBoolean()).isFalse();
        assertThat(response.path("status").path("code").asInt()).isEqualTo(503);
        assertThat(response.path("status").path("message").asText()).contains("cannot be read");
    }

    @Test
    void whatIsNoReviewIsRefusedPlainly() throws Exception {
        serve(first);

        assertThat(post(PATH, "{").statusCode()).isEqualTo(400);
        assertThat(post(PATH, reviewOf(TestPods.bare("x")) + "{}").statusCode()).isEqualTo(400);
        assertThat(post(PATH, "[".repeat(100_000)).statusCode()).isEqualTo(400);
        assertThat(post(PATH, "{\"apiVersion\":\"admission.k8s.io/v1\",\"kind\":\"AdmissionReview\"}")
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(PATH, reviewOf(TestPods.bare("x")).replace("\"v1\"", "\"v9\""))
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(PATH, reviewOf(TestPods.bare("x")).replace("CREATE", "UPDATE"))
                        .statusCode())
                .isEqualTo(400);
        assertThat(post(PATH, " ".repeat(AdmissionServer.MAX_BODY + 1)).statusCode())
                .isEqualTo(413);
        assertThat(post("/mutate/shop/support", "{}").statusCode()).isEqualTo(404);
        assertThat(post(PATH, "{\"secret\":").body()).doesNotContain("secret");
    }

    @Test
    void aReviewOfAnotherNamespaceThanItsPathNamesIsRefused() throws Exception {
        serve(first);
        JsonNode response = JSON.readTree(post("/mutate/other/support/docs", reviewOf(TestPods.ofDeployment("chroma")))
                        .body())
                .path("response");

        assertThat(response.path("allowed").asBoolean()).isFalse();
    }

    @Test
    void aNewCertificateIsServedWithoutARestartAndABrokenOneIsNot() throws Exception {
        serve(first);
        HttpClient connected = trusting(first);
        assertThat(post(connected, PATH, "{").statusCode()).isEqualTo(400);

        TestCertificate second = TestCertificate.of(2, Instant.EPOCH, Instant.parse("2200-01-01T00:00:00Z"));
        second.write(tls);
        await().until(() -> {
            try {
                return post(trusting(second), PATH, "{").statusCode() == 400;
            } catch (SSLHandshakeException stillTheFirst) {
                // any other failure would be a connection that was refused meanwhile
                return false;
            }
        });
        // the connection of before lives on
        assertThat(post(connected, PATH, "{").statusCode()).isEqualTo(400);

        Files.writeString(tls.resolve("tls.crt"), first.pem());
        await().during(2, TimeUnit.SECONDS)
                .until(() -> post(trusting(second), PATH, "{").statusCode() == 400);
    }

    private void serve(TestCertificate certificate) throws IOException {
        certificate.write(tls);
        await().until(() -> server.port() != 0);
        await().until(() -> !readiness().contains("self-test"));
    }

    private String readiness() throws Exception {
        HttpResponse<String> response = health("/readyz");
        return response.statusCode() + " " + response.body().strip();
    }

    private HttpResponse<String> health(String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + healthPort + path))
                                .build(),
                        BodyHandlers.ofString());
    }

    private JsonNode review(Pod pod) throws Exception {
        HttpResponse<String> response = post(PATH, reviewOf(pod));
        assertThat(response.statusCode()).isEqualTo(200);
        return JSON.readTree(response.body()).path("response");
    }

    private static String reviewOf(Pod pod) {
        ObjectNode review = JSON.createObjectNode();
        review.put("apiVersion", "admission.k8s.io/v1").put("kind", "AdmissionReview");
        review.putObject("request")
                .put("uid", "u-1")
                .put("namespace", "shop")
                .put("operation", "CREATE")
                .set("object", JSON.valueToTree(pod));
        return review.toString();
    }

    private HttpResponse<String> post(String path, String body) throws Exception {
        return post(trusting(first), path, body);
    }

    private HttpResponse<String> post(HttpClient client, String path, String body)
            throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + server.port() + path))
                        .POST(HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                BodyHandlers.ofString());
    }

    private static HttpClient trusting(TestCertificate certificate) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("ca", certificate.certificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return HttpClient.newBuilder().sslContext(context).build();
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
