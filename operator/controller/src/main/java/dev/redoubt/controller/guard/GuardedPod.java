package dev.redoubt.controller.guard;

import dev.redoubt.injection.GuardContainer;
import dev.redoubt.injection.GuardState;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A pod of a target's workload, as far as its guard goes.
 *
 * @param pod the pod
 * @param state how it is guarded
 */
public record GuardedPod(Pod pod, GuardState state) {
    private static final String PORTS_VARIABLE = "REDOUBT_PORTS";
    private static final Pattern PORT = Pattern.compile("[a-z0-9-]+:([0-9]{1,5}):([0-9]{1,5})");

    /** Name of the pod. */
    public String name() {
        return pod.getMetadata().getName();
    }

    /** Whether it is on its way out, or has ended. */
    public boolean ending() {
        String phase = status().getPhase();
        return pod.getMetadata().getDeletionTimestamp() != null || "Succeeded".equals(phase) || "Failed".equals(phase);
    }

    /** Whether it is ready. */
    public boolean ready() {
        return status().getConditions().stream()
                .anyMatch(condition -> "Ready".equals(condition.getType()) && "True".equals(condition.getStatus()));
    }

    /** Identity of the guard's process: it changes with each start of the container. Empty while it does not run. */
    public Optional<String> guardProcess() {
        return status().getInitContainerStatuses().stream()
                .filter(container -> GuardContainer.NAME.equals(container.getName()))
                .filter(container ->
                        container.getState() != null && container.getState().getRunning() != null)
                .map(ContainerStatus::getContainerID)
                .filter(Objects::nonNull)
                .map(id -> pod.getMetadata().getUid() + "/" + id)
                .findFirst();
    }

    /** Address of the pod; empty until it has one. */
    public Optional<String> address() {
        return Optional.ofNullable(status().getPodIP()).filter(ip -> !ip.isEmpty());
    }

    /** Ports that the guard took over. */
    public List<TakenPort> ports() {
        return takenPorts(pod);
    }

    /** Ports that the guard of a pod took over; none where it has no guard. */
    public static List<TakenPort> takenPorts(Pod pod) {
        List<TakenPort> ports = new ArrayList<>();
        pod.getSpec().getInitContainers().stream()
                .filter(container -> GuardContainer.NAME.equals(container.getName()))
                .flatMap(container -> container.getEnv().stream())
                .filter(variable -> PORTS_VARIABLE.equals(variable.getName()))
                .map(EnvVar::getValue)
                .filter(Objects::nonNull)
                .forEach(value -> {
                    Matcher matcher = PORT.matcher(value);
                    while (matcher.find()) {
                        ports.add(
                                new TakenPort(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))));
                    }
                });
        return ports;
    }

    private PodStatus status() {
        return Objects.requireNonNullElseGet(pod.getStatus(), PodStatus::new);
    }

    /**
     * A port that the guard took over.
     *
     * @param listen where the guard listens
     * @param upstream where the application listens now, on loopback
     */
    public record TakenPort(int listen, int upstream) {}
}
