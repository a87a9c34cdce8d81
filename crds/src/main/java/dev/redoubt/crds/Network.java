package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import java.util.Objects;

/**
 * The fence around the pipeline.
 *
 * @param isolation whether there is one
 */
@ApiObject
public record Network(
        @Default("Enforced")
                @JsonPropertyDescription(
                        "Enforced makes NetworkPolicies that let traffic to the targets only through their "
                                + "guards; Disabled makes none. Default Enforced.")
                Isolation isolation) {

    /** Absent values become the defaults of the schema. */
    public Network {
        isolation = Objects.requireNonNullElse(isolation, Isolation.ENFORCED);
    }

    /** Whether the pipeline is fenced. */
    public enum Isolation {
        /** By NetworkPolicies. */
        @JsonProperty("Enforced")
        ENFORCED,
        /** It is not. */
        @JsonProperty("Disabled")
        DISABLED
    }
}
