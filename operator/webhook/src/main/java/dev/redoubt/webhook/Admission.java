package dev.redoubt.webhook;

import dev.redoubt.crds.RagPipeline;
import dev.redoubt.injection.InjectionDecision;
import dev.redoubt.injection.InjectionDecision.Inject;
import dev.redoubt.injection.InjectionDecision.Reject;
import dev.redoubt.injection.InjectionDecision.Skip;
import dev.redoubt.injection.Injector;
import dev.redoubt.injection.JsonPatch;
import dev.redoubt.webhook.PipelineSource.UnreachableException;
import java.util.List;
import java.util.Objects;

/** Answers a review: reads the pipelines that count, lets {@link Injector} decide, and says so in log and metrics. */
final class Admission {
    private final Injector injector;
    private final PipelineSource pipelines;
    private final DecisionLog log;

    Admission(Injector injector, PipelineSource pipelines, DecisionLog log) {
        this.injector = Objects.requireNonNull(injector, "injector");
        this.pipelines = Objects.requireNonNull(pipelines, "pipelines");
        this.log = Objects.requireNonNull(log, "log");
    }

    /**
     * The AdmissionReview that answers.
     *
     * @param asked the target that the API server asks about
     */
    byte[] answer(ReviewTarget asked, Review review) {
        if (!asked.namespace().equals(review.namespace())) {
            log.refused(asked, review, "WRONG_NAMESPACE");
            return review.refused(
                    403,
                    "Redoubt: the webhook entry of namespace " + asked.namespace()
                            + " was asked about a pod of another one. Delete the MutatingWebhookConfiguration's entry;"
                            + " the controller writes it anew.");
        }
        InjectionDecision decision;
        try {
            decision = injector.decide(review.pod(), review.namespace(), pipelinesFor(asked));
        } catch (UnreachableException e) {
            log.refused(asked, review, "PIPELINES_UNREADABLE");
            return review.refused(
                    503,
                    "Redoubt: the RagPipelines of namespace " + asked.namespace()
                            + " cannot be read from the API server, so that nobody knows how to guard this pod. It is"
                            + " refused, and its workload tries again.");
        }
        if (decision instanceof Inject inject) {
            log.injected(asked, review, inject.target());
            return review.patched(JsonPatch.between(review.pod(), inject.pod()));
        }
        if (decision instanceof Skip skip) {
            log.skipped(asked, review, skip.reason().name());
            return review.allowed();
        }
        Reject reject = (Reject) decision;
        log.refused(asked, review, reject.reason().name());
        return review.refused(403, reject.message());
    }

    /** A pod may come right after its pipeline, sooner than the watch: then the API server is asked. */
    private List<RagPipeline> pipelinesFor(ReviewTarget asked) throws UnreachableException {
        List<RagPipeline> known = pipelines.known(asked.namespace());
        return asked.isIn(known) ? known : pipelines.current(asked.namespace());
    }
}
