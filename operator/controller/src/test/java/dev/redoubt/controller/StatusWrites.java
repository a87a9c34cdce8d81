package dev.redoubt.controller;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Stands between an operator and the API server. What happens here happens after the operator has decided to write a
 * status and before the write: in the moment in which JOSDK 5.3 takes the events of others for echoes of its own.
 */
public final class StatusWrites implements Interceptor {
    private static final String PER_RECONCILIATION = "/mutatingwebhookconfigurations/redoubt-pods";

    private final AtomicReference<Runnable> next = new AtomicReference<>();
    private final AtomicInteger reconciliations = new AtomicInteger();

    /** A client that goes by way of this; close it. */
    public KubernetesClient client(KubernetesClient like) {
        return new KubernetesClientBuilder()
                .withConfig(like.getConfiguration())
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("status-writes", this))
                .build();
    }

    /** What happens, once, just before the operator writes the next status. */
    public void beforeNext(Runnable foreignWrite) {
        next.set(foreignWrite);
    }

    /** Whether what was to happen has happened. */
    public boolean happened() {
        return next.get() == null;
    }

    /** How often a pipeline was reconciled: each time the webhook's entries are looked at. */
    public int reconciliations() {
        return reconciliations.get();
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        String path = request.uri().getPath();
        if (request.method().equals("GET") && path.endsWith(PER_RECONCILIATION)) {
            reconciliations.incrementAndGet();
        }
        if (request.method().equals("PATCH") && path.endsWith("/status")) {
            Runnable foreignWrite = next.getAndSet(null);
            if (foreignWrite != null) {
                foreignWrite.run();
            }
        }
    }
}
