package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
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
@ValidationRule(
        value = "size(self.vectorStores) + size(self.models) > 0",
        message = "a pipeline needs at least one vector store or model")
@ValidationRule(
        value = "self.vectorStores.all(s, !self.models.exists(m, m.name == s.name))",
        message = "names must be unique among vectorStores and models together",
        fieldPath = ".models")
@ValidationRule(
        value = "(self.vectorStores.map(s, s.workload.kind + '/' + s.workload.name) + self.models.map(m, "
                + "m.workload.kind + '/' + m.workload.name)).all(w, (self.vectorStores.map(s, "
                + "s.workload.kind + '/' + s.workload.name) + self.models.map(m, m.workload.kind + '/' + "
                + "m.workload.name)).exists_one(v, v == w))",
        message = "a workload may be the target of one vector store or model only")
@ValidationRule(
        value = "self.clients.all(c, c.allow.all(g, self.vectorStores.exists(s, s.name == g.target) || "
                + "self.models.exists(m, m.name == g.target)))",
        message = "clients[].allow[].target must be the name of a vector store or model of this pipeline",
        fieldPath = ".clients")
@ValidationRule(
        value = "self.clients.all(c, c.allow.all(g, !self.vectorStores.exists(s, s.name == g.target) || "
                + "g.operations.all(o, o in ['Query', 'Ingest', 'Export', 'Manage'])))",
        message = "the operations of a vector store are Query, Ingest, Export and Manage",
        fieldPath = ".clients")
@ValidationRule(
        value = "self.clients.all(c, c.allow.all(g, !self.models.exists(m, m.name == g.target) || "
                + "g.operations.all(o, o in ['Generate', 'Embed', 'Manage'])))",
        message = "the operations of a model are Generate, Embed and Manage",
        fieldPath = ".clients")
@ValidationRule(
        value = "self.clients.all(c, c.allow.all(g, g.sealedFields == 'Sealed' || "
                + "self.vectorStores.exists(s, s.name == g.target)))",
        message = "sealedFields: Open is for vector stores, a model has no encrypted fields",
        fieldPath = ".clients")
@ValidationRule(
        value = "self.clients.all(c, c.allow.all(g, !('Export' in g.operations) || "
                + "self.vectorStores.all(s, s.name != g.target || s.retrieval.bulkExport == 'Allow')))",
        message = "a client with the operation Export needs bulkExport: Allow in the retrieval of that vector store",
        fieldPath = ".clients")
public record RagPipelineSpec(
        @Default("Enforce")
                @JsonPropertyDescription(
                        "Enforce acts; Observe computes, audits and counts everything, but changes and refuses "
                                + "nothing. Default Enforce.")
                Mode mode,
        @Default("[]")
                @Size(max = 16)
                @JsonPropertyDescription(
                        "Vector stores of the pipeline. Default none; there is at least one store or model.")
                List<VectorStore> vectorStores,
        @Default("[]")
                @Size(max = 16)
                @JsonPropertyDescription(
                        "Model servers of the pipeline. Default none; there is at least one store or model.")
                List<Model> models,
        @Default("[]")
                @Size(max = 32)
                @JsonPropertyDescription("Clients of the pipeline; nobody else gets in. Default none.")
                List<Client> clients,
        @Default("[]")
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
                        "What is done when a leakage test fails: Report (the status says so), Quarantine (the "
                                + "guards refuse everything) or Rollback (the guards return to the last policy revision "
                                + "that passed). Default Report.")
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
