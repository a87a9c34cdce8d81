package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * The last leakage test of a pipeline.
 *
 * @param verdict what it found
 * @param test name of the LeakageTest
 * @param time when it completed (RFC 3339)
 */
@ApiObject
public record LastLeakage(
        @Required @JsonPropertyDescription("What the test found: Pass, Fail, Inconclusive or Invalid.") Verdict verdict,
        @Required @Size(min = 1, max = 253) @JsonPropertyDescription("Name of the LeakageTest.") String test,
        @Required @Size(max = 64) @Pattern(Formats.TIME) @JsonPropertyDescription("When the test completed (RFC 3339).")
                String time) {}
