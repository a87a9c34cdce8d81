package dev.redoubt.injection;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Recognises the marks of the guard in a pod, and takes the guard out again. */
final class InjectedPod {
    private static final Set<String> VOLUMES = Set.of(GuardContainer.NAME, GuardContainer.SCRATCH_VOLUME);

    private InjectedPod() {}

    /** Whether the pod carries anything that only the webhook may put there. */
    static boolean isMarked(Pod pod) {
        return labels(pod).containsKey(GuardContainer.LABEL)
                || annotations(pod).containsKey(GuardContainer.ANNOTATION)
                || allContainers(pod.getSpec()).stream().anyMatch(c -> GuardContainer.NAME.equals(c.getName()))
                || pod.getSpec().getVolumes().stream().anyMatch(v -> VOLUMES.contains(v.getName()));
    }

    /** The annotation with the hash, or "". */
    static String annotation(Pod pod) {
        return annotations(pod).getOrDefault(GuardContainer.ANNOTATION, "");
    }

    static String nameOf(Pod pod) {
        ObjectMeta metadata = pod.getMetadata();
        if (metadata == null) {
            return "";
        }
        return metadata.getName() != null ? metadata.getName() : String.valueOf(metadata.getGenerateName());
    }

    /** The guard's container, where it stands in its place. */
    static Optional<Container> guard(Pod pod) {
        return pod.getSpec().getInitContainers().stream()
                .findFirst()
                .filter(container -> GuardContainer.NAME.equals(container.getName()));
    }

    static List<Container> allContainers(PodSpec spec) {
        return Stream.concat(spec.getInitContainers().stream(), spec.getContainers().stream())
                .toList();
    }

    /** The pod without its guard; empty where the marks do not fit together. */
    static Optional<Pod> restore(Pod pod, ContainerMove move) {
        Optional<List<GuardPort>> ports = guard(pod)
                .flatMap(guard -> guard.getEnv().stream()
                        .filter(e -> GuardContainer.PORTS_VARIABLE.equals(e.getName()) && e.getValue() != null)
                        .map(EnvVar::getValue)
                        .findFirst())
                .flatMap(GuardPort::parse)
                .filter(move::fits);
        if (ports.isEmpty()) {
            return Optional.empty();
        }
        List<Container> inits = pod.getSpec().getInitContainers();
        List<Volume> volumes = pod.getSpec().getVolumes().stream()
                .filter(volume -> !VOLUMES.contains(volume.getName()))
                .toList();
        Pod unguarded = new PodBuilder(pod)
                .editMetadata()
                .removeFromLabels(GuardContainer.LABEL)
                .removeFromAnnotations(GuardContainer.ANNOTATION)
                .endMetadata()
                .editSpec()
                .withInitContainers(inits.subList(1, inits.size()))
                .withVolumes(volumes)
                .endSpec()
                .build();
        if (isMarked(unguarded)) {
            return Optional.empty();
        }
        try {
            int index = move.choose(unguarded);
            List<Container> containers = new ArrayList<>(unguarded.getSpec().getContainers());
            containers.set(index, move.moveBack(containers.get(index), ports.get()));
            return Optional.of(new PodBuilder(unguarded)
                    .editSpec()
                    .withContainers(containers)
                    .endSpec()
                    .build());
        } catch (NotMovable e) {
            return Optional.empty();
        }
    }

    private static Map<String, String> labels(Pod pod) {
        return pod.getMetadata() == null || pod.getMetadata().getLabels() == null
                ? Map.of()
                : pod.getMetadata().getLabels();
    }

    private static Map<String, String> annotations(Pod pod) {
        return pod.getMetadata() == null || pod.getMetadata().getAnnotations() == null
                ? Map.of()
                : pod.getMetadata().getAnnotations();
    }
}
