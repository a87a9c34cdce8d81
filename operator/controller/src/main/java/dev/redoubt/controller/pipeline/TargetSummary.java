package dev.redoubt.controller.pipeline;

import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.TargetStatus;
import dev.redoubt.injection.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What the status says of each target. Pure. */
final class TargetSummary {
    private TargetSummary() {}

    /**
     * The targets that were observed, and those with a data key that were not. A version that was in use once is never
     * forgotten while the target is in the spec: without it nobody would know that records are sealed, and a key that is
     * missing would be replaced by a new one.
     */
    static List<TargetStatus> of(RagPipeline pipeline, PipelineObservation seen) {
        List<TargetStatus> summary = new ArrayList<>();
        for (Target target : Target.of(pipeline)) {
            Integer known = keyVersion(pipeline, target).orElse(null);
            seen.targets().stream()
                    .filter(observed -> observed.target().equals(target))
                    .findFirst()
                    .map(observed -> status(
                            target,
                            observed.pods().size(),
                            observed.guarded().size(),
                            observed.loaded().size(),
                            observed.keyVersion() == null ? known : observed.keyVersion()))
                    .or(() -> Optional.ofNullable(known).map(version -> status(target, 0, 0, 0, version)))
                    .ifPresent(summary::add);
        }
        return summary;
    }

    /** The version of a target's data key that the status says is in use; empty where there never was one. */
    static Optional<Integer> keyVersion(RagPipeline pipeline, Target target) {
        return pipeline.getStatus() == null
                ? Optional.empty()
                : pipeline.getStatus().targets().stream()
                        .filter(status -> status.name().equals(target.name()))
                        .map(TargetStatus::keyVersion)
                        .filter(version -> version != null)
                        .findFirst();
    }

    private static TargetStatus status(Target target, int pods, int guarded, int loaded, Integer keyVersion) {
        return new TargetStatus(target.name(), target.kind(), target.workloadName(), pods, guarded, loaded, keyVersion);
    }
}
