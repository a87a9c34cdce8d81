package dev.redoubt.controller.pipeline;

import dev.redoubt.crds.RagPipeline;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The Secrets of others that pipelines name, each watched by its own name, so that no Secret is read that no pipeline
 * names.
 */
final class NamedSecrets extends AbstractEventSource<Secret, RagPipeline> {
    private static final int LONGEST_START_SECONDS = 10;

    private final KubernetesClient client;
    private final Map<ResourceID, SharedIndexInformer<Secret>> watched = new ConcurrentHashMap<>();
    private final Map<ResourceID, Set<ResourceID>> namedBy = new ConcurrentHashMap<>();

    NamedSecrets(KubernetesClient client) {
        super(Secret.class, "named-secrets");
        this.client = client;
    }

    /**
     * What a pipeline names, as far as it exists, by name. It is watched from now on.
     *
     * @throws KubernetesClientException where a Secret cannot be watched
     */
    synchronized Map<String, Secret> of(RagPipeline pipeline) {
        String namespace = pipeline.getMetadata().getNamespace();
        Set<ResourceID> names = UpstreamResolution.secrets(pipeline.getSpec()).stream()
                .map(name -> new ResourceID(name, namespace))
                .collect(Collectors.toSet());
        namedBy.put(ResourceID.fromResource(pipeline), names);
        forgetUnnamed();
        Map<String, Secret> found = new TreeMap<>();
        for (ResourceID name : names) {
            SharedIndexInformer<Secret> informer = watched.get(name);
            if (informer == null) {
                informer = start(name);
                watched.put(name, informer);
            }
            informer.getStore()
                    .list()
                    .forEach(secret -> found.put(secret.getMetadata().getName(), secret));
        }
        return found;
    }

    /** A pipeline that is gone names nothing. */
    synchronized void forget(RagPipeline pipeline) {
        namedBy.remove(ResourceID.fromResource(pipeline));
        forgetUnnamed();
    }

    private void forgetUnnamed() {
        Set<ResourceID> named = namedBy.values().stream().flatMap(Set::stream).collect(Collectors.toSet());
        watched.entrySet().removeIf(entry -> {
            boolean unnamed = !named.contains(entry.getKey());
            if (unnamed) {
                entry.getValue().stop();
            }
            return unnamed;
        });
    }

    private SharedIndexInformer<Secret> start(ResourceID name) {
        SharedIndexInformer<Secret> informer = client.secrets()
                .inNamespace(name.getNamespace().orElseThrow())
                .withName(name.getName())
                .runnableInformer(0);
        informer.addEventHandler(new Changes());
        try {
            informer.start()
                    .toCompletableFuture()
                    .orTimeout(LONGEST_START_SECONDS, TimeUnit.SECONDS)
                    .join();
            return informer;
        } catch (CompletionException e) {
            informer.stop();
            throw e.getCause() instanceof KubernetesClientException refused
                    ? refused
                    : new KubernetesClientException("Secret " + name.getName() + " cannot be watched", e);
        }
    }

    private final class Changes implements ResourceEventHandler<Secret> {
        @Override
        public void onAdd(Secret secret) {
            changed(secret);
        }

        @Override
        public void onUpdate(Secret before, Secret now) {
            changed(now);
        }

        @Override
        public void onDelete(Secret secret, boolean isLastStateUnknown) {
            changed(secret);
        }

        private void changed(Secret secret) {
            ResourceID name = ResourceID.fromResource(secret);
            namedBy.forEach((pipeline, names) -> {
                if (isRunning() && names.contains(name)) {
                    getEventHandler().handleEvent(new Event(pipeline));
                }
            });
        }
    }

    @Override
    public Set<Secret> getSecondaryResources(RagPipeline pipeline) {
        return Optional.ofNullable(namedBy.get(ResourceID.fromResource(pipeline))).orElse(Set.of()).stream()
                .map(watched::get)
                .filter(informer -> informer != null)
                .flatMap(informer -> informer.getStore().list().stream())
                .collect(Collectors.toSet());
    }

    @Override
    public synchronized void stop() {
        super.stop();
        namedBy.clear();
        forgetUnnamed();
    }
}
