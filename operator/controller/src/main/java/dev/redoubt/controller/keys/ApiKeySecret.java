package dev.redoubt.controller.keys;

import dev.redoubt.controller.OwnerReferences;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A Secret with an API key of a client. Made once and never rewritten. */
public final class ApiKeySecret {
    /** Key within the Secret. */
    public static final String KEY = "api-key";

    private ApiKeySecret() {}

    /**
     * The Secret of a client.
     *
     * @param owner with whose deletion the key becomes useless
     */
    public static Secret desired(HasMetadata owner, String name, Map<String, String> labels, String apiKey) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(owner.getMetadata().getNamespace())
                .withName(name)
                .withLabels(labels)
                .withOwnerReferences(OwnerReferences.controller(owner))
                .endMetadata()
                .withType("Opaque")
                .withData(Map.of(KEY, Base64.getEncoder().encodeToString(apiKey.getBytes(StandardCharsets.UTF_8))))
                .build();
    }

    /** SHA-256 of the API key in a Secret; empty where there is none, so that nobody gets in by an empty key. */
    public static List<String> digests(Secret secret) {
        String encoded = secret.getData() == null ? null : secret.getData().get(KEY);
        byte[] key = encoded == null ? new byte[0] : Base64.getDecoder().decode(encoded);
        return key.length == 0 ? List.of() : List.of(Digests.sha256Hex(key));
    }
}
