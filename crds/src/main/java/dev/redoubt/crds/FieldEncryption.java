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
 * @param searchable fields that are encrypted with AES-256-GCM-SIV, so that equality filters still work
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
                                + "fields by their key, the text by the name document. Filters on them are refused. "
                                + "Default none.")
                List<@Size(min = 1, max = 253) String> fields,
        @Default("[]")
                @Size(max = 64)
                @JsonPropertyDescription(
                        "Fields of the records that are encrypted before they are stored so that equal values stay "
                                + "equal (AES-256-GCM-SIV): filters by equality find them, other filters on them are "
                                + "refused. Who sees the store sees which values are equal. Map them as exact text where "
                                + "the engine has a schema. Default none.")
                List<@Size(min = 1, max = 253) String> searchable) {

    /** Absent lists become empty ones. */
    public FieldEncryption {
        fields = List.copyOf(Objects.requireNonNullElse(fields, List.of()));
        searchable = List.copyOf(Objects.requireNonNullElse(searchable, List.of()));
    }
}
