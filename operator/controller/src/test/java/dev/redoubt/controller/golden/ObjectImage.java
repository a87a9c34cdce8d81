package dev.redoubt.controller.golden;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redoubt.controller.guard.GuardConfigMap;
import dev.redoubt.controller.keys.ApiKeySecret;
import dev.redoubt.policy.GuardConfig;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Secret;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Objects as golden files show them: without what the API server adds, and with a name in place of random content. */
public final class ObjectImage {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ObjectImage() {}

    /** The objects by {@code <kind>-<name>}. */
    public static Map<String, Object> of(Collection<? extends HasMetadata> objects) throws IOException {
        Map<String, String> digests = digests(objects);
        Map<String, Object> images = new TreeMap<>();
        for (HasMetadata object : objects) {
            String name = object.getKind().toLowerCase(Locale.ROOT) + "-"
                    + object.getMetadata().getName();
            assertThat(images.put(name, image(object, digests))).isNull();
        }
        return images;
    }

    private static ObjectNode image(HasMetadata object, Map<String, String> digests) throws IOException {
        ObjectNode node = JSON.convertValue(object, ObjectNode.class);
        ((ObjectNode) node.get("metadata"))
                .remove(List.of("uid", "resourceVersion", "creationTimestamp", "generation", "managedFields"));
        node.remove("status");
        if (object instanceof Secret secret) {
            node.set("data", JSON.valueToTree(SecretShape.of(secret)));
        }
        if (object instanceof ConfigMap map && map.getData().containsKey(GuardConfigMap.KEY)) {
            String json = map.getData().get(GuardConfigMap.KEY);
            // the sidecar's own parser: what it cannot read is no configuration
            GuardConfig config = GuardConfig.parse(json.getBytes(StandardCharsets.UTF_8));
            ObjectNode content =
                    (ObjectNode) JSON.readTree(config.json().replace(config.revision(), "<SHA-256 of the rest>"));
            node.withObject("/data").set(GuardConfigMap.KEY, JSON.readTree(named(content.toString(), digests)));
        }
        return node;
    }

    /** Which Secret holds the API key that a digest is of. */
    private static Map<String, String> digests(Collection<? extends HasMetadata> objects) {
        Map<String, String> names = new TreeMap<>();
        objects.stream()
                .filter(Secret.class::isInstance)
                .map(Secret.class::cast)
                .forEach(secret -> ApiKeySecret.digests(secret)
                        .forEach(digest -> names.put(
                                digest,
                                "<SHA-256 of the key in " + secret.getMetadata().getName() + ">")));
        return names;
    }

    private static String named(String json, Map<String, String> digests) {
        String named = json;
        for (Map.Entry<String, String> digest : digests.entrySet()) {
            named = named.replace(digest.getKey(), digest.getValue());
        }
        return named;
    }
}
