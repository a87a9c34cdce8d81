package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;

/**
 * What was observed of a pipeline.
 *
 * @param observedGeneration generation of the spec that this status is about
 * @param conditions conditions, of the types in {@link ConditionType}
 * @param configRevision revision of the compiled guard configuration
 * @param guarded guarded pods of all pods, such as 3/3
 * @param targets how each target is guarded
 * @param clients where each client finds its credential
 * @param lastLeakage the last leakage test, or null
 */
@ApiObject
public record RagPipelineStatus(
        @Min(0) @JsonPropertyDescription("Generation of the spec that this status is about.") Long observedGeneration,
        @Size(max = 32) @JsonPropertyDescription("Conditions of the pipeline.") List<Condition> conditions,
        @Size(max = 64) @JsonPropertyDescription("Revision of the compiled guard configuration.") String configRevision,
        @Size(max = 32) @JsonPropertyDescription("Guarded pods of all pods of the targets, such as 3/3.")
                String guarded,
        @Size(max = 32) @JsonPropertyDescription("How each target is guarded.") List<TargetStatus> targets,
        @Size(max = 32) @JsonPropertyDescription("Where each client finds its credential.") List<ClientStatus> clients,
        @JsonPropertyDescription("The last leakage test of the pipeline.") LastLeakage lastLeakage) {

    /** Absent lists become empty ones. */
    public RagPipelineStatus {
        conditions = List.copyOf(Objects.requireNonNullElse(conditions, List.of()));
        targets = List.copyOf(Objects.requireNonNullElse(targets, List.of()));
        clients = List.copyOf(Objects.requireNonNullElse(clients, List.of()));
    }
}
