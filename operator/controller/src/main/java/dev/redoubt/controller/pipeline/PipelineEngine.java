package dev.redoubt.controller.pipeline;

import dev.redoubt.controller.apply.NameTakenException;
import dev.redoubt.controller.apply.ObjectWriter;
import dev.redoubt.controller.guard.PipelineRevision;
import dev.redoubt.controller.pipeline.PipelineObservation.Trouble;
import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.injection.Claims;
import dev.redoubt.injection.Target;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Keyring;
import dev.redoubt.profiles.Profile;
import dev.redoubt.profiles.Profiles;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Brings a pipeline to what its spec says, as far as one step goes, and tells what it saw. */
final class PipelineEngine {
    private final ObjectWriter writer;
    private final KeyKeeper keys;
    private final TargetReconciler targets;
    private final Profiles profiles;

    PipelineEngine(ObjectWriter writer, KeyKeeper keys, TargetReconciler targets, Profiles profiles) {
        this.writer = writer;
        this.keys = keys;
        this.targets = targets;
        this.profiles = profiles;
    }

    /** One step. */
    PipelineObservation step(RagPipeline pipeline, PipelineSnapshot snapshot) {
        PolicyResolution policies = PolicyResolution.of(
                pipeline.getSpec().redactionPolicies(),
                pipeline.getMetadata().getNamespace(),
                snapshot.policies(),
                snapshot.services());
        Claims claims = Claims.of(snapshot.pipelines());
        List<Target> held = new ArrayList<>();
        List<Trouble> troubles = new ArrayList<>();
        for (Target target : Target.of(pipeline)) {
            Optional<Trouble> trouble = claims.rival(target)
                    .map(rival -> claimed(target, rival))
                    .or(() -> profiles.find(target.profile()).isPresent()
                            ? Optional.empty()
                            : Optional.of(new Trouble(
                                    ConditionReason.UNSUPPORTED,
                                    "This version does not know " + target.profile() + "; remove " + target.name()
                                            + " or upgrade Redoubt")));
            trouble.ifPresentOrElse(troubles::add, () -> held.add(target));
        }
        List<TargetObservation> seen = new ArrayList<>();
        Optional<Trouble> keyTrouble = Optional.empty();
        try {
            Map<String, List<String>> digests = keys.clients(pipeline, snapshot);
            Map<Target, Keyring> keyrings = Map.of();
            try {
                keyrings = keys.keyrings(pipeline, held, snapshot);
            } catch (KeyKeeper.KeyMissingException e) {
                keyTrouble = Optional.of(e.trouble());
            }
            List<ProbeIdentity> probes = ProbeIdentities.of(pipeline, snapshot.tests(), snapshot);
            for (Target target : held) {
                Profile profile = profiles.find(target.profile()).orElseThrow();
                UpstreamResolution upstream = UpstreamResolution.of(pipeline.getSpec(), target, snapshot.named());
                upstream.trouble().ifPresent(troubles::add);
                Optional<GuardConfig> compiled = policies.redaction()
                        .map(redaction -> GuardConfigCompiler.compile(
                                pipeline, target, redaction, digests, probes, upstream.upstream()));
                seen.add(targets.reconcile(
                        pipeline,
                        target,
                        profile,
                        compiled,
                        policies.recognizers(),
                        upstream,
                        Optional.ofNullable(keyrings.get(target)),
                        snapshot));
            }
            for (HasMetadata left : Pruning.of(pipeline, snapshot)) {
                writer.delete(left);
            }
        } catch (NameTakenException e) {
            troubles.add(new Trouble(ConditionReason.NAME_TAKEN, e.getMessage()));
        } catch (IllegalArgumentException e) {
            // the compiled configuration checks itself; its messages name clients and fields, never a value
            troubles.add(new Trouble(ConditionReason.INVALID, "The spec contradicts itself: " + e.getMessage()));
        }
        String revision = revision(seen, Target.of(pipeline).size());
        LeakageSummary leakage = LeakageSummary.of(snapshot.tests(), revision);
        return new PipelineObservation(
                pipeline,
                policies.finding(),
                seen,
                troubles.stream().findFirst(),
                keyTrouble,
                revision,
                leakage.finding(),
                leakage.last());
    }

    private static Trouble claimed(Target target, Target rival) {
        String holder = rival.pipeline().equals(target.pipeline())
                ? "target " + rival.name() + " of the same pipeline"
                : "RagPipeline " + rival.pipeline() + ", which is older";
        return new Trouble(
                ConditionReason.CLAIMED_BY_OTHER,
                target.workloadName() + " is claimed by " + holder + "; remove " + target.name()
                        + " here or there. Nothing is done about it for this pipeline");
    }

    /** One revision for the whole pipeline; null until every target has one. */
    private static String revision(List<TargetObservation> seen, int targets) {
        SortedMap<String, String> revisions = new TreeMap<>();
        for (TargetObservation target : seen) {
            target.revision()
                    .ifPresent(revision -> revisions.put(target.target().name(), revision));
        }
        return revisions.size() < targets ? null : PipelineRevision.of(revisions);
    }
}
