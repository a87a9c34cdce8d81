package dev.redoubt.controller.pipeline;

import io.fabric8.kubernetes.api.model.DeleteOptionsBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PreconditionsBuilder;
import io.fabric8.kubernetes.api.model.policy.v1.EvictionBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;

/** Evicts pods by the Eviction API, which keeps to PodDisruptionBudgets. */
final class Evictor {
    private final KubernetesClient client;

    Evictor(KubernetesClient client) {
        this.client = client;
    }

    /**
     * Asks for the eviction of a pod, of this very one: a StatefulSet gives its name to the next.
     *
     * @return what came of it
     */
    String evict(Pod pod) {
        String name = pod.getMetadata().getName();
        boolean accepted;
        try {
            accepted = client.pods()
                    .inNamespace(pod.getMetadata().getNamespace())
                    .withName(name)
                    .evict(new EvictionBuilder()
                            .withNewMetadata()
                            .withName(name)
                            .withNamespace(pod.getMetadata().getNamespace())
                            .endMetadata()
                            .withDeleteOptions(new DeleteOptionsBuilder()
                                    .withPreconditions(new PreconditionsBuilder()
                                            .withUid(pod.getMetadata().getUid())
                                            .build())
                                    .build())
                            .build());
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                // another pod has the name now: the cache is late, and the next look will see it
                return "pod " + name + " was replaced";
            }
            throw e;
        }
        return accepted
                ? "pod " + name + " is evicted, so that its replacement gets the guard"
                : "a PodDisruptionBudget does not allow to evict pod " + name
                        + " now; it is tried again, or raise the replicas";
    }
}
