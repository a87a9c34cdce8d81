package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * Where a client finds its credential.
 *
 * @param name name of the client
 * @param secretName name of the Secret that holds its API key, under the key {@code api-key}
 */
@ApiObject
public record ClientStatus(
        @Required @Size(min = 1, max = 63) @JsonPropertyDescription("Name of the client.") String name,
        @Size(max = 253) @JsonPropertyDescription("Secret that holds the client's API key, under the key api-key.")
                String secretName) {}
