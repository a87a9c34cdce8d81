package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * What the guard presents to a store or model: a key or password, and the user name that stands beside it in the Secret
 * under {@code username}, where there is one.
 *
 * @param secretName name of the Secret
 * @param key key within it that holds the key or password
 */
@ApiObject
@ValidationRule(
        value = "self.key != 'username'",
        message = "username is where the user name stands; name the key that holds the password",
        fieldPath = ".key")
public record UpstreamCredential(
        @Required
                @Size(min = 1, max = 253)
                @Pattern(Formats.DNS_SUBDOMAIN)
                @JsonPropertyDescription(
                        "Name of the Secret, in the same namespace. Where it has a key username, that is "
                                + "the user whose password it is, as in Secrets of type kubernetes.io/basic-auth.")
                String secretName,
        @Required
                @Size(min = 1, max = 253)
                @Pattern(Formats.SECRET_KEY)
                @JsonPropertyDescription("Key within the Secret that holds the API key or the password: visible ASCII "
                        + "characters, without a line break at its end.")
                String key) {}
