package dev.redoubt.controller.leakagetest;

import dev.redoubt.crds.LeakageRun;
import dev.redoubt.crds.LeakageTest;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobCondition;
import java.util.Collection;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;

/**
 * A job that has ended.
 *
 * @param job the job
 * @param time when it ended (RFC 3339)
 * @param failure why it failed; empty where it ran to its end
 */
record FinishedRun(Job job, String time, Optional<String> failure) {
    private static final Comparator<FinishedRun> ORDER =
            Comparator.comparing(FinishedRun::time).thenComparing(FinishedRun::name);

    /** Name of the job: the identifier of the run. */
    String name() {
        return job.getMetadata().getName();
    }

    /** The last of some jobs that ended after the run that the status of the test tells of. */
    static Optional<FinishedRun> newest(LeakageTest test, Collection<Job> jobs) {
        LeakageRun last = test.getStatus() == null ? null : test.getStatus().lastRun();
        return jobs.stream()
                .flatMap(job -> of(job).stream())
                .filter(run -> last == null || last.completionTime() == null || run.isAfter(last))
                .max(ORDER);
    }

    /** Whether a job is under way. */
    static boolean running(Job job) {
        return of(job).isEmpty();
    }

    private boolean isAfter(LeakageRun last) {
        int times = time.compareTo(last.completionTime());
        return times > 0 || times == 0 && name().compareTo(last.id()) > 0;
    }

    private static Optional<FinishedRun> of(Job job) {
        if (job.getStatus() == null || job.getStatus().getConditions() == null) {
            return Optional.empty();
        }
        for (JobCondition condition : job.getStatus().getConditions()) {
            if ("True".equals(condition.getStatus())) {
                String time = Objects.requireNonNullElse(
                        job.getStatus().getCompletionTime(), condition.getLastTransitionTime());
                if ("Complete".equals(condition.getType())) {
                    return Optional.of(new FinishedRun(job, time, Optional.empty()));
                }
                if ("Failed".equals(condition.getType())) {
                    String reason = condition.getReason() + ": " + condition.getMessage();
                    return Optional.of(new FinishedRun(job, time, Optional.of(reason)));
                }
            }
        }
        return Optional.empty();
    }
}
