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
 * What is done with entities at some places of the flow.
 *
 * @param entities names of entities, or * for every one
 * @param at places of the flow
 * @param action what is done
 * @param reversible whether a token can be restored
 */
@ApiObject
@ValidationRule(
        value = "!('*' in self.entities) || size(self.entities) == 1",
        message = "* stands for every entity and is named alone",
        fieldPath = ".entities")
@ValidationRule(
        value = "!self.reversible || self.action == 'Tokenize'",
        message = "reversible goes with action: Tokenize; what Encrypt makes can always be restored",
        fieldPath = ".reversible")
public record RedactionRule(
        @Required
                @Size(min = 1, max = 64)
                @JsonPropertyDescription(
                        "Entities that the rule is about, by Presidio's names such as EMAIL_ADDRESS; SECRET is "
                                + "every kind of secret, * every entity.")
                List<@Size(min = 1, max = 63) @Pattern(Formats.ENTITY_OR_ALL) String> entities,
        @Required
                @Size(min = 1, max = 5)
                @JsonPropertyDescription(
                        "Places of the flow where the rule applies: Ingest (texts that are stored), Query (texts "
                                + "that are searched for), Retrieve (texts that a store returns), Prompt (to a model), "
                                + "Completion (from a model).")
                List<Place> at,
        @Required
                @JsonPropertyDescription(
                        "What is done with a match: Replace (by the entity's name), Mask (by asterisks), Hash "
                                + "(keyed), Tokenize (keyed and deterministic, so that retrieval still works), Encrypt "
                                + "(FF1 for digits, else AES-GCM-SIV; deterministic, can be restored), Remove, or Block (the request is refused).")
                Action action,
        @Default("false")
                @JsonPropertyDescription(
                        "Whether a token holds the text, encrypted, and can be restored for clients that may see it; it is "
                                + "longer then, which costs retrieval quality. Only with action: Tokenize. Default false.")
                Boolean reversible) {

    /** Absent lists become empty ones. */
    public RedactionRule {
        entities = List.copyOf(Objects.requireNonNullElse(entities, List.of()));
        reversible = Objects.requireNonNullElse(reversible, false);
        at = List.copyOf(Objects.requireNonNullElse(at, List.of()));
    }

    /** The places of the flow. */
    public enum Place {
        /** Texts on the way into a store. */
        @JsonProperty("Ingest")
        INGEST,
        /** Texts that are searched for. */
        @JsonProperty("Query")
        QUERY,
        /** Texts that a store returns. */
        @JsonProperty("Retrieve")
        RETRIEVE,
        /** Texts on the way to a model. */
        @JsonProperty("Prompt")
        PROMPT,
        /** Texts that a model returns. */
        @JsonProperty("Completion")
        COMPLETION
    }

    /** What is done with a match. */
    public enum Action {
        /** It becomes the name of its entity. */
        @JsonProperty("Replace")
        REPLACE,
        /** Its characters become asterisks. */
        @JsonProperty("Mask")
        MASK,
        /** It becomes a keyed hash. */
        @JsonProperty("Hash")
        HASH,
        /** It becomes a keyed, deterministic token of its kind. */
        @JsonProperty("Tokenize")
        TOKENIZE,
        /** It becomes a ciphertext that can be restored. */
        @JsonProperty("Encrypt")
        ENCRYPT,
        /** It disappears. */
        @JsonProperty("Remove")
        REMOVE,
        /** The request is refused. */
        @JsonProperty("Block")
        BLOCK
    }
}
