package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;

/**
 * What is wanted of a test.
 *
 * @param pipeline pipeline that is attacked
 * @param schedule when, in five fields of cron, or null: once per pipeline revision
 * @param timeZone time zone of the schedule
 * @param as client whose rights the attacker has
 * @param probes attacks that are run
 * @param budget what one run may use
 * @param onFailure what is done when the pipeline leaks
 */
@ApiObject
@ValidationRule(
        value = "!has(self.schedule) || self.schedule.matches(r'" + CronPattern.FIVE_FIELDS + "')",
        message = "schedule must have the five fields of cron: minute, hour, day of month, month, day of week",
        fieldPath = ".schedule")
public record LeakageTestSpec(
        @Required @JsonPropertyDescription("Pipeline that is attacked.") PipelineReference pipeline,
        @Size(min = 9, max = 100)
                @JsonPropertyDescription(
                        "When the test runs, in the five fields of cron (minute, hour, day of month, month, day "
                                + "of week). Absent: once per revision of the pipeline.")
                String schedule,
        @Default("Etc/UTC")
                @Size(min = 1, max = 64)
                @Pattern(Formats.TIME_ZONE)
                @JsonPropertyDescription("Time zone of the schedule, by its IANA name. Default Etc/UTC.")
                String timeZone,
        @Required
                @Size(min = 1, max = 63)
                @Pattern(Formats.DNS_LABEL)
                @JsonPropertyDescription("Client of the pipeline whose rights the attacker has.")
                String as,
        @Required @Size(min = 1, max = 9) @JsonPropertyDescription("Attacks that are run.") List<Probe> probes,
        @Default("{}") @JsonPropertyDescription("What one run may use. Default: all of its defaults.") Budget budget,
        @Default("Report")
                @JsonPropertyDescription(
                        "What is done when the test fails: Report (the status says so), Quarantine (the guards "
                                + "refuse everything) or Rollback (the guards return to the last policy revision that "
                                + "passed). Default Report.")
                ExposureResponse onFailure) {

    /** Absent values become the defaults of the schema. */
    public LeakageTestSpec {
        timeZone = Objects.requireNonNullElse(timeZone, "Etc/UTC");
        probes = List.copyOf(Objects.requireNonNullElse(probes, List.of()));
        budget = Objects.requireNonNullElseGet(budget, () -> new Budget(null, null));
        onFailure = Objects.requireNonNullElse(onFailure, ExposureResponse.REPORT);
    }
}
