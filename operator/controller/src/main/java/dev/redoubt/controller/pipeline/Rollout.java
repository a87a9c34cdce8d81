package dev.redoubt.controller.pipeline;

import dev.redoubt.controller.guard.GuardedPod;
import dev.redoubt.injection.GuardState;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What is to be done next so that every pod of a workload gets the guard that it would get today: one pod at a time,
 * and the next only when its replacement is ready.
 */
public sealed interface Rollout {
    /** Every pod has it. */
    record Done() implements Rollout {}

    /**
     * A pod is to be evicted, so that its workload makes another, which gets the guard.
     *
     * @param pod the pod
     */
    record Evict(GuardedPod pod) implements Rollout {}

    /**
     * Nothing, until something else has happened.
     *
     * @param why what is waited for
     */
    record Wait(String why) implements Rollout {}

    /**
     * The next step.
     *
     * @param replicas pods that the workload wants
     * @param pods pods that it has
     */
    static Rollout next(int replicas, List<GuardedPod> pods) {
        List<GuardedPod> live = pods.stream().filter(pod -> !pod.ending()).toList();
        List<GuardedPod> stale =
                live.stream().filter(pod -> pod.state() != GuardState.CURRENT).toList();
        if (stale.isEmpty()) {
            return new Done();
        }
        Optional<GuardedPod> leaving = pods.stream()
                .filter(pod -> pod.pod().getMetadata().getDeletionTimestamp() != null)
                .findFirst();
        if (leaving.isPresent()) {
            return new Wait("pod " + leaving.get().name() + " is ending");
        }
        Optional<GuardedPod> unready = live.stream()
                .filter(pod -> pod.state() == GuardState.CURRENT && !pod.ready())
                .findFirst();
        if (unready.isPresent()) {
            return new Wait("guarded pod " + unready.get().name()
                    + " is not ready yet; if it stays so, see its events and the log of its container redoubt-guard");
        }
        if (live.size() < replicas) {
            return new Wait("only " + live.size() + " of " + replicas
                    + " pods exist; if it stays so, see the events of the workload");
        }
        // a pod that serves nobody goes first
        return stale.stream()
                .min(Comparator.comparing(GuardedPod::ready).thenComparing(GuardedPod::name))
                .<Rollout>map(Evict::new)
                .orElseGet(Done::new);
    }
}
