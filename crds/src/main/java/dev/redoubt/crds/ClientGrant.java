package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Objects;

/**
 * What a client may do with one target.
 *
 * @param target name of a vector store or model of the pipeline
 * @param operations what it may do there
 * @param sealedFields whether encrypted fields are opened for it
 * @param reveal entities whose originals it may see
 */
@ApiObject
public record ClientGrant(
        @Required
                @Size(min = 1, max = 63)
                @Pattern(Formats.DNS_LABEL)
                @JsonPropertyDescription("Name of a vector store or model of this pipeline.")
                String target,
        @Required
                @Size(min = 1, max = 6)
                @JsonPropertyDescription(
                        "What the client may do there: Query, Ingest, Export, Manage with a vector store; "
                                + "Generate, Embed, Manage with a model.")
                List<Operation> operations,
        @Default("Sealed")
                @JsonPropertyDescription(
                        "Encrypted fields in responses to this client: Sealed leaves them encrypted, Open opens "
                                + "them. Default Sealed.")
                SealedFields sealedFields,
        @Default("[]")
                @Size(max = 64)
                @JsonPropertyDescription(
                        "Entities whose reversible tokens and encrypted texts are restored in answers to this client; SECRET is "
                                + "every kind of secret, * every entity. Default none.")
                List<@Size(min = 1, max = 63) @Pattern(Formats.ENTITY_OR_ALL) String> reveal) {

    /** Absent values become the defaults of the schema. */
    public ClientGrant {
        operations = List.copyOf(Objects.requireNonNullElse(operations, List.of()));
        reveal = List.copyOf(Objects.requireNonNullElse(reveal, List.of()));
        sealedFields = Objects.requireNonNullElse(sealedFields, SealedFields.SEALED);
    }

    /** What a client gets of encrypted fields. */
    public enum SealedFields {
        /** The encrypted value. */
        @JsonProperty("Sealed")
        SEALED,
        /** The original value. */
        @JsonProperty("Open")
        OPEN
    }
}
