package dev.redoubt.injection;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.injection.InjectionDecision.Inject;
import dev.redoubt.injection.InjectionDecision.Reject;
import dev.redoubt.injection.InjectionDecision.RejectReason;
import dev.redoubt.profiles.Profiles;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import org.junit.jupiter.api.Test;

class InjectorTest {
    private static final Injector INJECTOR = InjectorGoldenTest.INJECTOR;
    private static final Pod PLAIN = Yaml.pod(Yaml.GOLDEN.resolve("inject/deployment-args/in-pod.yaml"));

    @Test
    void aPodThatAnotherWebhookChangedAfterwardsGetsTheGuardAsItShouldBe() {
        Pod guarded = guarded(PLAIN);
        Pod changed = new PodBuilder(guarded)
                .editSpec()
                .editFirstInitContainer()
                .addNewEnv()
                .withName("JAVA_TOOL_OPTIONS")
                .withValue("-javaagent:/agent.jar")
                .endEnv()
                .withImage("registry.example/other:1")
                .endInitContainer()
                .endSpec()
                .build();

        assertThat(guarded(changed)).isEqualTo(guarded);
    }

    @Test
    void aGuardThatAnotherContainerWasPutBeforeIsRefused() {
        Container first =
                new ContainerBuilder().withName("first").withImage("x").build();
        Pod guarded = guarded(PLAIN);
        List<Container> inits = guarded.getSpec().getInitContainers();
        Pod moved = new PodBuilder(guarded)
                .editSpec()
                .withInitContainers(first, inits.get(0))
                .endSpec()
                .build();

        assertThat(reasonOf(moved)).isEqualTo(RejectReason.FORGED);
    }

    @Test
    void aGuardOfAnotherVersionThatComesWithATemplateIsRefused() {
        Pod older = ((Inject) new Injector(Profiles.builtIn(), "redoubt.local/redoubt-guard:older")
                        .decide(PLAIN, "shop", Yaml.pipelines()))
                .pod();

        assertThat(reasonOf(older)).isEqualTo(RejectReason.FORGED);
    }

    @Test
    void theGuardOfAnotherTargetIsRefused() {
        Pod foreign = new PodBuilder(guarded(PLAIN))
                .editMetadata()
                .addToLabels(GuardContainer.LABEL, "support.archive")
                .editFirstOwnerReference()
                .withKind("StatefulSet")
                .withName("chroma")
                .endOwnerReference()
                .endMetadata()
                .build();

        assertThat(reasonOf(foreign)).isEqualTo(RejectReason.FORGED);
    }

    @Test
    void pipelinesOfOtherNamespacesHaveNoSay() {
        assertThat(INJECTOR.decide(PLAIN, "other", Yaml.pipelines())).isInstanceOf(InjectionDecision.Skip.class);
    }

    @Test
    void aRunningPodIsOutdatedOnceItWouldGetAnotherGuardAndOnlyThen() {
        Target target = Claims.of(Yaml.pipelines())
                .holder("shop", WorkloadOwnership.of(PLAIN).orElseThrow())
                .orElseThrow();
        Pod guarded = guarded(PLAIN);

        assertThat(INJECTOR.stateOf(PLAIN, target)).isEqualTo(GuardState.UNGUARDED);
        assertThat(INJECTOR.stateOf(guarded, target)).isEqualTo(GuardState.CURRENT);
        assertThat(new Injector(Profiles.builtIn(), "redoubt.local/redoubt-guard:newer").stateOf(guarded, target))
                .isEqualTo(GuardState.OUTDATED);
        Pod tampered = new PodBuilder(guarded)
                .editSpec()
                .editFirstInitContainer()
                .withImage("registry.example/other:1")
                .endInitContainer()
                .endSpec()
                .build();
        assertThat(INJECTOR.stateOf(tampered, target)).isEqualTo(GuardState.OUTDATED);
        Pod labelled = new PodBuilder(PLAIN)
                .editMetadata()
                .addToLabels(GuardContainer.LABEL, "support.docs")
                .endMetadata()
                .build();
        assertThat(INJECTOR.stateOf(labelled, target)).isEqualTo(GuardState.OUTDATED);
    }

    private static Pod guarded(Pod pod) {
        return ((Inject) INJECTOR.decide(pod, "shop", Yaml.pipelines())).pod();
    }

    private static RejectReason reasonOf(Pod pod) {
        return ((Reject) INJECTOR.decide(pod, "shop", Yaml.pipelines())).reason();
    }
}
