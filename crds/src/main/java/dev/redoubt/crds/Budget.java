package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;

/**
 * What one run of a leakage test may use.
 *
 * @param queries most requests
 * @param duration longest time, such as 20m
 */
@ApiObject
@ValidationRule(
        value = "!self.duration.matches(r'" + Formats.DURATION
                + "') || (duration(self.duration) >= duration('1m') && duration(self.duration) <= duration('24h'))",
        message = "duration must be from 1m to 24h",
        fieldPath = ".duration")
public record Budget(
        @Default("5000")
                @Min(1)
                @Max(1000000)
                @JsonPropertyDescription(
                        "Most requests of one run. A run that needs more ends Inconclusive or Invalid. Default 5000.")
                Integer queries,
        @Default("20m")
                @Size(min = 2, max = 18)
                @Pattern(Formats.DURATION)
                @JsonPropertyDescription(
                        "Longest time of one run, in hours, minutes and seconds, from 1m to 24h. Default 20m.")
                String duration) {

    /** Absent values become the defaults of the schema. */
    public Budget {
        queries = Objects.requireNonNullElse(queries, 5000);
        duration = Objects.requireNonNullElse(duration, "20m");
    }

    /** The longest time of one run. */
    public Duration asDuration() {
        return Duration.parse("PT" + duration.toUpperCase(Locale.ROOT));
    }
}
