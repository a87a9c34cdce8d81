package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Kind;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Singular;
import io.fabric8.kubernetes.model.annotation.Version;

/** What is removed from the texts of a pipeline, and where. */
@Group(Formats.GROUP)
@Version(Formats.VERSION)
@Kind("RedactionPolicy")
@Singular("redactionpolicy")
@Plural("redactionpolicies")
@ShortNames("redact")
@JsonClassDescription("What is removed from the texts of a pipeline, and where.")
@AdditionalPrinterColumn(name = "Rules", jsonPath = ".status.rules", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Ready", jsonPath = ".status.conditions[?(@.type==\"Ready\")].status")
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason", priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public class RedactionPolicy extends CustomResource<RedactionPolicySpec, RedactionPolicyStatus> implements Namespaced {
    /** Spec and status are absent until they are set, so that an apply of one never writes the other. */
    @Override
    protected RedactionPolicySpec initSpec() {
        return null;
    }

    @Override
    protected RedactionPolicyStatus initStatus() {
        return null;
    }
}
