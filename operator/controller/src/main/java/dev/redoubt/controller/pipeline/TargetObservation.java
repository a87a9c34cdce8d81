package dev.redoubt.controller.pipeline;

import dev.redoubt.injection.GuardState;
import dev.redoubt.injection.Target;
import java.util.List;
import java.util.Optional;

/**
 * What was observed of one target.
 *
 * @param target the target
 * @param present whether its workload exists
 * @param pods its pods, without those that are ending
 * @param revision revision of its configuration; empty where there is none yet
 * @param keyVersion active version of its data key, or null
 * @param rollout what the rollout waits for; empty where it waits for nothing
 * @param obstacle why its pods cannot be guarded; empty where they can
 */
public record TargetObservation(
        Target target,
        boolean present,
        List<PodObservation> pods,
        Optional<String> revision,
        Integer keyVersion,
        Optional<String> rollout,
        Optional<String> obstacle) {
    public TargetObservation {
        pods = List.copyOf(pods);
    }

    /** Pods with the guard that they would get today. */
    public List<PodObservation> guarded() {
        return pods.stream().filter(pod -> pod.state() == GuardState.CURRENT).toList();
    }

    /** Pods whose guard acknowledged the current configuration. */
    public List<PodObservation> loaded() {
        return guarded().stream().filter(PodObservation::loaded).toList();
    }
}
