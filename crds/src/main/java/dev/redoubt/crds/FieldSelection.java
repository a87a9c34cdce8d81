package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Objects;

/**
 * Which fields of records are searched for entities.
 *
 * @param exclude fields that are not
 */
@ApiObject
public record FieldSelection(
        @Default("[]")
                @Size(max = 64)
                @JsonPropertyDescription(
                        "Fields of the records that are not searched for entities, such as identifiers. Default none.")
                List<@Size(min = 1, max = 253) String> exclude) {

    /** Absent lists become empty ones. */
    public FieldSelection {
        exclude = List.copyOf(Objects.requireNonNullElse(exclude, List.of()));
    }
}
