package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * A RedactionPolicy in the namespace of the pipeline.
 *
 * @param name name of the policy
 */
@ApiObject
public record PolicyReference(
        @Required
                @Size(min = 1, max = 253)
                @Pattern(Formats.DNS_SUBDOMAIN)
                @JsonPropertyDescription("Name of the RedactionPolicy, in the namespace of the pipeline.")
                String name) {}
