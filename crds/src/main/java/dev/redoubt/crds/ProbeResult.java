package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * What one attack found. The numbers are decimals.
 *
 * @param name which attack
 * @param verdict what it found
 * @param metric what was measured
 * @param value the measured value
 * @param ciLow lower end of its 95 % confidence interval
 * @param ciHigh upper end of its 95 % confidence interval
 * @param threshold value from which on the attack counts as a success
 * @param attackerKnowledge what the attacker knew beforehand
 * @param message the finding in a sentence
 */
@ApiObject
public record ProbeResult(
        @Required @JsonPropertyDescription("Which attack was run.") Probe.Name name,
        @Required @JsonPropertyDescription("What the attack found: Pass, Fail, Inconclusive or Invalid.")
                Verdict verdict,
        @Size(max = 128)
                @JsonPropertyDescription("What was measured, such as the median cosine of rebuilt and stored vectors.")
                String metric,
        @Size(max = 20) @Pattern(Formats.SIGNED_DECIMAL) @JsonPropertyDescription("The measured value, a decimal.")
                String value,
        @Size(max = 20)
                @Pattern(Formats.SIGNED_DECIMAL)
                @JsonPropertyDescription("Lower end of the 95 % confidence interval of the value, a decimal.")
                String ciLow,
        @Size(max = 20)
                @Pattern(Formats.SIGNED_DECIMAL)
                @JsonPropertyDescription("Upper end of the 95 % confidence interval of the value, a decimal.")
                String ciHigh,
        @Size(max = 20)
                @Pattern(Formats.SIGNED_DECIMAL)
                @JsonPropertyDescription("Value from which on the attack counts as a success, a decimal.")
                String threshold,
        @Size(max = 512) @JsonPropertyDescription("What the attacker knew beforehand.") String attackerKnowledge,
        @Size(max = 1024) @JsonPropertyDescription("The finding in a sentence.") String message) {}
