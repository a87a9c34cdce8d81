package dev.redoubt.controller.pipeline;

import dev.redoubt.controller.ObjectNames;
import dev.redoubt.controller.Settings;
import dev.redoubt.controller.apply.ObjectWriter;
import dev.redoubt.controller.guard.CaptureProbe;
import dev.redoubt.controller.guard.GuardAdmin;
import dev.redoubt.controller.keys.KeyFactory;
import dev.redoubt.controller.pki.AuthorityStore;
import dev.redoubt.controller.status.Conditions;
import dev.redoubt.controller.status.EventRecorder;
import dev.redoubt.controller.status.Failure;
import dev.redoubt.controller.status.Finding;
import dev.redoubt.crds.ClientStatus;
import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.ConditionType;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.RagPipelineStatus;
import dev.redoubt.injection.Injector;
import dev.redoubt.profiles.Profiles;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Cleaner;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.DeleteControl;
import io.javaoperatorsdk.operator.api.reconciler.ErrorStatusUpdateControl;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * Reconciles RagPipelines. The finaliser is there for the webhook configuration alone, which no owner reference can
 * reach from a namespace; everything else is collected with the pipeline, save the keys of stored data.
 */
@ControllerConfiguration(
        name = "ragpipeline",
        informer = @Informer(comparableResourceVersions = false),
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 5, timeUnit = TimeUnit.MINUTES))
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 1_000, intervalMultiplier = 2, maxInterval = 60_000)
public class RagPipelineReconciler implements Reconciler<RagPipeline>, Cleaner<RagPipeline> {
    private static final Duration UNSETTLED = Duration.ofSeconds(5);

    private final PipelineEngine engine;
    private final WebhookEntries webhooks;
    private final EventRecorder events;
    private final Clock clock;
    private PipelineCaches caches;

    public RagPipelineReconciler(
            KubernetesClient client,
            Settings settings,
            KeyFactory keys,
            AuthorityStore authorities,
            GuardAdmin admin,
            CaptureProbe probe,
            EventRecorder events,
            Clock clock) {
        ObjectWriter writer = new ObjectWriter(client);
        Profiles profiles = Profiles.builtIn();
        engine = new PipelineEngine(
                writer,
                new KeyKeeper(writer, keys),
                new TargetReconciler(
                        writer,
                        authorities,
                        new Injector(profiles, settings.guardImage()),
                        new Evictor(client),
                        new GuardObserver(admin, probe, clock),
                        settings.operatorNamespace(),
                        clock),
                profiles);
        webhooks = new WebhookEntries(client, authorities, settings.operatorNamespace());
        this.events = events;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, RagPipeline>> prepareEventSources(EventSourceContext<RagPipeline> context) {
        caches = new PipelineCaches(context);
        return caches.eventSources();
    }

    @Override
    public UpdateControl<RagPipeline> reconcile(RagPipeline pipeline, Context<RagPipeline> context) {
        if (pipeline.getSpec() == null) {
            return UpdateControl.noUpdate();
        }
        webhooks.write(() -> caches.pipelines(pipeline));
        PipelineObservation seen = engine.step(pipeline, caches.snapshot(pipeline));
        List<Finding> findings = PipelineStatus.findings(seen);
        RagPipelineStatus status = status(pipeline, seen, findings);
        UpdateControl<RagPipeline> control = write(pipeline, status);
        boolean settled =
                findings.stream().noneMatch(finding -> finding.type() == ConditionType.RECONCILING && finding.holds());
        return settled ? control : control.rescheduleAfter(UNSETTLED);
    }

    @Override
    public DeleteControl cleanup(RagPipeline pipeline, Context<RagPipeline> context) {
        webhooks.write(() -> caches.pipelines(pipeline));
        List<String> kept = Pruning.keptKeys(caches.snapshot(pipeline));
        caches.forget(pipeline);
        if (!kept.isEmpty()) {
            events.tell(
                    pipeline,
                    ConditionReason.KEYS_KEPT,
                    "Delete",
                    "Records may be sealed with the keys in these Secrets, so they stay: " + String.join(", ", kept)
                            + ". Delete them when no such record is left");
        }
        return DeleteControl.defaultDelete();
    }

    @Override
    public ErrorStatusUpdateControl<RagPipeline> updateErrorStatus(
            RagPipeline pipeline, Context<RagPipeline> context, Exception error) {
        RagPipelineStatus before = Objects.requireNonNullElseGet(
                pipeline.getStatus(), () -> new RagPipelineStatus(null, null, null, null, null, null, null));
        List<Condition> failed = Conditions.of(
                before.conditions(),
                Failure.findings(error),
                pipeline.getMetadata().getGeneration(),
                clock);
        List<Condition> conditions = Conditions.replace(before.conditions(), failed);
        RagPipelineStatus status = new RagPipelineStatus(
                before.observedGeneration(),
                conditions,
                before.configRevision(),
                before.guarded(),
                before.targets(),
                before.clients(),
                before.lastLeakage());
        if (status.equals(pipeline.getStatus())) {
            return ErrorStatusUpdateControl.noStatusUpdate();
        }
        events.transitions(pipeline, before.conditions(), conditions);
        return ErrorStatusUpdateControl.patchStatus(fresh(pipeline, status));
    }

    private UpdateControl<RagPipeline> write(RagPipeline pipeline, RagPipelineStatus status) {
        if (status.equals(pipeline.getStatus())) {
            return UpdateControl.noUpdate();
        }
        events.transitions(pipeline, conditions(pipeline), status.conditions());
        return UpdateControl.patchStatus(fresh(pipeline, status));
    }

    private RagPipelineStatus status(RagPipeline pipeline, PipelineObservation seen, List<Finding> findings) {
        String name = pipeline.getMetadata().getName();
        return new RagPipelineStatus(
                pipeline.getMetadata().getGeneration(),
                Conditions.of(
                        conditions(pipeline), findings, pipeline.getMetadata().getGeneration(), clock),
                seen.configRevision(),
                PipelineStatus.guarded(seen),
                TargetSummary.of(pipeline, seen),
                pipeline.getSpec().clients().stream()
                        .filter(client -> client.identity().apiKey() != null)
                        .map(client -> new ClientStatus(client.name(), ObjectNames.clientSecret(name, client.name())))
                        .toList(),
                seen.lastLeakage());
    }

    private static List<Condition> conditions(RagPipeline pipeline) {
        return pipeline.getStatus() == null ? List.of() : pipeline.getStatus().conditions();
    }

    /** The status alone: whoever applies it owns nothing else of the object. */
    private static RagPipeline fresh(RagPipeline pipeline, RagPipelineStatus status) {
        RagPipeline fresh = new RagPipeline();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace(pipeline.getMetadata().getNamespace())
                .withName(pipeline.getMetadata().getName())
                .build());
        fresh.setStatus(status);
        return fresh;
    }
}
