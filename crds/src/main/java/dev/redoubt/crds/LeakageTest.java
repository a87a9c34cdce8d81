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

/** Attacks on a pipeline, on a schedule, and what they found. */
@Group(Formats.GROUP)
@Version(Formats.VERSION)
@Kind("LeakageTest")
@Singular("leakagetest")
@Plural("leakagetests")
@ShortNames("leak")
@JsonClassDescription("Attacks on a pipeline, on a schedule, and what they found.")
@AdditionalPrinterColumn(name = "Pipeline", jsonPath = ".spec.pipeline.name")
@AdditionalPrinterColumn(name = "Schedule", jsonPath = ".spec.schedule")
@AdditionalPrinterColumn(name = "Verdict", jsonPath = ".status.verdict")
@AdditionalPrinterColumn(
        name = "Last run",
        jsonPath = ".status.lastRun.completionTime",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(name = "Reason", jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason", priority = 1)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
@ValidationRule(
        value = "self.metadata.name.matches(r'" + Formats.DNS_LABEL + "') && size(self.metadata.name) <= 63",
        message = "metadata.name must be a DNS label: at most 63 lower-case letters, digits and dashes, no "
                + "dots, because other objects are named after it")
public class LeakageTest extends CustomResource<LeakageTestSpec, LeakageTestStatus> implements Namespaced {
    /** Spec and status are absent until they are set, so that an apply of one never writes the other. */
    @Override
    protected LeakageTestSpec initSpec() {
        return null;
    }

    @Override
    protected LeakageTestStatus initStatus() {
        return null;
    }
}
