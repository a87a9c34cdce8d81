package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * One run of a leakage test.
 *
 * @param id identifier of the run
 * @param startTime when it began (RFC 3339)
 * @param completionTime when it ended (RFC 3339), or null
 * @param reportConfigMap ConfigMap that holds the full report
 * @param digest SHA-256 of the report, as sha256:HEX
 * @param seed seed of its random numbers
 */
@ApiObject
public record LeakageRun(
        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Identifier of the run.") String id,
        @Size(max = 64) @Pattern(Formats.TIME) @JsonPropertyDescription("When the run began (RFC 3339).")
                String startTime,
        @Size(max = 64)
                @Pattern(Formats.TIME)
                @JsonPropertyDescription("When the run ended (RFC 3339). Absent while it runs.")
                String completionTime,
        @Size(max = 253) @JsonPropertyDescription("ConfigMap that holds the full report, in the namespace of the test.")
                String reportConfigMap,
        @Size(max = 71)
                @Pattern("^sha256:[0-9a-f]{64}$")
                @JsonPropertyDescription("SHA-256 of the full report, as sha256: and 64 hexadecimal digits.")
                String digest,
        @JsonPropertyDescription("Seed of the random numbers of the run; with it the run can be repeated.")
                Long seed) {}
