package dev.redoubt.controller.leakagetest;

import dev.redoubt.controller.guard.GuardedPod;
import io.fabric8.kubernetes.api.model.ContainerPort;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.ServicePort;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds the Service by which clients reach a guarded target: the attacker takes no other way than they do. */
final class ServiceFinder {
    private ServiceFinder() {}

    /**
     * The Service of a target; one with an address of its own before a headless one, then by name.
     *
     * @param services the Services of the namespace
     * @param pods guarded pods of the target
     */
    static Optional<RunSpec.Address> find(Collection<Service> services, Collection<Pod> pods) {
        return services.stream()
                .filter(service -> service.getSpec() != null
                        && service.getSpec().getSelector() != null
                        && !service.getSpec().getSelector().isEmpty())
                .sorted(Comparator.comparing((Service service) ->
                                "None".equals(service.getSpec().getClusterIP()))
                        .thenComparing(service -> service.getMetadata().getName()))
                .flatMap(service -> pods.stream().flatMap(pod -> address(service, pod).stream()))
                .findFirst();
    }

    private static Optional<RunSpec.Address> address(Service service, Pod pod) {
        Map<String, String> labels = pod.getMetadata().getLabels();
        if (labels == null
                || !labels.entrySet()
                        .containsAll(service.getSpec().getSelector().entrySet())) {
            return Optional.empty();
        }
        Set<Integer> guarded = GuardedPod.takenPorts(pod).stream()
                .map(GuardedPod.TakenPort::listen)
                .collect(Collectors.toSet());
        boolean headless = "None".equals(service.getSpec().getClusterIP());
        return service.getSpec().getPorts().stream()
                .filter(port -> guarded.contains(target(port, pod)))
                .map(port -> new RunSpec.Address(
                        service.getMetadata().getName() + "."
                                + service.getMetadata().getNamespace() + ".svc",
                        // the name of a headless Service stands for the pods themselves
                        headless ? target(port, pod) : port.getPort()))
                .findFirst();
    }

    private static Integer target(ServicePort port, Pod pod) {
        IntOrString target = port.getTargetPort();
        if (target == null) {
            return port.getPort();
        }
        if (target.getIntVal() != null) {
            return target.getIntVal();
        }
        List<ContainerPort> named = pod.getSpec().getContainers().stream()
                .flatMap(container -> container.getPorts().stream())
                .filter(declared ->
                        target.getStrVal() != null && target.getStrVal().equals(declared.getName()))
                .toList();
        return named.isEmpty() ? null : named.get(0).getContainerPort();
    }
}
