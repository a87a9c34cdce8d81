package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * A RagPipeline in the namespace of the test.
 *
 * @param name name of the pipeline
 */
@ApiObject
public record PipelineReference(
        @Required
                @Size(min = 1, max = 63)
                @Pattern(Formats.DNS_LABEL)
                @JsonPropertyDescription("Name of the RagPipeline, in the namespace of the test.")
                String name) {}
