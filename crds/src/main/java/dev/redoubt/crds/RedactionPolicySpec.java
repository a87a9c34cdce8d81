package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;

/**
 * What is wanted of a policy.
 *
 * @param rules what is done with which entities
 * @param entities entities of the user's own
 * @param allow texts that are never redacted
 * @param fields which fields are searched
 * @param drop fields that never reach a store
 * @param recognizers recognisers of the user's own
 */
@ApiObject
@ValidationRule(
        value = "size(self.rules) + size(self.drop) > 0",
        message = "a policy needs at least one rule or dropped field")
public record RedactionPolicySpec(
        @Default("[]")
                @Size(max = 32)
                @JsonPropertyDescription(
                        "What is done with which entities. Where several rules name one entity at one place, the "
                                + "first applies. Default none; there is at least one rule or dropped field.")
                List<RedactionRule> rules,
        @Default("[]")
                @Size(max = 64)
                @JsonPropertyDescription("Entities of your own, found by a pattern or a list. Default none.")
                List<CustomEntity> entities,
        @Default("[]")
                @Size(max = 256)
                @JsonPropertyDescription(
                        "Texts that are never redacted, such as a public support address; compared as a whole "
                                + "with a match. Default none.")
                List<@Size(min = 1, max = 256) String> allow,
        @Default("{}") @JsonPropertyDescription("Which fields of the records are searched for entities. Default: all.")
                FieldSelection fields,
        @Default("[]")
                @Size(max = 64)
                @JsonPropertyDescription("Fields of the records that are removed before they are stored. Default none.")
                List<@Size(min = 1, max = 253) String> drop,
        @Default("[]")
                @Size(max = 8)
                @JsonPropertyDescription("Recognisers of your own, such as Presidio's analyzer. Default none.")
                List<ExternalRecognizer> recognizers) {

    /** Absent values become the defaults of the schema. */
    public RedactionPolicySpec {
        rules = List.copyOf(Objects.requireNonNullElse(rules, List.of()));
        entities = List.copyOf(Objects.requireNonNullElse(entities, List.of()));
        allow = List.copyOf(Objects.requireNonNullElse(allow, List.of()));
        fields = Objects.requireNonNullElseGet(fields, () -> new FieldSelection(null));
        drop = List.copyOf(Objects.requireNonNullElse(drop, List.of()));
        recognizers = List.copyOf(Objects.requireNonNullElse(recognizers, List.of()));
    }
}
