package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Objects;

/**
 * What is wanted of a pipeline.
 *
 * @param mode whether the guards act or only watch
 * @param vectorStores its vector stores
 * @param models its models
 * @param clients who may use it
 * @param redactionPolicies policies that apply to its texts
 * @param limits where counts are kept
 * @param keys how data keys are kept, or null
 * @param network its fence
 * @param audit where decisions are recorded
 * @param onExposure what is done when it leaks
 */
@ApiObject
public record RagPipelineSpec(
        @Default("Enforce")
                @JsonPropertyDescription(
                        "Enforce acts; Observe computes, audits and counts everything, but changes and refuses nothing. Default Enforce.")
                Mode mode,
        @Size(max = 16)
                @JsonPropertyDescription(
                        "Vector stores of the pipeline. Default none; there is at least one store or model.")
                List<VectorStore> vectorStores,
        @Size(max = 16)
                @JsonPropertyDescription(
                        "Model servers of the pipeline. Default none; there is at least one store or model.")
                List<Model> models,
        @Size(max = 32) @JsonPropertyDescription("Clients of the pipeline; nobody else gets in. Default none.")
                List<Client> clients,
        @Size(max = 8)
                @JsonPropertyDescription("RedactionPolicies that apply to the texts of the pipeline. Default none.")
                List<PolicyReference> redactionPolicies,
        @Default("{}") @JsonPropertyDescription("Where the counts of limits are kept. Default: in each guard.")
                LimitBackend limits,
        @JsonPropertyDescription("How data keys are kept. Absent: they are not rotated.") KeyRotation keys,
        @Default("{}") @JsonPropertyDescription("The fence around the pipeline. Default: enforced.") Network network,
        @Default("{}")
                @JsonPropertyDescription(
                        "Where the record of each decision goes. Default: standard output of the guard.")
                Audit audit,
        @Default("Report")
                @JsonPropertyDescription(
                        "What is done when a leakage test fails: Report (the status says so), Quarantine (the guards refuse everything) or Rollback (the guards return to the last policy revision that passed). Default Report.")
                ExposureResponse onExposure) {

    /** Absent values become the defaults of the schema. */
    public RagPipelineSpec {
        mode = Objects.requireNonNullElse(mode, Mode.ENFORCE);
        vectorStores = List.copyOf(Objects.requireNonNullElse(vectorStores, List.of()));
        models = List.copyOf(Objects.requireNonNullElse(models, List.of()));
        clients = List.copyOf(Objects.requireNonNullElse(clients, List.of()));
        redactionPolicies = List.copyOf(Objects.requireNonNullElse(redactionPolicies, List.of()));
        limits = Objects.requireNonNullElseGet(limits, () -> new LimitBackend(null, null));
        network = Objects.requireNonNullElseGet(network, () -> new Network(null));
        audit = Objects.requireNonNullElseGet(audit, () -> new Audit(null, null));
        onExposure = Objects.requireNonNullElse(onExposure, ExposureResponse.REPORT);
    }

    /** Whether the guards act. */
    public enum Mode {
        /** They refuse, change and redact. */
        @JsonProperty("Enforce")
        ENFORCE,
        /** They compute, audit and count everything, and change and refuse nothing. */
        @JsonProperty("Observe")
        OBSERVE
    }
}
