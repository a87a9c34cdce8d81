package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** A RAG pipeline: its vector stores, models and clients, and how they are guarded. */
@Group(Formats.GROUP)
@Version(Formats.VERSION)
@Kind("RagPipeline")
@Singular("ragpipeline")
@Plural("ragpipelines")
@ShortNames("rag")
@JsonClassDescription("A RAG pipeline: its vector stores, models and clients, and how they are guarded.")
@AdditionalPrinterColumn(name = "Mode", jsonPath = ".spec.mode")
@AdditionalPrinterColumn(name = "Guarded", jsonPath = ".status.guarded")
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Leakage", jsonPath = ".status.lastLeakage.verdict")
@AdditionalPrinterColumn(name = "Revision", jsonPath = ".status.configRevision", priority = 1)
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason", priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@ValidationRule(
        value = "self.metadata.name.matches(r'" + Formats.DNS_LABEL + "') && size(self.metadata.name) <= 63",
        message = "metadata.name must be a DNS label: at most 63 lower-case letters, digits and dashes, no "
                + "dots, because other objects are named after it")
public class RagPipeline extends CustomResource<RagPipelineSpec, RagPipelineStatus> implements Namespaced {
    /** Spec and status are absent until they are set, so that an apply of one never writes the other. */
    @Override
    protected RagPipelineSpec initSpec() {
        return null;
    }

    @Override
    protected RagPipelineStatus initStatus() {
        return null;
    }
}
