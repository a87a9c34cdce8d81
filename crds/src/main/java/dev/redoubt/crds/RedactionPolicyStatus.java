package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Objects;

/**
 * What was observed of a policy.
 *
 * @param observedGeneration generation of the spec that this status is about
 * @param conditions conditions, of the types in {@link ConditionType}
 * @param rules number of rules
 * @param usedBy names of the pipelines that use the policy
 */
@ApiObject
public record RedactionPolicyStatus(
        @Min(0) @JsonPropertyDescription("Generation of the spec that this status is about.") Long observedGeneration,
        @Size(max = 32) @JsonPropertyDescription("Conditions of the policy.") List<Condition> conditions,
        @Min(0) @JsonPropertyDescription("Number of rules.") Integer rules,
        @Size(max = 256) @JsonPropertyDescription("Names of the RagPipelines that use the policy.")
                List<@Size(min = 1, max = 63) String> usedBy) {

    /** Absent lists become empty ones. */
    public RedactionPolicyStatus {
        conditions = List.copyOf(Objects.requireNonNullElse(conditions, List.of()));
        usedBy = List.copyOf(Objects.requireNonNullElse(usedBy, List.of()));
    }
}
