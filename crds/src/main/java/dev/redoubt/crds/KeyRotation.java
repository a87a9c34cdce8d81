package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * How data keys are kept.
 *
 * @param rotateAfter age at which a new version of the key is made
 */
@ApiObject
@ValidationRule(
        value = "!self.rotateAfter.matches(r'" + Formats.DURATION
                + "') || duration(self.rotateAfter) >= duration('1h')",
        message = "rotateAfter must be at least 1h",
        fieldPath = ".rotateAfter")
public record KeyRotation(
        @Required
                @Size(min = 2, max = 18)
                @Pattern(Formats.DURATION)
                @JsonPropertyDescription(
                        "Age at which a new version of the data key is made, in hours, minutes and seconds, such "
                                + "as 720h. At least 1h.")
                String rotateAfter) {}
