package dev.redoubt.webhook;

import dev.redoubt.crds.RagPipeline;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Pipelines of the API server, heard of by watches, which go on through every interruption. */
final class InformedPipelines implements PipelineSource, AutoCloseable {
    private final KubernetesClient client;
    private final Map<String, SharedIndexInformer<RagPipeline>> informers = new LinkedHashMap<>();

    InformedPipelines(KubernetesClient client, List<String> namespaces) {
        this.client = client;
        for (String namespace : namespaces) {
            SharedIndexInformer<RagPipeline> informer =
                    client.resources(RagPipeline.class).inNamespace(namespace).runnableInformer(0);
            // a namespace or a right that is not there yet, or an API server that is away, may come
            informer.exceptionHandler((started, cause) -> true);
            informers.put(namespace, informer);
            informer.start();
        }
    }

    @Override
    public List<RagPipeline> known(String namespace) {
        SharedIndexInformer<RagPipeline> informer = informers.get(namespace);
        return informer == null ? List.of() : informer.getStore().list();
    }

    @Override
    public List<RagPipeline> current(String namespace) throws UnreachableException {
        try {
            return client.resources(RagPipeline.class)
                    .inNamespace(namespace)
                    .list()
                    .getItems();
        } catch (KubernetesClientException e) {
            throw new UnreachableException(namespace, e);
        }
    }

    @Override
    public boolean isSynced() {
        return informers.values().stream().allMatch(SharedIndexInformer::hasSynced);
    }

    @Override
    public void close() {
        informers.values().forEach(SharedIndexInformer::stop);
    }
}
