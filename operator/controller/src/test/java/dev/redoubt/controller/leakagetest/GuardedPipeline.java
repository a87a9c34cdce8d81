package dev.redoubt.controller.leakagetest;

import dev.redoubt.controller.guard.GuardConfigMap;
import dev.redoubt.controller.guard.PipelineRevision;
import dev.redoubt.controller.pipeline.GuardConfigCompiler;
import dev.redoubt.controller.pipeline.ProbeIdentity;
import dev.redoubt.controller.redactionpolicy.InvalidPolicyException;
import dev.redoubt.controller.redactionpolicy.RedactionCompiler;
import dev.redoubt.controller.status.Conditions;
import dev.redoubt.controller.status.Finding;
import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.ConditionType;
import dev.redoubt.crds.LeakageTest;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.RagPipelineStatus;
import dev.redoubt.crds.RedactionPolicy;
import dev.redoubt.injection.Target;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Upstream;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A pipeline whose guards all have the configuration that knows the clients of a test. */
final class GuardedPipeline {
    private final RagPipeline pipeline;
    private final ProbeClients clients;
    private final Map<String, ConfigMap> configMaps = new TreeMap<>();

    GuardedPipeline(RagPipeline pipeline, List<RedactionPolicy> policies, LeakageTest test) {
        this.pipeline = pipeline;
        clients = ProbeClients.of(test, pipeline).orElseThrow();
        ProbeIdentity identity = new ProbeIdentity(
                clients.attacker(),
                List.of("a".repeat(64)),
                clients.as(),
                clients.writer(),
                List.of("b".repeat(64)),
                clients.store());
        Map<String, String> revisions = new TreeMap<>();
        try {
            for (Target target : Target.of(pipeline)) {
                GuardConfig config = GuardConfigCompiler.compile(
                        pipeline,
                        target,
                        RedactionCompiler.compile(policies),
                        Map.of(),
                        List.of(identity),
                        Upstream.PLAIN);
                revisions.put(target.name(), config.revision());
                configMaps.put(target.guardObject(), GuardConfigMap.desired(pipeline, target, config));
            }
        } catch (InvalidPolicyException e) {
            throw new AssertionError(e);
        }
        Finding ready = Finding.yes(ConditionType.READY, ConditionReason.GUARDED, "Every pod is guarded");
        pipeline.setStatus(new RagPipelineStatus(
                1L,
                Conditions.of(List.of(), List.of(ready), 1, Clock.systemUTC()),
                PipelineRevision.of(new TreeMap<>(revisions)),
                null,
                null,
                null,
                null));
    }

    /** Makes it one that is not Ready, as where its store has no pods. */
    GuardedPipeline unready() {
        RagPipelineStatus status = pipeline.getStatus();
        Finding armed = Finding.no(ConditionType.READY, ConditionReason.ARMED, "There are no pods");
        pipeline.setStatus(new RagPipelineStatus(
                1L,
                Conditions.of(List.of(), List.of(armed), 1, Clock.systemUTC()),
                status.configRevision(),
                null,
                null,
                null,
                null));
        return this;
    }

    RagPipeline pipeline() {
        return pipeline;
    }

    ProbeClients clients() {
        return clients;
    }

    Map<String, ConfigMap> configMaps() {
        return configMaps;
    }
}
