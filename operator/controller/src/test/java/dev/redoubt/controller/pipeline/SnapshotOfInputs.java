package dev.redoubt.controller.pipeline;

import dev.redoubt.controller.Labels;
import dev.redoubt.controller.golden.GoldenFolder;
import dev.redoubt.crds.LeakageTest;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.RedactionPolicy;
import dev.redoubt.crds.WorkloadReference;
import dev.redoubt.injection.InjectionDecision;
import dev.redoubt.injection.Injector;
import dev.redoubt.injection.WorkloadOwnership;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.apps.StatefulSet;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What the caches would know of the objects of a golden folder, and of what was made of them. */
final class SnapshotOfInputs {
    private final GoldenFolder folder;
    private final KubernetesClient client;
    private final Injector injector;

    SnapshotOfInputs(GoldenFolder folder, KubernetesClient client, Injector injector) {
        this.folder = folder;
        this.client = client;
        this.injector = injector;
    }

    PipelineSnapshot of(RagPipeline pipeline) {
        String name = pipeline.getMetadata().getName();
        return new PipelineSnapshot(
                folder.in(RagPipeline.class),
                folder.in(RedactionPolicy.class).stream()
                        .collect(Collectors.toMap(policy -> policy.getMetadata().getName(), Function.identity())),
                folder.in(Service.class).stream()
                        .collect(Collectors.toMap(
                                service -> service.getMetadata().getName(), Function.identity())),
                folder.in(LeakageTest.class).stream()
                        .filter(test -> test.getSpec().pipeline().name().equals(name))
                        .toList(),
                made(ConfigMap.class, name),
                made(Secret.class, name),
                folder.in(Secret.class).stream()
                        .filter(secret -> UpstreamResolution.secrets(pipeline.getSpec())
                                .contains(secret.getMetadata().getName()))
                        .collect(Collectors.toMap(secret -> secret.getMetadata().getName(), Function.identity())),
                made(NetworkPolicy.class, name),
                workloads(),
                pods());
    }

    private <T extends HasMetadata> Map<String, T> made(Class<T> kind, String pipeline) {
        Map<String, T> made = new TreeMap<>();
        client.resources(kind)
                .inAnyNamespace()
                .withLabel(Labels.PIPELINE, pipeline)
                .list()
                .getItems()
                .forEach(object -> made.put(object.getMetadata().getName(), object));
        return made;
    }

    private Map<WorkloadReference, Workload> workloads() {
        Map<WorkloadReference, Workload> workloads = new HashMap<>();
        folder.in(Deployment.class)
                .forEach(found -> workloads.put(
                        new WorkloadReference(
                                WorkloadReference.Kind.DEPLOYMENT,
                                found.getMetadata().getName()),
                        new Workload(
                                found.getSpec().getSelector(), found.getSpec().getReplicas())));
        folder.in(StatefulSet.class)
                .forEach(found -> workloads.put(
                        new WorkloadReference(
                                WorkloadReference.Kind.STATEFUL_SET,
                                found.getMetadata().getName()),
                        new Workload(
                                found.getSpec().getSelector(), found.getSpec().getReplicas())));
        return workloads;
    }

    /** The pods as the webhook lets them pass. */
    private Map<WorkloadReference, List<Pod>> pods() {
        Map<WorkloadReference, List<Pod>> pods = new HashMap<>();
        for (Pod pod : folder.in(Pod.class)) {
            InjectionDecision decision =
                    injector.decide(pod, pod.getMetadata().getNamespace(), folder.in(RagPipeline.class));
            pods.computeIfAbsent(WorkloadOwnership.of(pod).orElseThrow(), any -> new ArrayList<>())
                    .add(((InjectionDecision.Inject) decision).pod());
        }
        return pods;
    }
}
