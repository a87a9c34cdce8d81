package dev.redoubt.controller.pipeline;

import dev.redoubt.controller.status.Finding;
import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.LastLeakage;
import dev.redoubt.crds.RagPipeline;
import java.util.List;
import java.util.Optional;

/**
 * All that was observed of a pipeline in one reconciliation.
 *
 * @param pipeline the pipeline
 * @param policies the condition PoliciesResolved
 * @param targets its targets
 * @param trouble what stands in the way of the whole pipeline; empty where nothing does
 * @param keyTrouble what is wrong with its keys; empty where they are in order
 * @param configRevision revision of its configuration; null until there is one for every target
 * @param leakage the condition LeakageTestPassed
 * @param lastLeakage its last leakage test, or null
 */
public record PipelineObservation(
        RagPipeline pipeline,
        Finding policies,
        List<TargetObservation> targets,
        Optional<Trouble> trouble,
        Optional<Trouble> keyTrouble,
        String configRevision,
        Finding leakage,
        LastLeakage lastLeakage) {
    public PipelineObservation {
        targets = List.copyOf(targets);
    }

    /**
     * Something that does not mend itself.
     *
     * @param reason its kind
     * @param message what it is and the next step
     */
    public record Trouble(ConditionReason reason, String message) {}
}
