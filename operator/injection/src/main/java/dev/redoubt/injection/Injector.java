package dev.redoubt.injection;

import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.VectorStore;
import dev.redoubt.crds.WorkloadReference;
import dev.redoubt.injection.InjectionDecision.Inject;
import dev.redoubt.injection.InjectionDecision.Reject;
import dev.redoubt.injection.InjectionDecision.RejectReason;
import dev.redoubt.injection.InjectionDecision.Skip;
import dev.redoubt.injection.InjectionDecision.SkipReason;
import dev.redoubt.profiles.Profile;
import dev.redoubt.profiles.Profiles;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Volume;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides whether a pod gets a guard, and gives it one. Pure: the same pod, pipelines, profiles and image give the same
 * decision, and deciding again over the outcome changes nothing.
 */
public final class Injector {
    private final Profiles profiles;
    private final String guardImage;

    /**
     * @param profiles the engines and APIs that can be guarded
     * @param guardImage the guard's image, by digest in ordinary use
     */
    public Injector(Profiles profiles, String guardImage) {
        this.profiles = Objects.requireNonNull(profiles, "profiles");
        this.guardImage = Objects.requireNonNull(guardImage, "guardImage");
    }

    /**
     * Decides about a pod that is about to be created.
     *
     * @param pod the pod, whose metadata need not have the namespace yet
     * @param namespace the namespace that it is created in
     * @param pipelines all pipelines of that namespace; those of others have no say
     */
    public InjectionDecision decide(Pod pod, String namespace, Collection<RagPipeline> pipelines) {
        boolean marked = InjectedPod.isMarked(pod);
        Optional<WorkloadReference> workload = WorkloadOwnership.of(pod);
        Optional<Target> target = workload.flatMap(w -> Claims.of(pipelines).holder(namespace, w));
        if (target.isEmpty()) {
            return marked
                    ? forged("pod " + InjectedPod.nameOf(pod))
                    : new Skip(workload.isEmpty() ? SkipReason.NO_WORKLOAD : SkipReason.NOT_CLAIMED);
        }
        String what = "pod of " + target.get().workloadName();
        try {
            Pod plain = pod;
            if (marked) {
                Optional<Pod> restored = restore(pod, target.get());
                if (restored.isEmpty()) {
                    return forged(what);
                }
                plain = restored.get();
            }
            Pod injected = inject(plain, target.get());
            if (marked && !injectionHash(injected).equals(injectionHash(pod))) {
                return forged(what);
            }
            return new Inject(target.get(), injected);
        } catch (NotMovable e) {
            return new Reject(
                    e.reason(),
                    "Redoubt: the " + what + " cannot be guarded as "
                            + target.get().name() + " of RagPipeline "
                            + target.get().pipeline() + ": " + e.getMessage() + ".");
        }
    }

    /**
     * How a pod that exists is guarded, compared with what it would get if it were created now.
     *
     * @param pod a pod of the target's workload
     * @param target the target that holds the workload
     */
    public GuardState stateOf(Pod pod, Target target) {
        if (!InjectedPod.isMarked(pod)) {
            return GuardState.UNGUARDED;
        }
        Optional<Pod> restored = restore(pod, target);
        if (restored.isEmpty()) {
            return GuardState.OUTDATED;
        }
        try {
            Pod wanted = inject(restored.get(), target);
            boolean current = injectionHash(wanted).equals(injectionHash(pod))
                    && InjectedPod.guard(wanted)
                            .map(Container::getImage)
                            .equals(InjectedPod.guard(pod).map(Container::getImage));
            return current ? GuardState.CURRENT : GuardState.OUTDATED;
        } catch (NotMovable e) {
            return GuardState.OUTDATED;
        }
    }

    private Optional<Pod> restore(Pod pod, Target target) {
        return profiles.find(target.profile()).flatMap(profile -> InjectedPod.restore(pod, new ContainerMove(profile)));
    }

    private Pod inject(Pod pod, Target target) throws NotMovable {
        Profile profile = profiles.find(target.profile())
                .orElseThrow(() -> new NotMovable(
                        RejectReason.UNSUPPORTED,
                        "this version of Redoubt does not know " + target.profile()
                                + ". Remove it from the pipeline or upgrade Redoubt"));
        if (target.capture() != VectorStore.Capture.TAKEOVER) {
            throw new NotMovable(
                    RejectReason.UNSUPPORTED,
                    "this version of Redoubt captures by Takeover alone. Set capture: Takeover in the pipeline");
        }
        checkIsolation(pod.getSpec());
        ContainerMove move = new ContainerMove(profile);
        int index = move.choose(pod);
        Container container = pod.getSpec().getContainers().get(index);
        List<GuardPort> ports = move.ports(pod, container);
        Container moved = move.move(container, ports);

        Container guard = GuardContainer.of(target, ports, guardImage);
        List<Volume> volumes = GuardContainer.volumes(target);
        String hash = InjectionHash.of(target, guard, volumes, move.settings(ports));

        List<Container> containers = new ArrayList<>(pod.getSpec().getContainers());
        containers.set(index, moved);
        return new PodBuilder(pod)
                .editOrNewMetadata()
                .addToLabels(GuardContainer.LABEL, target.guardLabel())
                .addToAnnotations(GuardContainer.ANNOTATION, hash)
                .endMetadata()
                .editSpec()
                .withContainers(containers)
                .withInitContainers(Stream.concat(Stream.of(guard), pod.getSpec().getInitContainers().stream())
                        .toList())
                .withVolumes(Stream.concat(volumes.stream(), pod.getSpec().getVolumes().stream())
                        .toList())
                .endSpec()
                .build();
    }

    private static void checkIsolation(PodSpec spec) throws NotMovable {
        if (Boolean.TRUE.equals(spec.getHostNetwork())) {
            throw new NotMovable(
                    RejectReason.HOST_NETWORK,
                    "it uses the node's network, where loopback is no boundary. Set hostNetwork: false");
        }
        if (Boolean.TRUE.equals(spec.getHostPID())) {
            throw new NotMovable(
                    RejectReason.HOST_PID, "it sees the node's processes, the guard's among them. Set hostPID: false");
        }
        if (Boolean.TRUE.equals(spec.getShareProcessNamespace())) {
            throw new NotMovable(
                    RejectReason.SHARED_PROCESSES,
                    "its containers would see the guard's process and its keys. Set shareProcessNamespace: false");
        }
        boolean windows = spec.getOs() != null && "windows".equals(spec.getOs().getName())
                || spec.getNodeSelector() != null
                        && "windows".equals(spec.getNodeSelector().get("kubernetes.io/os"));
        if (windows) {
            throw new NotMovable(
                    RejectReason.WINDOWS, "the guard runs on Linux nodes alone. Run the workload on Linux nodes");
        }
        for (Container container : InjectedPod.allContainers(spec)) {
            if (container.getPorts().stream().anyMatch(port -> port.getHostPort() != null && port.getHostPort() != 0)) {
                throw new NotMovable(
                        RejectReason.HOST_PORT,
                        "container " + container.getName()
                                + " has a hostPort, which leads around the network fence. Remove it and use a Service");
            }
        }
    }

    private static String injectionHash(Pod pod) {
        return InjectedPod.annotation(pod);
    }

    private static Reject forged(String what) {
        return new Reject(
                RejectReason.FORGED,
                "Redoubt: the " + what + " carries marks of the guard that Redoubt did not put there. Remove the label "
                        + GuardContainer.LABEL + ", the annotation " + GuardContainer.ANNOTATION
                        + " and any container or volume named " + GuardContainer.NAME + " from the pod template.");
    }
}
