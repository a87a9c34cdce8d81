package dev.redoubt.controller.leakagetest;

import dev.redoubt.controller.Settings;
import dev.redoubt.controller.apply.ObjectWriter;
import dev.redoubt.controller.keys.Digests;
import dev.redoubt.controller.keys.KeyFactory;
import dev.redoubt.controller.status.Conditions;
import dev.redoubt.controller.status.EventRecorder;
import dev.redoubt.controller.status.Finding;
import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.LeakageRun;
import dev.redoubt.crds.LeakageTest;
import dev.redoubt.crds.LeakageTestStatus;
import dev.redoubt.crds.RagPipeline;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.MaxReconciliationInterval;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.retry.GradualRetry;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Reconciles LeakageTests: gives each its clients in the pipeline, its jobs, and the verdict of the last run. An
 * annotation asks for runs, and annotations are not part of the generation, so every change is looked at.
 */
@ControllerConfiguration(
        name = "leakagetest",
        informer = @Informer(comparableResourceVersions = false),
        generationAwareEventProcessing = false,
        maxReconciliationInterval = @MaxReconciliationInterval(interval = 5, timeUnit = TimeUnit.MINUTES))
@GradualRetry(maxAttempts = Integer.MAX_VALUE, initialInterval = 1_000, intervalMultiplier = 2, maxInterval = 60_000)
public class LeakageTestReconciler implements Reconciler<LeakageTest> {
    private static final Duration WAITING = Duration.ofSeconds(10);

    private final ProbeKeys keys;
    private final RunReader reader;
    private final ReportStore reports;
    private final ProbeRuns runs;
    private final EventRecorder events;
    private final Clock clock;
    private LeakageCaches caches;

    public LeakageTestReconciler(
            KubernetesClient client, Settings settings, KeyFactory keys, EventRecorder events, Clock clock) {
        ObjectWriter writer = new ObjectWriter(client);
        this.keys = new ProbeKeys(writer, keys);
        reader = new RunReader(client);
        reports = new ReportStore(writer);
        runs = new ProbeRuns(client, writer, settings.probeImage(), clock);
        this.events = events;
        this.clock = clock;
    }

    @Override
    public List<EventSource<?, LeakageTest>> prepareEventSources(EventSourceContext<LeakageTest> context) {
        caches = new LeakageCaches(context);
        return caches.eventSources();
    }

    @Override
    public UpdateControl<LeakageTest> reconcile(LeakageTest test, Context<LeakageTest> context) {
        LeakageSnapshot snapshot = caches.snapshot(test);
        LeakageTestStatus before = Objects.requireNonNullElseGet(
                test.getStatus(), () -> new LeakageTestStatus(null, null, null, null, null, null, null));
        Optional<FinishedRun> finished = FinishedRun.newest(test, snapshot.jobs());
        LeakageTestStatus found = finished.map(run -> found(test, run)).orElse(before);

        Optional<RagPipeline> pipeline = caches.pipeline(test);
        Optional<ProbeClients> clients = pipeline.flatMap(attacked -> ProbeClients.of(test, attacked));
        String name = test.getSpec().pipeline().name();
        List<Finding> findings;
        boolean settled = true;
        if (pipeline.isEmpty()) {
            findings = LeakageFindings.unable(
                    ConditionReason.PIPELINE_NOT_FOUND,
                    "RagPipeline " + name + " does not exist; create it",
                    found.verdict());
        } else if (clients.isEmpty()) {
            findings = LeakageFindings.unable(
                    ConditionReason.CLIENT_NOT_FOUND,
                    "RagPipeline " + name + " has no client " + test.getSpec().as()
                            + " that may Query a vector store; name another in spec.as",
                    found.verdict());
        } else {
            keys.ensure(test, clients.get(), snapshot.secrets());
            // a run that has just ended changes what the next one is called, so that one waits for the status
            ProbeRuns.Progress progress = finished.isPresent()
                    ? ProbeRuns.Progress.WAITING
                    : runs.step(test, pipeline.get(), clients.get(), snapshot);
            settled = progress != ProbeRuns.Progress.WAITING && progress != ProbeRuns.Progress.NO_SERVICE;
            findings = progress == ProbeRuns.Progress.NO_SERVICE
                    ? LeakageFindings.unable(
                            ConditionReason.SERVICE_NOT_FOUND,
                            "No Service leads to the guarded pods of "
                                    + clients.get().store() + "; create the one that clients use",
                            found.verdict())
                    : LeakageFindings.able(
                            test,
                            found.verdict(),
                            progress == ProbeRuns.Progress.RUNNING,
                            progress == ProbeRuns.Progress.WAITING);
        }
        UpdateControl<LeakageTest> control = write(test, before, found, findings);
        return settled ? control : control.rescheduleAfter(WAITING);
    }

    private LeakageTestStatus found(LeakageTest test, FinishedRun run) {
        RunReader.Left left = reader.read(test, run);
        left.report().ifPresent(report -> reports.keep(test, run.name(), report, caches.reports(test)));
        RunOutcome outcome = left.outcome();
        return new LeakageTestStatus(
                null,
                null,
                outcome.verdict(),
                outcome.pipelineRevision(),
                new LeakageRun(
                        run.name(),
                        run.job().getStatus().getStartTime(),
                        run.time(),
                        left.report()
                                .map(report -> ProbeObjects.reportName(test, run.name()))
                                .orElse(null),
                        left.report()
                                .map(report -> "sha256:" + Digests.sha256Hex(report.getBytes(StandardCharsets.UTF_8)))
                                .orElse(null),
                        outcome.seed()),
                outcome.probes(),
                null);
    }

    private UpdateControl<LeakageTest> write(
            LeakageTest test, LeakageTestStatus before, LeakageTestStatus found, List<Finding> findings) {
        long generation = test.getMetadata().getGeneration();
        List<Condition> conditions = Conditions.of(before.conditions(), findings, generation, clock);
        LeakageTestStatus status = new LeakageTestStatus(
                generation,
                conditions,
                found.verdict(),
                found.pipelineRevision(),
                found.lastRun(),
                found.probes(),
                found.nextRun());
        if (status.equals(test.getStatus())) {
            return UpdateControl.noUpdate();
        }
        events.transitions(test, before.conditions(), conditions);
        LeakageTest fresh = new LeakageTest();
        fresh.setMetadata(new ObjectMetaBuilder()
                .withNamespace(test.getMetadata().getNamespace())
                .withName(test.getMetadata().getName())
                .build());
        fresh.setStatus(status);
        return UpdateControl.patchStatus(fresh);
    }
}
