package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;

/**
 * Which fields of stored records are encrypted.
 *
 * @param fields fields that are sealed with AES-256-GCM
 * @param searchable fields that are replaced by a keyed token, so that equality filters still work
 */
@ApiObject
@ValidationRule(
        value = "self.fields.all(f, !(f in self.searchable))",
        message = "a field is either encrypted or searchable, not both",
        fieldPath = ".searchable")
public record FieldEncryption(
        @Default("[]")
                @Size(max = 64)
                @JsonPropertyDescription(
                        "Fields of the records that are encrypted before they are stored (AES-256-GCM): metadata "
                                + "fields by their key, the text by the name document. Filters on them find nothing. "
                                + "Default none.")
                List<@Size(min = 1, max = 253) String> fields,
        @Default("[]")
                @Size(max = 64)
                @JsonPropertyDescription(
                        "Fields of the records that are replaced by a keyed, deterministic token before they are "
                                + "stored, so that equality filters still work. Default none.")
                List<@Size(min = 1, max = 253) String> searchable) {

    /** Absent lists become empty ones. */
    public FieldEncryption {
        fields = List.copyOf(Objects.requireNonNullElse(fields, List.of()));
        searchable = List.copyOf(Objects.requireNonNullElse(searchable, List.of()));
    }
}
