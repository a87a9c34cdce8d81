package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/**
 * How much a client may ask for; what is null is not limited.
 *
 * @param requestsPerMinute requests in a minute, per operation
 * @param queriesPerDay queries in a day
 * @param tokensPerDay tokens of models in a day
 * @param distinctChunksPerDay different records in a day, a count or a percentage of the collection
 */
@ApiObject
public record ClientLimits(
        @Min(1) @Max(1000000) @JsonPropertyDescription("Requests in a minute, for each operation. Absent: not limited.")
                Integer requestsPerMinute,
        @Min(1) @Max(1000000000) @JsonPropertyDescription("Queries in a day (UTC). Absent: not limited.")
                Integer queriesPerDay,
        @Min(1)
                @Max(1000000000000L)
                @JsonPropertyDescription(
                        "Tokens in a day (UTC), of prompts and completions together. Absent: not limited.")
                Long tokensPerDay,
        @Size(min = 1, max = 9)
                @Pattern(Formats.COUNT_OR_PERCENT)
                @JsonPropertyDescription(
                        "Different records that queries may return in a day (UTC): a number, or a percentage of "
                                + "the collection such as 2%. Absent: not limited.")
                String distinctChunksPerDay) {}
