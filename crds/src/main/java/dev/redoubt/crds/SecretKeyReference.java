package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/**
 * A key of a Secret in the same namespace.
 *
 * @param secretName name of the Secret
 * @param key key within it
 */
@ApiObject
public record SecretKeyReference(
        @Required
                @Size(min = 1, max = 253)
                @Pattern(Formats.DNS_SUBDOMAIN)
                @JsonPropertyDescription("Name of the Secret, in the same namespace.")
                String secretName,
        @Required
                @Size(min = 1, max = 253)
                @Pattern(Formats.SECRET_KEY)
                @JsonPropertyDescription("Key within the Secret.")
                String key) {}
