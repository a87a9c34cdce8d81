package dev.redoubt.controller.pipeline;

import dev.redoubt.controller.guard.Capture;
import dev.redoubt.controller.pipeline.PipelineObservation.Trouble;
import dev.redoubt.controller.status.Finding;
import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.ConditionType;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.injection.GuardState;
import dev.redoubt.injection.Target;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An observation of a pipeline of one store where all is as it should be, and what may be otherwise. */
final class Seen {
    static final String REVISION = "0123456789abcdef".repeat(4);

    RagPipeline pipeline = pipeline("Enforce");
    Finding policies = Finding.yes(ConditionType.POLICIES_RESOLVED, ConditionReason.VALID, "In force: pii");
    boolean observed = true;
    boolean present = true;
    List<PodObservation> pods =
            new ArrayList<>(List.of(new PodObservation("chroma-1", GuardState.CURRENT, true, true, Capture.CAPTURED)));
    Optional<String> rollout = Optional.empty();
    Optional<String> obstacle = Optional.empty();
    Integer keyVersion = 1;
    Optional<Trouble> trouble = Optional.empty();
    Optional<Trouble> keyTrouble = Optional.empty();
    String revision = REVISION;

    static RagPipeline pipeline(String mode) {
        RagPipeline pipeline = new KubernetesSerialization()
                .unmarshal(
                        """
                        apiVersion: redoubt.dev/v1alpha1
                        kind: RagPipeline
                        metadata: {name: support, namespace: shop}
                        spec:
                          mode: %s
                          vectorStores:
                          - {name: docs, workload: {kind: Deployment, name: chroma}, engine: Chroma}
                          clients:
                          - {name: assistant, identity: {apiKey: {}}, limits: {requestsPerMinute: 5}}
                        """
                                .formatted(mode),
                        RagPipeline.class);
        return pipeline;
    }

    void pod(GuardState state, boolean loaded, Capture capture) {
        pods = List.of(new PodObservation("chroma-1", state, true, loaded, capture));
    }

    Seen copy() {
        Seen copy = new Seen();
        copy.pipeline = pipeline;
        copy.policies = policies;
        copy.observed = observed;
        copy.present = present;
        copy.pods = pods;
        copy.rollout = rollout;
        copy.obstacle = obstacle;
        copy.keyVersion = keyVersion;
        copy.trouble = trouble;
        copy.keyTrouble = keyTrouble;
        copy.revision = revision;
        return copy;
    }

    List<Finding> findings() {
        Target target = Target.of(pipeline).get(0);
        List<TargetObservation> targets = observed
                ? List.of(new TargetObservation(
                        target, present, pods, Optional.ofNullable(revision), keyVersion, rollout, obstacle))
                : List.of();
        return PipelineStatus.findings(new PipelineObservation(
                pipeline,
                policies,
                targets,
                trouble,
                keyTrouble,
                revision,
                Finding.unknown(ConditionType.LEAKAGE_TEST_PASSED, ConditionReason.NOT_REQUESTED, "There is none"),
                null));
    }
}
