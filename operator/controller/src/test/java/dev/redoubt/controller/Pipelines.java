package dev.redoubt.controller;

import static org.awaitility.Awaitility.await;

import dev.redoubt.crds.ConditionReason;
import dev.redoubt.crds.ConditionType;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.injection.Target;
import dev.redoubt.policy.GuardConfig;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.awaitility.core.ConditionFactory;

/** What tests ask about the pipelines of a cluster. */
public final class Pipelines {
    private final KubernetesClient client;
    private final Cluster cluster;

    public Pipelines(KubernetesClient client) {
        this.client = client;
        this.cluster = new Cluster(client);
    }

    /** Longer than any reconciliation takes, and far shorter than the interval that would hide a lost event. */
    public static ConditionFactory soon() {
        return await().atMost(Duration.ofSeconds(30)).pollInterval(Duration.ofMillis(100));
    }

    /** Waits until the condition Ready has a reason. */
    public Condition awaitReady(RagPipeline pipeline, ConditionReason reason) {
        return soon().until(() -> cluster.condition(pipeline, ConditionType.READY), ready -> reason.value()
                .equals(ready.getReason()));
    }

    /** The configuration of the first target, as the guards' own parser reads it; empty while there is none. */
    public Optional<GuardConfig> config(RagPipeline pipeline) {
        ConfigMap map = client.configMaps()
                .inNamespace(pipeline.getMetadata().getNamespace())
                .withName(Target.of(pipeline).get(0).guardObject())
                .get();
        try {
            return map == null
                    ? Optional.empty()
                    : Optional.of(
                            GuardConfig.parse(map.getData().get("guard.json").getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The paths by which the API server asks the webhook about pods of a pipeline. */
    public List<String> webhookPaths(RagPipeline pipeline) {
        String prefix = "/mutate/" + pipeline.getMetadata().getNamespace() + "/"
                + pipeline.getMetadata().getName() + "/";
        return RunningOperator.webhooks(client).getWebhooks().stream()
                .map(entry -> entry.getClientConfig().getService().getPath())
                .filter(path -> path.startsWith(prefix))
                .toList();
    }

    /** The pipeline as it is now, or null. */
    public RagPipeline now(RagPipeline pipeline) {
        return client.resource(pipeline).get();
    }
}
