package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * The workload whose pods are guarded, in the namespace of the pipeline.
 *
 * @param kind kind of the workload
 * @param name name of the workload
 */
@ApiObject
public record WorkloadReference(
        @Required @JsonPropertyDescription("Kind of the workload: Deployment, StatefulSet or DaemonSet.") Kind kind,
        @Required
                @Size(min = 1, max = 253)
                @Pattern(Formats.DNS_SUBDOMAIN)
                @JsonPropertyDescription(
                        "Name of the workload, in the namespace of the pipeline. It need not exist yet: the "
                                + "target is then armed, and guarded from its first pod on.")
                String name) {

    /** The kinds of workloads whose pods can be guarded. */
    public enum Kind {
        /** apps/v1 Deployment. */
        @JsonProperty("Deployment")
        DEPLOYMENT,
        /** apps/v1 StatefulSet. */
        @JsonProperty("StatefulSet")
        STATEFUL_SET,
        /** apps/v1 DaemonSet. */
        @JsonProperty("DaemonSet")
        DAEMON_SET
    }
}
