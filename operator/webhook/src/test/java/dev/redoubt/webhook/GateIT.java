package dev.redoubt.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.WorkloadReference;
import dev.redoubt.crds.testing.KubeApiServer;
import dev.redoubt.injection.GuardContainer;
import dev.redoubt.injection.InjectionDecision.Inject;
import dev.redoubt.injection.Injector;
import dev.redoubt.profiles.Profiles;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EphemeralContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.VolumeProjection;
import io.fabric8.kubernetes.api.model.VolumeProjectionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What the gate lets through and what it refuses, on a real API server and without the webhook. */
class GateIT {
    private static final String LONG = "a-pipeline-with-a-name-that-is-nearly-as-long-as-it-may-be";

    @RegisterExtension
    static final KubeApiServer server = new KubeApiServer();

    @BeforeAll
    static void gate() {
        Gate.apply(server.client());
        Pod forged = new PodBuilder(TestPods.bare("forged-"))
                .editMetadata()
                .addToLabels(GuardContainer.LABEL, "support.docs")
                .endMetadata()
                .build();
        await("the gate takes effect").atMost(Duration.ofSeconds(60)).until(() -> {
            try {
                server.client().pods().resource(forged).dryRun().create();
                return false;
            } catch (KubernetesClientException e) {
                return e.getMessage().contains("redoubt-gate");
            }
        });
    }

