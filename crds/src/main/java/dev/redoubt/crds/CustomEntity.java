package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Objects;

/**
 * An entity of the user's own.
 *
 * @param name its name
 * @param pattern regular expression that finds it
 * @param context words near a match that confirm it
 * @param examples texts that must match
 * @param counterExamples texts that must not match
 */
@ApiObject
public record CustomEntity(
        @Required
                @Size(min = 1, max = 63)
                @Pattern(Formats.ENTITY)
                @JsonPropertyDescription("Name of the entity, in capitals with underscores, such as EMPLOYEE_ID.")
                String name,
        @Required @Size(min = 1, max = 1024) @JsonPropertyDescription("Regular expression that finds the entity.")
                String pattern,
        @Default("[]")
                @Size(max = 64)
                @JsonPropertyDescription("Words near a match that confirm it. Default none: the pattern is enough.")
                List<@Size(min = 1, max = 64) String> context,
        @Default("[]")
                @Size(max = 64)
                @JsonPropertyDescription("Texts that must match; checked when the policy is applied. Default none.")
                List<@Size(min = 1, max = 1024) String> examples,
        @Default("[]")
                @Size(max = 64)
                @JsonPropertyDescription("Texts that must not match; checked when the policy is applied. Default none.")
                List<@Size(min = 1, max = 1024) String> counterExamples) {

    /** Absent lists become empty ones. */
    public CustomEntity {
        context = List.copyOf(Objects.requireNonNullElse(context, List.of()));
        examples = List.copyOf(Objects.requireNonNullElse(examples, List.of()));
        counterExamples = List.copyOf(Objects.requireNonNullElse(counterExamples, List.of()));
    }
}
