package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * How a client proves who it is: exactly one of the components is present.
 *
 * @param serviceAccount by a token of this ServiceAccount, or null
 * @param apiKey by an API key that the operator makes, or null
 * @param certificate by a client certificate, or null
 */
@ApiObject
@ValidationRule(
        value = "[has(self.serviceAccount), has(self.apiKey), has(self.certificate)].exists_one(given, given)",
        message = "exactly one of serviceAccount, apiKey and certificate is needed")
public record ClientIdentity(
        @JsonPropertyDescription("The client presents a projected token of a ServiceAccount.")
                ServiceAccount serviceAccount,
        @JsonPropertyDescription(
                        "The client presents an API key. The operator makes it and keeps it in a Secret, which "
                                + "the status names.")
                ApiKey apiKey,
        @JsonPropertyDescription("The client presents a TLS certificate.") Certificate certificate) {

    /**
     * A ServiceAccount of the pipeline's namespace.
     *
     * @param name its name
     */
    @ApiObject
    public record ServiceAccount(
            @Required
                    @Size(min = 1, max = 253)
                    @Pattern(Formats.DNS_SUBDOMAIN)
                    @JsonPropertyDescription("Name of the ServiceAccount, in the namespace of the pipeline.")
                    String name) {}

    /** An API key; it has no settings. */
    @ApiObject
    public record ApiKey() {}

    /**
     * A client certificate.
     *
     * @param dnsName subject alternative name that it carries
     * @param authority Secret with the certificate of the authority that signed it
     */
    @ApiObject
    public record Certificate(
            @Required
                    @Size(min = 1, max = 253)
                    @Pattern(Formats.DNS_SUBDOMAIN)
                    @JsonPropertyDescription("DNS name that the certificate carries as subject alternative name.")
                    String dnsName,
            @Required
                    @JsonPropertyDescription("Certificate (PEM) of the authority that signs the clients' certificates.")
                    SecretKeyReference authority) {}
}