    @Test
    void aPodWithoutAnyMarkIsOfNoInterest() {
        Pod pod = TestPods.bare("plain-");
        pod.getSpec().setHostNetwork(true);

        assertThatCode(() -> server.client().pods().resource(pod).create()).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("pipelines")
    void whatTheWebhookMakesPasses(String pipeline) {
        assertThatCode(() -> server.client().pods().resource(guarded(pipeline)).create())
                .doesNotThrowAnyException();
    }

    static List<String> pipelines() {
        return List.of("support", LONG);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("forgeries")
    void aForgeryIsRefused(String what, Pod pod, String message) {
        assertThatThrownBy(() -> server.client().pods().resource(pod).create())
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("redoubt-gate")
                .hasMessageContaining(message);
    }

    static Stream<Arguments> forgeries() {
        return Stream.of(
                arguments("label alone", labelled(TestPods.bare("x-")), "not the label and the annotation"),
                arguments(
                        "label and annotation without a guard",
                        annotated(labelled(TestPods.bare("x-"))),
                        "first init container is not the guard"),
                arguments("annotation alone", annotated(TestPods.bare("x-")), "not the label and the annotation"),
                arguments(
                        "the guard's name on another container",
                        new PodBuilder(TestPods.bare("x-"))
                                .editSpec()
                                .editFirstContainer()
                                .withName("redoubt-guard")
                                .endContainer()
                                .endSpec()
                                .build(),
                        "not the label and the annotation"),
                arguments("another image", guard(c -> c.withImage("evil.example/guard:1")), "guard's own image"),
                arguments(
                        "a guard that does not stay",
                        guard(c -> c.withRestartPolicy(null)
                                .withStartupProbe(null)
                                .withReadinessProbe(null)
                                .withLivenessProbe(null)),
                        "guard's own image"),
                arguments(
                        "a guard that comes second",
                        new PodBuilder(guarded("support"))
                                .editSpec()
                                .withInitContainers(
                                        new ContainerBuilder()
                                                .withName("first")
                                                .withImage("x")
                                                .build(),
                                        guarded("support")
                                                .getSpec()
                                                .getInitContainers()
                                                .get(0))
                                .endSpec()
                                .build(),
                        "first init container is not the guard"),
                arguments("another program in the image", guard(c -> c.withCommand("sleep", "9")), "its image says"),
                arguments("arguments", guard(c -> c.withArgs("--observe")), "its image says"),
                arguments(
                        "variables from elsewhere",
                        guard(c ->
                                c.addNewEnvFrom().withNewSecretRef("x", false).endEnvFrom()),
                        "its image says"),
                arguments(
                        "a probe that runs a program",
                        guard(c -> c.withNewLivenessProbe()
                                .withNewExec()
                                .withCommand("sh")
                                .endExec()
                                .endLivenessProbe()),
                        "its image says"),
                arguments(
                        "a variable more",
                        guard(c -> c.addNewEnv()
                                .withName("JAVA_TOOL_OPTIONS")
                                .withValue("-javaagent:/x.jar")
                                .endEnv()),
                        "environment must be"),
                arguments(
                        "another namespace in the environment",
                        guard(c -> c.editFirstEnv().withValue("elsewhere").endEnv()),
                        "environment must be"),
                arguments(
                        "ports that make no sense",
                        guard(c -> c.editMatchingEnv(e -> e.getName().equals("REDOUBT_PORTS"))
                                .withValue("http:80")
                                .endEnv()),
                        "environment must be"),
                arguments(
                        "another target in the label than in the environment",
                        new PodBuilder(guarded("support"))
                                .editMetadata()
                                .addToLabels(GuardContainer.LABEL, "support.other")
                                .endMetadata()
                                .build(),
                        "does not name the pipeline and target"),
                arguments(
                        "another pipeline with a long name",
                        new PodBuilder(guarded(LONG))
                                .editMetadata()
                                .addToLabels(GuardContainer.LABEL, "other-pipeline.docs-01234567")
                                .endMetadata()
                                .build(),
                        "does not name the pipeline and target"),
                arguments(
                        "a guard that runs as root",
                        guard(c ->
                                c.editSecurityContext().withRunAsNonRoot(false).endSecurityContext()),
                        "must run as non-root"),
                arguments(
                        "the keys in another container",
                        new PodBuilder(guarded("support"))
                                .editSpec()
                                .editFirstContainer()
                                .addNewVolumeMount()
                                .withName("redoubt-guard")
                                .withMountPath("/keys")
                                .endVolumeMount()
                                .endContainer()
                                .endSpec()
                                .build(),
                        "mounted by the guard and by nothing else"),
                arguments(
                        "another volume in the guard",
                        guard(c -> c.addNewVolumeMount()
                                .withName("programs")
                                .withMountPath("/app")
                                .endVolumeMount()),
                        "mounted by the guard and by nothing else"),
                arguments(
                        "a guard without its configuration",
                        guard(c -> c.withVolumeMounts(List.of())),
                        "mounted by the guard and by nothing else"),
                arguments(
                        "configuration from another ConfigMap",
                        source(s -> s.editConfigMap().withName("mine").endConfigMap()),
                        "must come from the ConfigMap and the Secret"),
                arguments(
                        "configuration and no keys",
                        new PodBuilder(guarded("support"))
                                .editSpec()
                                .editFirstVolume()
                                .editProjected()
                                .removeFromSources(guarded("support")
                                        .getSpec()
                                        .getVolumes()
                                        .get(0)
                                        .getProjected()
                                        .getSources()
                                        .get(1))
                                .endProjected()
                                .endVolume()
                                .endSpec()
                                .build(),
                        "must come from the ConfigMap and the Secret"),
                arguments(
                        "the node's network",
                        new PodBuilder(guarded("support"))
                                .editSpec()
                                .withHostNetwork(true)
                                .endSpec()
                                .build(),
                        "leads around its guard"),
                arguments(
                        "the node's processes",
                        new PodBuilder(guarded("support"))
                                .editSpec()
                                .withHostPID(true)
                                .endSpec()
                                .build(),
                        "leads around its guard"),
                arguments(
                        "shared processes",
                        new PodBuilder(guarded("support"))
                                .editSpec()
                                .withShareProcessNamespace(true)
                                .endSpec()
                                .build(),
                        "leads around its guard"),
                arguments(
                        "a port of the node",
                        new PodBuilder(guarded("support"))
                                .editSpec()
                                .editFirstContainer()
                                .addNewPort()
                                .withContainerPort(18000)
                                .withHostPort(18000)
                                .endPort()
                                .endContainer()
                                .endSpec()
                                .build(),
                        "leads around its guard"));
    }

    @Test
    void aGuardedPodKeepsItsMarksAndCanStillBeChangedOtherwiseAndDeleted() {
        Pod pod = server.client().pods().resource(guarded("support")).create();

        refused(
                "cannot be added, changed or removed",
                () -> edit(pod, p -> p.editMetadata()
                        .removeFromLabels(GuardContainer.LABEL)
                        .endMetadata()));
        refused(
                "cannot be added, changed or removed",
                () -> edit(pod, p -> p.editMetadata()
                        .addToLabels(GuardContainer.LABEL, "support.other")
                        .endMetadata()));
        refused(
                "cannot be added, changed or removed",
                () -> edit(pod, p -> p.editMetadata()
                        .removeFromAnnotations(GuardContainer.ANNOTATION)
                        .endMetadata()));
        refused(
                "image of a running guard",
                () -> edit(pod, p -> p.editSpec()
                        .editFirstInitContainer()
                        .withImage("evil.example/guard:1")
                        .endInitContainer()
                        .endSpec()));

        edit(pod, p -> p.editMetadata()
                .addToLabels("team", "search")
                .addToFinalizers("example.org/wait")
                .endMetadata());
        server.client().pods().withName(pod.getMetadata().getName()).editStatus(p -> new PodBuilder(p)
                .editOrNewStatus()
                .withPhase("Failed")
                .endStatus()
                .build());
        server.client().pods().resource(pod).withGracePeriod(0).delete();
        edit(pod, p -> p.editMetadata().withFinalizers().endMetadata());
        await().untilAsserted(() ->
                assertThat(server.client().pods().resource(pod).get()).isNull());
    }

    @Test
    void aPodThatHasNoGuardCannotBeGivenTheMarksLater() {
        Pod pod = server.client().pods().resource(TestPods.bare("plain-")).create();

        refused(
                "cannot be added, changed or removed",
                () -> edit(pod, p -> p.editMetadata()
                        .addToLabels(GuardContainer.LABEL, "support.docs")
                        .endMetadata()));
    }

    @Test
    void anEphemeralContainerComesIntoAGuardedPodOnlyByBreakingTheGlass() {
        Pod guarded = server.client().pods().resource(guarded("support")).create();
        Pod plain = server.client().pods().resource(TestPods.bare("plain-")).create();

        refused("ephemeral container", () -> debug(server.client(), guarded));
        assertThat(debug(server.client(), plain).getSpec().getEphemeralContainers())
                .hasSize(1);
        KubernetesClient breakGlass = server.clientAs("somebody", Gate.BREAK_GLASS, "system:masters");
        assertThat(debug(breakGlass, guarded).getSpec().getEphemeralContainers())
                .hasSize(1);
    }

    private static Pod debug(KubernetesClient client, Pod pod) {
        return client.pods().resource(pod).ephemeralContainers().edit(p -> new PodBuilder(p)
                .editSpec()
                .addToEphemeralContainers(new EphemeralContainerBuilder()
                        .withName("debug")
                        .withImage("busybox")
                        .build())
                .endSpec()
                .build());
    }

    private static void refused(String message, ThrowingCallable change) {
        assertThatThrownBy(change)
                .isInstanceOf(KubernetesClientException.class)
                .hasMessageContaining("redoubt-gate")
                .hasMessageContaining(message);
    }

    private static Pod edit(Pod pod, UnaryOperator<PodBuilder> change) {
        return server.client().pods().withName(pod.getMetadata().getName()).edit(p -> change.apply(new PodBuilder(p))
                .build());
    }

    private static Pod guard(UnaryOperator<ContainerBuilder> change) {
        Pod pod = guarded("support");
        pod.getSpec()
                .getInitContainers()
                .set(
                        0,
                        change.apply(new ContainerBuilder(
                                        pod.getSpec().getInitContainers().get(0)))
                                .build());
        return pod;
    }

    private static Pod source(UnaryOperator<VolumeProjectionBuilder> change) {
        Pod pod = guarded("support");
        List<VolumeProjection> sources =
                pod.getSpec().getVolumes().get(0).getProjected().getSources();
        sources.set(0, change.apply(new VolumeProjectionBuilder(sources.get(0))).build());
        return pod;
    }

    private static Pod labelled(Pod pod) {
        return new PodBuilder(pod)
                .editMetadata()
                .addToLabels(GuardContainer.LABEL, "support.docs")
                .endMetadata()
                .build();
    }

    private static Pod annotated(Pod pod) {
        return new PodBuilder(pod)
                .editMetadata()
                .addToAnnotations(GuardContainer.ANNOTATION, "0123456789abcdef")
                .endMetadata()
                .build();
    }

    /** A guarded pod, with a volume that a forger may use. */
    private static Pod guarded(String pipeline) {
        Pod plain = new PodBuilder(TestPods.ofDeployment("chroma"))
                .editSpec()
                .addNewVolume()
                .withName("programs")
                .withNewEmptyDir()
                .endEmptyDir()
                .endVolume()
                .endSpec()
                .build();
        RagPipeline claiming =
                FixedPipelines.pipeline(server.namespace(), pipeline, WorkloadReference.Kind.DEPLOYMENT, "chroma");
        return ((Inject) new Injector(Profiles.builtIn(), Gate.IMAGE)
                        .decide(plain, server.namespace(), List.of(claiming)))
                .pod();
    }
}
