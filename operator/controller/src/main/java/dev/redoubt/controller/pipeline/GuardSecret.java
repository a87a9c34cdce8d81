package dev.redoubt.controller.pipeline;

import dev.redoubt.controller.Labels;
import dev.redoubt.controller.OwnerReferences;
import dev.redoubt.controller.pki.IssuedCertificate;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.injection.Target;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Keys and certificate of a target, as its guards mount them; all of it can be made again from other Secrets. */
public final class GuardSecret {
    /** Key of the key ring. */
    public static final String KEYRING = "keyring.json";

    /** Key of the SQL that makes the roles of a database; for the person who runs it. */
    public static final String ROLES = "roles.sql";

    /** Key of the credential that guards present to the target. */
    public static final String UPSTREAM = "upstream.json";

    private GuardSecret() {}

    /**
     * The Secret of a target.
     *
     * @param keyring the key ring's JSON
     * @param certificate of the admin port
     * @param authority PEM of the authority that the controller's certificate is checked against
     * @param credential JSON of what guards present to the target; empty where that is nothing
     * @param roles the SQL that makes the roles of the target's clients; empty where it is no database
     */
    public static Secret desired(
            RagPipeline pipeline,
            Target target,
            byte[] keyring,
            IssuedCertificate certificate,
            String authority,
            Optional<byte[]> credential,
            Optional<String> roles) {
        Map<String, String> data = new TreeMap<>();
        data.put(KEYRING, Base64.getEncoder().encodeToString(keyring));
        data.put("tls.crt", base64(certificate.certificatePem()));
        data.put("tls.key", base64(certificate.privateKeyPem()));
        data.put("ca.crt", base64(authority));
        credential.ifPresent(json -> data.put(UPSTREAM, Base64.getEncoder().encodeToString(json)));
        roles.ifPresent(sql -> data.put(ROLES, base64(sql)));
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(target.namespace())
                .withName(target.guardObject())
                .withLabels(Labels.ofTarget(target.pipeline(), target.name()))
                .withOwnerReferences(OwnerReferences.controller(pipeline))
                .endMetadata()
                .withType("Opaque")
                .withData(data)
                .build();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
