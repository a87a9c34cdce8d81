package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;

/**
 * A recogniser of its own, such as Presidio's analyzer.
 *
 * @param name its name
 * @param service Service that answers for it
 * @param entities entities that it finds
 * @param onError what is done when it does not answer
 * @param timeout the longest time of one answer, such as 1s
 */
@ApiObject
@ValidationRule(
        value = "!self.timeout.matches(r'" + Formats.DURATION
                + "') || (duration(self.timeout) >= duration('1s') && duration(self.timeout) <= duration('1m'))",
        message = "timeout must be from 1s to 1m",
        fieldPath = ".timeout")
public record ExternalRecognizer(
        @Required
                @Size(min = 1, max = 63)
                @Pattern(Formats.DNS_LABEL)
                @JsonPropertyDescription("Name of the recogniser.")
                String name,
        @Required
                @JsonPropertyDescription(
                        "Service of a Presidio analyzer, in the namespace of the policy; it needs a selector.")
                ServiceReference service,
        @Required
                @Size(min = 1, max = 64)
                @JsonPropertyDescription(
                        "Entities that the recogniser is asked for, by Presidio's names. What is done with them, the rules "
                                + "say.")
                List<@Size(min = 1, max = 63) @Pattern(Formats.ENTITY) String> entities,
        @Default("Block")
                @JsonPropertyDescription(
                        "What is done when the recogniser does not answer: Block refuses the request, Pass goes "
                                + "on without it. Default Block.")
                OnError onError,
        @Default("1s")
                @Size(min = 2, max = 18)
                @Pattern(Formats.DURATION)
                @JsonPropertyDescription(
                        "Longest time of one answer, in hours, minutes and seconds, from 1s to 1m. Default 1s.")
                String timeout) {

    /** Absent values become the defaults of the schema. */
    public ExternalRecognizer {
        entities = List.copyOf(Objects.requireNonNullElse(entities, List.of()));
        onError = Objects.requireNonNullElse(onError, OnError.BLOCK);
        timeout = Objects.requireNonNullElse(timeout, "1s");
    }

    /** What is done when a recogniser does not answer. */
    public enum OnError {
        /** The request is refused. */
        @JsonProperty("Block")
        BLOCK,
        /** The request goes on without it. */
        @JsonProperty("Pass")
        PASS
    }
}
