package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * A Service in the same namespace.
 *
 * @param name name of the Service
 * @param port port of the Service
 */
@ApiObject
public record ServiceReference(
        @Required
                @Size(min = 1, max = 63)
                @Pattern(Formats.DNS_LABEL)
                @JsonPropertyDescription("Name of the Service, in the same namespace.")
                String name,
        @Required @Min(1) @Max(65535) @JsonPropertyDescription("Port of the Service.") Integer port) {}
