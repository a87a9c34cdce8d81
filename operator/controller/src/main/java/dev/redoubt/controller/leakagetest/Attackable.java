package dev.redoubt.controller.leakagetest;

import dev.redoubt.controller.guard.GuardConfigMap;
import dev.redoubt.controller.guard.PipelineRevision;
import dev.redoubt.controller.status.Conditions;
import dev.redoubt.crds.ConditionType;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.injection.Target;
import dev.redoubt.policy.Client;
import dev.redoubt.policy.GuardConfig;
import io.fabric8.kubernetes.api.model.ConfigMap;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The configuration of a pipeline that a run attacks.
 *
 * @param revision the pipeline's configuration revision
 * @param targets the configuration revision of each target
 * @param store configuration of the store that is attacked
 * @param ready whether every guard has this revision
 */
record Attackable(String revision, SortedMap<String, String> targets, GuardConfig store, boolean ready) {
    /**
     * Looks at a pipeline.
     *
     * @param configMaps finds ConfigMaps by name
     * @return empty while a target has no configuration, or the store's does not know the clients of the test
     */
    static Optional<Attackable> of(
            RagPipeline pipeline, ProbeClients clients, Function<String, Optional<ConfigMap>> configMaps) {
        SortedMap<String, String> revisions = new TreeMap<>();
        GuardConfig store = null;
        List<Target> targets = Target.of(pipeline);
        for (Target target : targets) {
            GuardConfig config = configMaps
                    .apply(target.guardObject())
                    .flatMap(Attackable::parse)
                    .orElse(null);
            if (config == null) {
                return Optional.empty();
            }
            revisions.put(target.name(), config.revision());
            if (target.name().equals(clients.store())) {
                store = config;
            }
        }
        if (store == null || !knows(store, clients.attacker()) || !knows(store, clients.writer())) {
            return Optional.empty();
        }
        String revision = PipelineRevision.of(revisions);
        boolean ready = pipeline.getStatus() != null
                && revision.equals(pipeline.getStatus().configRevision())
                && Conditions.find(pipeline.getStatus().conditions(), ConditionType.READY)
                        .filter(condition -> condition.getStatus().equals("True"))
                        .isPresent();
        return Optional.of(new Attackable(revision, revisions, store, ready));
    }

    private static boolean knows(GuardConfig config, String name) {
        return config.clients().stream()
                .filter(Client::leakageTest)
                .anyMatch(client ->
                        client.name().equals(name) && !client.apiKeySha256().isEmpty());
    }

    private static Optional<GuardConfig> parse(ConfigMap map) {
        String json = map.getData() == null ? null : map.getData().get(GuardConfigMap.KEY);
        if (json == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(GuardConfig.parse(json.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
