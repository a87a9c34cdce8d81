package dev.redoubt.controller.pipeline;

import dev.redoubt.controller.pki.AuthorityStore;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.injection.GuardWebhooks;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhook;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfiguration;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.MutatingWebhookConfigurationBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;

/**
 * Fills the webhook configuration that the chart makes. It is the one object outside the pipelines' namespaces, shared
 * by all of them; so it is always written whole, from what is known at the moment of writing, by one writer at a time.
 */
final class WebhookEntries {
    private static final PatchContext APPLY = new PatchContext.Builder()
            .withPatchType(PatchType.SERVER_SIDE_APPLY)
            .withFieldManager("redoubt-controller")
            .withForce(true)
            .build();

    private final KubernetesClient client;
    private final AuthorityStore authorities;
    private final String operatorNamespace;

    WebhookEntries(KubernetesClient client, AuthorityStore authorities, String operatorNamespace) {
        this.client = client;
        this.authorities = authorities;
        this.operatorNamespace = operatorNamespace;
    }

    /**
     * Brings the entries to what the pipelines ask for.
     *
     * @param pipelines all pipelines of all watched namespaces, read when it is this writer's turn
     * @throws IllegalStateException where the chart's configuration is not there
     */
    synchronized void write(Supplier<? extends Collection<RagPipeline>> pipelines) {
        MutatingWebhookConfiguration actual = client.admissionRegistration()
                .v1()
                .mutatingWebhookConfigurations()
                .withName(GuardWebhooks.CONFIGURATION)
                .get();
        if (actual == null) {
            throw new IllegalStateException("MutatingWebhookConfiguration " + GuardWebhooks.CONFIGURATION
                    + " does not exist; install the chart redoubt");
        }
        MutatingWebhookConfiguration desired = desired(pipelines.get(), authority(), operatorNamespace);
        List<MutatingWebhook> current = actual.getWebhooks().stream()
                .sorted(Comparator.comparing(MutatingWebhook::getName))
                .toList();
        if (!current.equals(desired.getWebhooks())) {
            client.resource(desired).patch(APPLY);
        }
    }

    /** The configuration for these pipelines. */
    static MutatingWebhookConfiguration desired(
            Collection<RagPipeline> pipelines, String authorityPem, String operatorNamespace) {
        String bundle = Base64.getEncoder().encodeToString(authorityPem.getBytes(StandardCharsets.UTF_8));
        return new MutatingWebhookConfigurationBuilder()
                .withNewMetadata()
                .withName(GuardWebhooks.CONFIGURATION)
                .endMetadata()
                .withWebhooks(
                        new GuardWebhooks(operatorNamespace, AuthorityStore.WEBHOOK_SERVICE, bundle).entries(pipelines))
                .build();
    }

    private String authority() {
        return authorities.authority().certificatePem();
    }
}
