package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import java.util.Objects;

/**
 * A client of the pipeline. Nobody else gets in.
 *
 * @param name name within the pipeline
 * @param identity how it proves who it is
 * @param tenant its tenant, or null
 * @param allow what it may do
 * @param limits how much of it
 */
@ApiObject
public record Client(
        @Required
                @Size(min = 1, max = 63)
                @Pattern(Formats.DNS_LABEL)
                @JsonPropertyDescription("Name of the client within the pipeline. A DNS label.")
                String name,
        @Required
                @JsonPropertyDescription(
                        "How the client proves who it is: exactly one of serviceAccount, apiKey and certificate.")
                ClientIdentity identity,
        @Size(min = 1, max = 253)
                @JsonPropertyDescription(
                        "Tenant of the client, fixed: its tokens, hashes and encrypted texts have keys of their own, and "
                                + "where a store has a tenant field it sees the records of its tenant alone. Absent: "
                                + "the keys of the pipeline, and no access to such a store.")
                String tenant,
        @Default("[]") @Size(max = 32) @JsonPropertyDescription("What the client may do, by target. Default nothing.")
                List<ClientGrant> allow,
        @Default("{}") @JsonPropertyDescription("How much the client may ask for. Default: not limited.")
                ClientLimits limits) {

    /** Absent values become the defaults of the schema. */
    public Client {
        allow = List.copyOf(Objects.requireNonNullElse(allow, List.of()));
        limits = Objects.requireNonNullElseGet(limits, () -> new ClientLimits(null, null, null, null));
    }
}
