package dev.redoubt.webhook;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redoubt.injection.Target;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.LinkedHashMap;
import java.util.Map;

/** One log line, as JSON, and one count per decision. */
final class DecisionLog {
    // names of pods are not validated yet when they are seen here: as JSON they cannot break out of their line
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Logger LOG = System.getLogger("dev.redoubt.admission");

    private final MeterRegistry metrics;

    DecisionLog(MeterRegistry metrics) {
        this.metrics = metrics;
    }

    void injected(ReviewTarget asked, Review review, Target target) {
        write(Level.INFO, asked, review, "Inject", target.workloadName());
        count("Inject", "GUARDED");
    }

    void skipped(ReviewTarget asked, Review review, String reason) {
        write(Level.INFO, asked, review, "Skip", reason);
        count("Skip", reason);
    }

    void refused(ReviewTarget asked, Review review, String reason) {
        write(Level.WARNING, asked, review, "Reject", reason);
        count("Reject", reason);
    }

    private void count(String decision, String reason) {
        metrics.counter("redoubt.admissions", "decision", decision, "reason", reason)
                .increment();
    }

    private static void write(Level level, ReviewTarget asked, Review review, String decision, String reason) {
        ObjectMeta metadata = review.pod().getMetadata() == null
                ? new ObjectMeta()
                : review.pod().getMetadata();
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("uid", review.uid());
        fields.put("namespace", review.namespace());
        fields.put("pod", metadata.getName() != null ? metadata.getName() : metadata.getGenerateName() + "*");
        fields.put("owner", owner(metadata));
        fields.put("pipeline", asked.pipeline());
        fields.put("target", asked.target());
        fields.put("decision", decision);
        fields.put("reason", reason);
        try {
            LOG.log(level, JSON.writeValueAsString(fields));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String owner(ObjectMeta metadata) {
        return metadata.getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()))
                .findFirst()
                .map(DecisionLog::name)
                .orElse("");
    }

    private static String name(OwnerReference owner) {
        return owner.getKind() + "/" + owner.getName();
    }
}
