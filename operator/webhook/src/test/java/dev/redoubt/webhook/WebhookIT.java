package dev.redoubt.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.WorkloadReference;
import dev.redoubt.crds.testing.KubeApiServer;
import dev.redoubt.injection.Claims;
import dev.redoubt.injection.GuardState;
import dev.redoubt.injection.GuardWebhooks;
import dev.redoubt.injection.InjectionDecision.Inject;
import dev.redoubt.injection.Injector;
import dev.redoubt.injection.JsonPatch;
import dev.redoubt.injection.Target;
import dev.redoubt.profiles.Profiles;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookBuilder;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The webhook behind a real API server, which calls it as the entries of {@link GuardWebhooks} say. */
class WebhookIT {
    @RegisterExtension
    static final KubeApiServer server = new KubeApiServer();

    @TempDir
    Path tls;

    private final TestCertificate certificate =
            TestCertificate.of(1, Instant.now().minusSeconds(60), Instant.now().plusSeconds(3600));
    private Vertx vertx;
    private CountedPipelines pipelines;
    private int port;

    @BeforeAll
    static void patience() {
        Awaitility.setDefaultTimeout(Duration.ofMinutes(1));
    }

    @BeforeEach
    void start() throws Exception {
        Gate.apply(server.client());
        certificate.write(tls);
        pipelines = new CountedPipelines();
        serve(0);
    }

    @AfterEach
    void stop() throws Exception {
        server.client().resource(configuration(List.of())).delete();
        await().until(() -> createdPlain(TestPods.ofDeployment("chroma")));
        server.client().resources(RagPipeline.class).delete();
        pipelines.pipelines.close();
        close();
    }

    @Test
    void podsOfEveryKindOfWorkloadAreGuardedAndStoredAsTheyWereMeant() {
        List<RagPipeline> claiming = List.of(
                create("deployed", WorkloadReference.Kind.DEPLOYMENT, "chroma"),
                create("stateful", WorkloadReference.Kind.STATEFUL_SET, "chroma"),
                create("everywhere", WorkloadReference.Kind.DAEMON_SET, "chroma"));
        arm(claiming);

        Injector injector = new Injector(Profiles.builtIn(), Gate.IMAGE);
        for (Pod pod : List.of(
                TestPods.ofDeployment("chroma"),
                TestPods.owned("StatefulSet", "chroma"),
                TestPods.owned("DaemonSet", "chroma"))) {
            Pod stored = server.client().pods().resource(pod).create();

            assertThat(guarded(stored)).isTrue();
            assertThat(stored.getSpec().getContainers().get(0).getArgs())
                    .containsExactly("run", "--path", "/data", "--host", "127.0.0.1", "--port", "18000");
            // what the API server filled in does not count as a difference, so that nothing is rolled out for it
            Inject again = (Inject) injector.decide(stored, server.namespace(), claiming);
            assertThat(JsonPatch.between(stored, again.pod())).isEmpty();
            assertThat(injector.stateOf(stored, again.target())).isEqualTo(GuardState.CURRENT);
        }
    }

    @Test
    void aPodThatComesRightAfterItsPipelineIsGuarded() {
        RagPipeline pipeline =
                FixedPipelines.pipeline(server.namespace(), "sudden", WorkloadReference.Kind.DEPLOYMENT, "chroma");
        // armed before it exists, so that nothing stands between its creation and the pod's
        arm(List.of(pipeline));
        for (int i = 0; i < 5; i++) {
            assertThat(createdPlain(TestPods.ofDeployment("chroma"))).isTrue();
            server.client().resource(pipeline).create();
            assertThat(guarded(server.client()
                            .pods()
                            .resource(TestPods.ofDeployment("chroma"))
                            .create()))
                    .isTrue();
            server.client().resource(pipeline).delete();
            await().until(() -> pipelines.known(server.namespace()).isEmpty());
        }
    }

    @Test
    void whileTheWebhookIsDownGuardedPodsAreRefusedAndNoOtherIsTouched() throws Exception {
        arm(List.of(create("deployed", WorkloadReference.Kind.DEPLOYMENT, "chroma")));
        close();

        assertThatThrownBy(() -> server.client()
                        .pods()
                        .resource(TestPods.ofDeployment("chroma"))
                        .create())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("docs.deployed." + server.namespace() + ".pods.redoubt.dev");
        for (Pod other : others()) {
            assertThat(guarded(server.client().pods().resource(other).create())).isFalse();
        }

        serve(port);
        await().until(() -> createdGuarded(TestPods.ofDeployment("chroma")));
    }

    @Test
    void aPodThatCannotBeGuardedIsRefusedWithTheNextStep() {
        arm(List.of(create("deployed", WorkloadReference.Kind.DEPLOYMENT, "chroma")));
        Pod pod = TestPods.ofDeployment("chroma");
        pod.getSpec().getContainers().get(0).setArgs(null);

        assertThatThrownBy(() -> server.client().pods().resource(pod).create())
                .hasMessageContaining("Write the command line out as args");
    }

    @Test
    void aForgedLabelIsRefusedOnThePipelinesPodsAndOnOthers() {
        arm(List.of(create("deployed", WorkloadReference.Kind.DEPLOYMENT, "chroma")));

        assertThatThrownBy(() -> server.client()
                        .pods()
                        .resource(forged(TestPods.ofDeployment("chroma")))
                        .create())
                .hasMessageContaining("carries marks of the guard");
        await().untilAsserted(() -> assertThatThrownBy(() -> server.client()
                        .pods()
                        .resource(forged(TestPods.bare("forged-")))
                        .dryRun()
                        .create())
                .hasMessageContaining("redoubt-gate"));
    }

