package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import java.util.Objects;

/**
 * What a model may be asked for and may return.
 *
 * @param logprobs what happens to log-probabilities
 * @param logitBias whether a request may bias logits
 * @param maxTokens most tokens of one completion
 * @param maxChoices most completions of one request
 */
@ApiObject
public record ModelOutput(
        @Default("Strip")
                @JsonPropertyDescription(
                        "Log-probabilities: Strip removes them from requests and responses, Allow lets them "
                                + "pass. Default Strip, because a model's last layer can be computed from them.")
                Logprobs logprobs,
        @Default("Deny")
                @JsonPropertyDescription(
                        "Requests that bias logits: Deny refuses them, Allow lets them pass. Default Deny.")
                Permission logitBias,
        @Default("1024")
                @Min(1)
                @Max(1048576)
                @JsonPropertyDescription(
                        "Most tokens of one completion; a request for more is cut to this. Default 1024.")
                Integer maxTokens,
        @Default("1")
                @Min(1)
                @Max(128)
                @JsonPropertyDescription(
                        "Most completions of one request; a request for more is cut to this. Default 1.")
                Integer maxChoices) {

    /** Absent values become the defaults of the schema. */
    public ModelOutput {
        logprobs = Objects.requireNonNullElse(logprobs, Logprobs.STRIP);
        logitBias = Objects.requireNonNullElse(logitBias, Permission.DENY);
        maxTokens = Objects.requireNonNullElse(maxTokens, 1024);
        maxChoices = Objects.requireNonNullElse(maxChoices, 1);
    }

    /** The defaults of the schema. */
    public static ModelOutput defaults() {
        return new ModelOutput(null, null, null, null);
    }

    /** What happens to log-probabilities. */
    public enum Logprobs {
        /** They are removed from requests and responses. */
        @JsonProperty("Strip")
        STRIP,
        /** They pass. */
        @JsonProperty("Allow")
        ALLOW
    }
}
