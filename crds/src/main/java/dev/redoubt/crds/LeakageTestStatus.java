package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;

/**
 * What was observed of a test.
 *
 * @param observedGeneration generation of the spec that this status is about
 * @param conditions conditions, of the types in {@link ConditionType}
 * @param verdict the worst verdict of the last run, or null
 * @param pipelineRevision configuration revision of the pipeline that was attacked
 * @param lastRun the last run, or null
 * @param probes what each attack of the last run found
 * @param nextRun when it runs next (RFC 3339), or null
 */
@ApiObject
public record LeakageTestStatus(
        @Min(0) @JsonPropertyDescription("Generation of the spec that this status is about.") Long observedGeneration,
        @Size(max = 32) @JsonPropertyDescription("Conditions of the test.") List<Condition> conditions,
        @JsonPropertyDescription("Worst verdict of the last run: Pass, Fail, Inconclusive or Invalid.") Verdict verdict,
        @Size(max = 64) @JsonPropertyDescription("Configuration revision of the pipeline that was attacked.")
                String pipelineRevision,
        @JsonPropertyDescription("The last run.") LeakageRun lastRun,
        @Size(max = 9) @JsonPropertyDescription("What each attack of the last run found.") List<ProbeResult> probes,
        @Size(max = 64)
                @Pattern(Formats.TIME)
                @JsonPropertyDescription("When the test runs next (RFC 3339). Absent without a schedule.")
                String nextRun) {

    /** Absent lists become empty ones. */
    public LeakageTestStatus {
        conditions = List.copyOf(Objects.requireNonNullElse(conditions, List.of()));
        probes = List.copyOf(Objects.requireNonNullElse(probes, List.of()));
    }
}