    @Test
    void theEntriesAreStoredAsTheyAreWrittenSoThatWritingThemAgainChangesNothing() {
        List<MutatingWebhook> entries = entries(List.of(
                create("deployed", WorkloadReference.Kind.DEPLOYMENT, "chroma"),
                create("stateful", WorkloadReference.Kind.STATEFUL_SET, "chroma")));

        MutatingWebhookConfiguration stored =
                server.client().resource(configuration(entries)).create();

        assertThat(stored.getWebhooks()).isEqualTo(entries);
    }

    /** Pods that look a little like those of Deployment chroma. */
    private static List<Pod> others() {
        Pod withoutHash = TestPods.owned("ReplicaSet", "chroma-7d9f8c6b5");
        Pod otherController = new PodBuilder(TestPods.ofDeployment("chroma"))
                .editMetadata()
                .editFirstOwnerReference()
                .withController(false)
                .endOwnerReference()
                .endMetadata()
                .build();
        Pod otherGroup = new PodBuilder(TestPods.ofDeployment("chroma"))
                .editMetadata()
                .editFirstOwnerReference()
                .withApiVersion("apps.kruise.io/v1")
                .endOwnerReference()
                .endMetadata()
                .build();
        Pod emptyHash = new PodBuilder(TestPods.ofDeployment("chroma"))
                .editMetadata()
                .addToLabels("pod-template-hash", "")
                .endMetadata()
                .build();
        return Stream.of(
                        TestPods.bare("chroma-7d9f8c6b5-"),
                        TestPods.ofDeployment("chroma-web"),
                        TestPods.ofDeployment("other"),
                        TestPods.owned("StatefulSet", "chroma"),
                        withoutHash,
                        otherController,
                        otherGroup,
                        emptyHash)
                .toList();
    }

    private static Pod forged(Pod pod) {
        return new PodBuilder(pod)
                .editMetadata()
                .addToLabels("redoubt.dev/guard", "deployed.docs")
                .endMetadata()
                .build();
    }

    private RagPipeline create(String name, WorkloadReference.Kind kind, String workload) {
        return server.client()
                .resource(FixedPipelines.pipeline(server.namespace(), name, kind, workload))
                .create();
    }

    /** Makes the API server call the webhook for these pipelines, and waits until it does. */
    private void arm(List<RagPipeline> claiming) {
        List<MutatingWebhook> local = entries(claiming).stream()
                .map(entry -> new MutatingWebhookBuilder(entry)
                        .editClientConfig()
                        .withUrl("https://127.0.0.1:" + port
                                + entry.getClientConfig().getService().getPath())
                        .withService(null)
                        .endClientConfig()
                        .build())
                .toList();
        server.client().resource(configuration(local)).create();
        for (Target target : Claims.of(claiming).holders()) {
            Pod pod = target.workload().kind() == WorkloadReference.Kind.DEPLOYMENT
                    ? TestPods.ofDeployment(target.workload().name())
                    : TestPods.owned(
                            target.workloadName().split("/")[0],
                            target.workload().name());
            await("the API server calls the webhook").until(() -> {
                long before = pipelines.asked.get();
                server.client().pods().resource(pod).dryRun().create();
                return pipelines.asked.get() > before;
            });
        }
    }

    private List<MutatingWebhook> entries(List<RagPipeline> claiming) {
        return new GuardWebhooks("redoubt-system", "redoubt-webhook", certificate.bundle()).entries(claiming);
    }

    private static MutatingWebhookConfiguration configuration(List<MutatingWebhook> entries) {
        return new MutatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .withName(GuardWebhooks.CONFIGURATION)
                .endMetadata()
                .withWebhooks(entries)
                .build();
    }

    private void serve(int wanted) throws Exception {
        vertx = Vertx.vertx();
        WebhookServer webhook = new WebhookServer(
                vertx,
                new WebhookSettings(List.of(server.namespace()), Gate.IMAGE, tls, wanted, 0),
                pipelines,
                server.client().getKubernetesSerialization(),
                InstantSource.system());
        webhook.start().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
        await().until(() -> webhook.port() != 0);
        port = webhook.port();
    }

    private void close() throws Exception {
        vertx.close().toCompletionStage().toCompletableFuture().get(60, TimeUnit.SECONDS);
    }

    private static boolean guarded(Pod pod) {
        return pod.getSpec().getInitContainers().stream()
                .anyMatch(
                        c -> c.getName().equals("redoubt-guard") && c.getImage().equals(Gate.IMAGE));
    }

    private static boolean createdGuarded(Pod pod) {
        return tried(pod).filter(WebhookIT::guarded).isPresent();
    }

    private static boolean createdPlain(Pod pod) {
        return tried(pod).filter(created -> !guarded(created)).isPresent();
    }

    private static Optional<Pod> tried(Pod pod) {
        try {
            return Optional.of(server.client().pods().resource(pod).dryRun().create());
        } catch (KubernetesClientException refused) {
            return Optional.empty();
        }
    }

    /** Pipelines of the API server, and how often they were asked for. */
    private static final class CountedPipelines implements PipelineSource {
        final AtomicLong asked = new AtomicLong();
        private final InformedPipelines pipelines = new InformedPipelines(server.client(), List.of(server.namespace()));

        @Override
        public List<RagPipeline> known(String namespace) {
            asked.incrementAndGet();
            return pipelines.known(namespace);
        }

        @Override
        public List<RagPipeline> current(String namespace) throws UnreachableException {
            return pipelines.current(namespace);
        }

        @Override
        public boolean isSynced() {
            return pipelines.isSynced();
        }
    }
}
