package dev.redoubt.controller.apply;

import dev.redoubt.controller.Labels;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Writes the objects that belong to Redoubt alone. They are created and replaced, not applied: creation fails where
 * somebody else has an object of that name, and replacement drops what somebody else added, of which server-side apply
 * does neither.
 */
public final class ObjectWriter {
    private static final String OURS = "redoubt.dev/";

    private final KubernetesClient client;

    public ObjectWriter(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Brings an object to its desired state; writes nothing where it is there.
     *
     * @param desired what it shall be
     * @param cached what a cache says that it is; empty where the cache knows none, which may be late
     * @return what the object is now
     * @throws NameTakenException where an object of that name is not Redoubt's or belongs to something else
     */
    public <T extends HasMetadata> T write(T desired, Optional<T> cached) {
        T actual = cached.orElse(null);
        if (actual == null) {
            try {
                return client.resource(desired).create();
            } catch (KubernetesClientException e) {
                if (e.getCode() != HttpURLConnection.HTTP_CONFLICT) {
                    throw e;
                }
                actual = client.resource(desired).get();
                if (actual == null) {
                    throw e;
                }
            }
        }
        requireOurs(desired, actual);
        if (DesiredState.matches(desired, actual)) {
            return actual;
        }
        return client.resource(desired).update();
    }

    /**
     * Creates an object that is never changed afterwards.
     *
     * @param desired how it is created; what is there already stays as it is
     * @return what the object is now
     * @throws NameTakenException where an object of that name is not Redoubt's or belongs to something else
     */
    public <T extends HasMetadata> T createOnce(T desired) {
        T actual;
        try {
            return client.resource(desired).create();
        } catch (KubernetesClientException e) {
            actual = e.getCode() == HttpURLConnection.HTTP_CONFLICT
                    ? client.resource(desired).get()
                    : null;
            if (actual == null) {
                throw e;
            }
        }
        requireOurs(desired, actual);
        return actual;
    }

    /** Asks the API server for an object that a cache does not know, which may be late. */
    public <T extends HasMetadata> Optional<T> find(Class<T> type, String namespace, String name) {
        return Optional.ofNullable(
                client.resources(type).inNamespace(namespace).withName(name).get());
    }

    /** Deletes an object, if it is still the one that was seen. */
    public void delete(HasMetadata seen) {
        client.resource(seen)
                .lockResourceVersion(seen.getMetadata().getResourceVersion())
                .delete();
    }

    private static void requireOurs(HasMetadata desired, HasMetadata actual) {
        if (!identity(desired).equals(identity(actual))) {
            throw new NameTakenException(
                    desired.getKind(), desired.getMetadata().getName());
        }
    }

    private static Map<String, String> identity(HasMetadata object) {
        Map<String, String> labels =
                Objects.requireNonNullElse(object.getMetadata().getLabels(), Map.of());
        Map<String, String> identity = new TreeMap<>();
        labels.forEach((key, value) -> {
            if (key.startsWith(OURS) || key.equals(Labels.MANAGED_BY)) {
                identity.put(key, value);
            }
        });
        return identity;
    }
}
