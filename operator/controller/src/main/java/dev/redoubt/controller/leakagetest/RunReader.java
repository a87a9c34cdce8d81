package dev.redoubt.controller.leakagetest;

import dev.redoubt.crds.LeakageTest;
import dev.redoubt.crds.Verdict;
import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.List;
import java.util.Optional;

/** Reads what a finished run left behind: the report in the probe's log, the summary in its termination message. */
final class RunReader {
    private static final String JOB_NAME = "batch.kubernetes.io/job-name";

    /**
     * What a run left.
     *
     * @param outcome what it found
     * @param report the full report, or the summary where the log is gone; empty where it left neither
     */
    record Left(RunOutcome outcome, Optional<String> report) {}

    private final KubernetesClient client;

    RunReader(KubernetesClient client) {
        this.client = client;
    }

    /** Reads the outcome of a run. */
    Left read(LeakageTest test, FinishedRun run) {
        List<Pod> pods = client.pods()
                .inNamespace(test.getMetadata().getNamespace())
                .withLabel(JOB_NAME, run.name())
                .list()
                .getItems();
        for (Pod pod : pods) {
            Optional<ContainerStateTerminated> end = end(pod);
            Optional<String> full = log(pod).flatMap(RunOutcome::report).filter(ReportStore::fits);
            Optional<String> report = full.filter(
                            json -> RunOutcome.read(test, json).isPresent())
                    .or(() -> end.map(ContainerStateTerminated::getMessage)
                            .filter(json -> RunOutcome.read(test, json).isPresent()));
            Optional<RunOutcome> outcome = report.flatMap(json -> RunOutcome.read(test, json));
            if (outcome.isPresent()
                    && !(run.failure().isPresent() && outcome.get().verdict() == Verdict.PASS)) {
                return new Left(outcome.get(), report);
            }
            if (end.isPresent()) {
                return new Left(RunOutcome.silent(test, why(run, end.get())), Optional.empty());
            }
        }
        String why = run.failure().orElse("its pod is gone");
        return new Left(RunOutcome.silent(test, "Run " + run.name() + " left no report: " + why), Optional.empty());
    }

    private static String why(FinishedRun run, ContainerStateTerminated end) {
        return "Run " + run.name() + " left no report: the probe ended with " + end.getReason() + ", exit code "
                + end.getExitCode()
                + run.failure().map(reason -> " (" + reason + ")").orElse("")
                + "; see the log of its pod";
    }

    private static Optional<ContainerStateTerminated> end(Pod pod) {
        return pod.getStatus() == null
                ? Optional.empty()
                : pod.getStatus().getContainerStatuses().stream()
                        .filter(status -> ProbeObjects.CONTAINER.equals(status.getName()))
                        .flatMap(status ->
                                Optional.ofNullable(status.getState()).map(state -> state.getTerminated()).stream())
                        .findFirst();
    }

    private Optional<String> log(Pod pod) {
        try {
            return Optional.ofNullable(client.pods()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withName(pod.getMetadata().getName())
                    .inContainer(ProbeObjects.CONTAINER)
                    .getLog());
        } catch (KubernetesClientException e) {
            // the node may be gone; the summary in the pod's status is as good for a verdict
            return Optional.empty();
        }
    }
}
