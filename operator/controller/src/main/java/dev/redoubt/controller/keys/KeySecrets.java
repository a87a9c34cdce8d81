package dev.redoubt.controller.keys;

import dev.redoubt.controller.Labels;
import dev.redoubt.controller.ObjectNames;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import java.util.Base64;
import java.util.Map;

/**
 * Secrets that hold keys of stored data. They have no owner and are immutable: what was sealed with a key can be read
 * as long as the Secret is there, so that neither the deletion of a pipeline nor a pruning tool loses a record.
 */
public final class KeySecrets {
    /** Key within the Secret. */
    public static final String KEY = "key";

    private KeySecrets() {}

    /** One version of the data key of a target. */
    public static Secret desiredDataKey(String namespace, String pipeline, String target, int version, byte[] key) {
        Map<String, String> labels = Labels.ofTarget(pipeline, target);
        labels.put(Labels.KEY, "data");
        labels.put(Labels.KEY_VERSION, Integer.toString(version));
        return desired(namespace, ObjectNames.dataKey(pipeline, target, version), labels, key);
    }

    /** The key of a pipeline's tokens and hashes. */
    public static Secret desiredTokenKey(String namespace, String pipeline, byte[] key) {
        Map<String, String> labels = Labels.ofPipeline(pipeline);
        labels.put(Labels.KEY, "token");
        return desired(namespace, ObjectNames.tokenKey(pipeline), labels, key);
    }

    /**
     * The key that a Secret holds.
     *
     * @throws IllegalStateException where it holds none of the right length
     */
    public static byte[] read(Secret secret) {
        String encoded = secret.getData() == null ? null : secret.getData().get(KEY);
        byte[] key = encoded == null ? new byte[0] : Base64.getDecoder().decode(encoded);
        if (key.length != KeyFactory.KEY_BYTES) {
            throw new IllegalStateException("Secret " + secret.getMetadata().getName()
                    + " does not hold a key of 32 bytes; restore it from a backup");
        }
        return key;
    }

    private static Secret desired(String namespace, String name, Map<String, String> labels, byte[] key) {
        return new SecretBuilder()
                .withNewMetadata()
                .withNamespace(namespace)
                .withName(name)
                .withLabels(labels)
                .endMetadata()
                .withType("Opaque")
                .withImmutable(true)
                .withData(Map.of(KEY, Base64.getEncoder().encodeToString(key)))
                .build();
    }
}
