package dev.redoubt.controller.leakagetest;

import dev.redoubt.controller.apply.ObjectWriter;
import dev.redoubt.controller.keys.Digests;
import dev.redoubt.controller.status.Conditions;
import dev.redoubt.crds.ClientGrant;
import dev.redoubt.crds.ConditionType;
import dev.redoubt.crds.LeakageTest;
import dev.redoubt.crds.Operation;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.TargetStatus;
import dev.redoubt.injection.GuardContainer;
import dev.redoubt.injection.Target;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/** Has the jobs of a test that shall run: one at a time, by the schedule, on request, or once for a configuration. */
final class ProbeRuns {
    private static final int OCCASION_DIGITS = 8;

    /** How long a run that a user asks for waits for a pipeline that is not Ready; others wait until it is. */
    static final Duration PATIENCE = Duration.ofMinutes(1);

    private final KubernetesClient client;
    private final ObjectWriter writer;
    private final String image;
    private final Clock clock;

    ProbeRuns(KubernetesClient client, ObjectWriter writer, String image, Clock clock) {
        this.client = client;
        this.writer = writer;
        this.image = image;
        this.clock = clock;
    }

    /** How far it is. */
    enum Progress {
        /** Nothing is asked for. */
        IDLE,
        /** A job is under way. */
        RUNNING,
        /** A run is asked for, or the specification cannot be written, and the pipeline is not ready for it. */
        WAITING,
        /** No Service leads to the store. */
        NO_SERVICE
    }

    /** One step. */
    Progress step(LeakageTest test, RagPipeline pipeline, ProbeClients clients, LeakageSnapshot snapshot) {
        Optional<Attackable> attackable = Attackable.of(pipeline, clients, snapshot::configMap);
        if (attackable.isEmpty()) {
            return Progress.WAITING;
        }
        List<Service> services = client.services()
                .inNamespace(test.getMetadata().getNamespace())
                .list()
                .getItems();
        Optional<ConfigMap> written = snapshot.configMap(ProbeObjects.name(test));
        // a store without pods is attacked where it was last: that nobody answers there is a finding too
        Optional<RunSpec.Address> store = address(pipeline, clients.store(), TargetStatus.Kind.VECTOR_STORE, services)
                .or(() -> written.map(map -> map.getData().get(ProbeObjects.SPEC_KEY))
                        .flatMap(RunSpec::storeAddress));
        if (store.isEmpty()) {
            return Progress.NO_SERVICE;
        }
        Map<String, String> done = done(written);
        RunSpec spec = RunSpec.of(
                test,
                clients,
                attackable.get().revision(),
                attackable.get().store(),
                RunSpec.Endpoint.of(store.get(), attackable.get().store().revision()),
                model(test, pipeline, attackable.get(), services));
        writer.write(ProbeObjects.desiredSpec(test, spec, done), written);

        boolean running = snapshot.jobs().stream().anyMatch(FinishedRun::running);
        boolean byHand = snapshot.jobs().stream().filter(FinishedRun::running).anyMatch(ProbeRuns::isByHand);
        schedule(test, clients, byHand, snapshot.cronJob());
        if (running) {
            return Progress.RUNNING;
        }
        return start(test, clients, attackable.get(), spec, done, written);
    }

    private Progress start(
            LeakageTest test,
            ProbeClients clients,
            Attackable attackable,
            RunSpec spec,
            Map<String, String> done,
            Optional<ConfigMap> written) {
        Map<String, String> now = new TreeMap<>(done);
        String asked = annotation(test, ProbeObjects.RUN_NOW);
        String occasion = null;
        boolean byUser = asked != null && !asked.equals(done.get(ProbeObjects.DONE));
        if (byUser) {
            occasion = "run-now\n" + asked;
            now.put(ProbeObjects.DONE, asked);
        } else if (test.getSpec().schedule() == null
                && !attackable.revision().equals(done.get(ProbeObjects.DONE_REVISION))) {
            // the id tells a return to an earlier configuration from the first time
            occasion = "revision\n" + attackable.revision() + "\n" + spec.runId();
        }
        if (occasion == null) {
            return Progress.IDLE;
        }
        if (!attackable.ready() && !(byUser && hasWaited(test))) {
            return Progress.WAITING;
        }
        now.put(ProbeObjects.DONE_REVISION, attackable.revision());
        String digest =
                Digests.sha256Hex((test.getMetadata().getUid() + "\n" + occasion).getBytes(StandardCharsets.UTF_8));
        // the name follows from the occasion: a step that is tried again makes no second run
        writer.createOnce(ProbeObjects.desiredJob(test, clients, image, digest.substring(0, OCCASION_DIGITS)));
        writer.write(ProbeObjects.desiredSpec(test, spec, now), written);
        return Progress.RUNNING;
    }

    /**
     * Whether a run that a user asks for has waited long enough. A pipeline that is not Ready may have no store that
     * answers, and a run says so; one whose guards answer with another configuration gets no Pass by it.
     */
    private boolean hasWaited(LeakageTest test) {
        return test.getStatus() != null
                && Conditions.find(test.getStatus().conditions(), ConditionType.RECONCILING)
                        .filter(condition -> "True".equals(condition.getStatus()))
                        .map(condition -> Instant.parse(condition.getLastTransitionTime()))
                        .filter(since -> since.plus(PATIENCE).isBefore(clock.instant()))
                        .isPresent();
    }

    private void schedule(LeakageTest test, ProbeClients clients, boolean suspended, Optional<CronJob> cronJob) {
        if (test.getSpec().schedule() == null) {
            cronJob.ifPresent(writer::delete);
        } else {
            writer.write(ProbeObjects.desiredCronJob(test, clients, image, suspended), cronJob);
        }
    }

    private Optional<RunSpec.Endpoint> model(
            LeakageTest test, RagPipeline pipeline, Attackable attackable, List<Service> services) {
        return pipeline.getSpec().clients().stream()
                .filter(known -> known.name().equals(test.getSpec().as()))
                .flatMap(known -> known.allow().stream())
                .filter(grant -> grant.operations().contains(Operation.GENERATE))
                .map(ClientGrant::target)
                .flatMap(target -> address(pipeline, target, TargetStatus.Kind.MODEL, services)
                        .map(address -> RunSpec.Endpoint.of(
                                address, attackable.targets().get(target)))
                        .stream())
                .findFirst();
    }

    private Optional<RunSpec.Address> address(
            RagPipeline pipeline, String name, TargetStatus.Kind kind, List<Service> services) {
        return Target.of(pipeline).stream()
                .filter(target -> target.kind() == kind && target.name().equals(name))
                .findFirst()
                .flatMap(target -> ServiceFinder.find(
                        services,
                        client.pods()
                                .inNamespace(target.namespace())
                                .withLabel(GuardContainer.LABEL, target.guardLabel())
                                .list()
                                .getItems()));
    }

    private static Map<String, String> done(Optional<ConfigMap> written) {
        Map<String, String> done = new TreeMap<>();
        for (String key : List.of(ProbeObjects.DONE, ProbeObjects.DONE_REVISION)) {
            written.map(map -> annotation(map, key)).ifPresent(value -> done.put(key, value));
        }
        return done;
    }

    /** The schedule's jobs belong to the CronJob, the others to the test. */
    private static boolean isByHand(Job job) {
        return job.getMetadata().getOwnerReferences().stream()
                .anyMatch(owner -> owner.getKind().equals("LeakageTest"));
    }

    private static String annotation(HasMetadata object, String key) {
        return Objects.requireNonNullElse(object.getMetadata().getAnnotations(), Map.<String, String>of())
                .get(key);
    }
}
