package dev.redoubt.injection;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.redoubt.injection.InjectionDecision.Inject;
import dev.redoubt.injection.InjectionDecision.Reject;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.PropertyDefaults;
import net.jqwik.api.Provide;

@PropertyDefaults(tries = 500)
class InjectorProperties {
    private static final Injector INJECTOR = InjectorGoldenTest.INJECTOR;
    private static final ObjectMapper JSON = new ObjectMapper();

    @Property
    void decidingAgainOverTheOutcomeChangesNothing(@ForAll("pods") Pod pod) {
        if (decide(pod) instanceof Inject inject) {
            assertThat(decide(inject.pod())).isEqualTo(inject);
            assertThat(INJECTOR.stateOf(inject.pod(), inject.target())).isEqualTo(GuardState.CURRENT);
        }
    }

    @Property
    void everythingButTheEnginesCommandLineStaysAsItWas(@ForAll("pods") Pod pod) {
        if (decide(pod) instanceof Inject inject) {
            List<Container> before = pod.getSpec().getContainers();
            List<Container> after = inject.pod().getSpec().getContainers();
            List<Integer> changed = Stream.iterate(0, i -> i + 1)
                    .limit(before.size())
                    .filter(i -> !before.get(i).equals(after.get(i)))
                    .toList();
            assertThat(after).hasSameSizeAs(before);
            assertThat(changed).hasSize(1);
            Container moved = after.get(changed.get(0));
            Container original = before.get(changed.get(0));
            assertThat(new ContainerBuilder(moved)
                            .withCommand(original.getCommand())
                            .withArgs(original.getArgs())
                            .build())
                    .isEqualTo(original);
            List<Container> inits = inject.pod().getSpec().getInitContainers();
            assertThat(inits.get(0).getName()).isEqualTo(GuardContainer.NAME);
            assertThat(inits.subList(1, inits.size())).isEqualTo(pod.getSpec().getInitContainers());
        }
    }

    @Property
    void theGuardedPortsAreWhereServicesLookAndFreeWhereTheEngineGoes(@ForAll("pods") Pod pod) {
        if (decide(pod) instanceof Inject inject) {
            String text = inject.pod()
                    .getSpec()
                    .getInitContainers()
                    .get(0)
                    .getEnv()
                    .get(3)
                    .getValue();
            GuardPort port = GuardPort.parse(text).orElseThrow().get(0);
            List<Integer> declared = Stream.concat(
                            pod.getSpec().getContainers().stream(), pod.getSpec().getInitContainers().stream())
                    .flatMap(c -> c.getPorts().stream())
                    .map(ContainerPort::getContainerPort)
                    .toList();
            assertThat(declared).doesNotContain(port.upstream());
            assertThat(port.upstream())
                    .isBetween(1024, 65_535)
                    .isNotIn(port.listen(), GuardContainer.ADMIN_PORT, GuardContainer.HEALTH_PORT);
            // a flag may be given twice with one value
            assertThat(inject.pod().getSpec().getContainers())
                    .filteredOn(
                            c -> Set.copyOf(CommandLine.of(c).values("--port")).equals(Set.of("" + port.upstream())))
                    .filteredOn(
                            c -> Set.copyOf(CommandLine.of(c).values("--host")).equals(Set.of("127.0.0.1")))
                    .hasSize(1);
        }
    }

    @Property
    void thePatchMakesTheOutcomeOfTheInput(@ForAll("pods") Pod pod) {
        if (decide(pod) instanceof Inject inject) {
            ArrayNode patch = JsonPatch.between(pod, inject.pod());
            // another implementation applies it, as the API server does
            JsonNode patched = io.fabric8.zjsonpatch.JsonPatch.apply(patch, JSON.<JsonNode>valueToTree(pod));
            assertThat(patched).isEqualTo(JSON.<JsonNode>valueToTree(inject.pod()));
            assertThat(JsonPatch.between(pod, inject.pod())).isEqualTo(patch);
        }
    }

    @Property
    void aPodThatSharesTheNodesNetworkIsNeverGuarded(@ForAll("pods") Pod pod) {
        Pod shared =
                new PodBuilder(pod).editSpec().withHostNetwork(true).endSpec().build();

        assertThat(decide(shared)).isInstanceOf(Reject.class);
    }

    @Provide
    Arbitrary<Pod> pods() {
        Arbitrary<List<String>> words = Arbitraries.of(
                        "--port",
                        "--port=8000",
                        "--port=9100",
                        "8000",
                        "60000",
                        "--host",
                        "--host=::",
                        "0.0.0.0",
                        "run",
                        "--path",
                        "/data",
                        "--",
                        "$(PORT)",
                        "--portable=1")
                .list()
                .ofMaxSize(6);
        Arbitrary<List<ContainerPort>> ports = Arbitraries.of(8000, 18000, 18001, 9100, 2020, 19100)
                .map(p -> new ContainerPortBuilder()
                        .withContainerPort(p)
                        .withProtocol("TCP")
                        .build())
                .list()
                .ofMaxSize(2);
        Arbitrary<Container> container = Combinators.combine(words, words, ports)
                .as((command, args, exposed) -> new ContainerBuilder()
                        .withImage("chromadb/chroma:1.5.9")
                        .withCommand(command)
                        .withArgs(args)
                        .withPorts(exposed)
                        .addNewEnv()
                        .withName("PORT")
                        .withValue("8300")
                        .endEnv()
                        .build());
        return Combinators.combine(
                        container.list().ofMinSize(1).ofMaxSize(3),
                        container.list().ofMaxSize(2),
                        Arbitraries.maps(Arbitraries.of("a", "b/c", "d~e"), Arbitraries.of("1", "2")))
                .as(InjectorProperties::pod);
    }

    private static Pod pod(List<Container> containers, List<Container> inits, Map<String, String> annotations) {
        return new PodBuilder()
                .withNewMetadata()
                .withGenerateName("chroma-7d9f8c6b5-")
                .withAnnotations(annotations)
                .addToLabels("pod-template-hash", "7d9f8c6b5")
                .addNewOwnerReference()
                .withApiVersion("apps/v1")
                .withKind("ReplicaSet")
                .withName("chroma-7d9f8c6b5")
                .withController(true)
                .endOwnerReference()
                .endMetadata()
                .withNewSpec()
                .withContainers(named("app", containers))
                .withInitContainers(named("init", inits))
                .endSpec()
                .build();
    }

    private static List<Container> named(String prefix, List<Container> containers) {
        return Stream.iterate(0, i -> i + 1)
                .limit(containers.size())
                .map(i -> new ContainerBuilder(containers.get(i))
                        .withName(prefix + i)
                        .build())
                .toList();
    }

    private static InjectionDecision decide(Pod pod) {
        return INJECTOR.decide(pod, "shop", Yaml.pipelines());
    }
}
