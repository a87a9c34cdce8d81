package dev.redoubt.controller.guard;

import dev.redoubt.controller.Labels;
import dev.redoubt.controller.OwnerReferences;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.injection.Target;
import dev.redoubt.policy.GuardConfig;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import java.util.Map;

/** The compiled configuration of a target, as its guards mount it. */
public final class GuardConfigMap {
    /** Key of the configuration. */
    public static final String KEY = "guard.json";

    private GuardConfigMap() {}

    /** The ConfigMap of a target. */
    public static ConfigMap desired(RagPipeline pipeline, Target target, GuardConfig config) {
        return new ConfigMapBuilder()
                .withNewMetadata()
                .withNamespace(target.namespace())
                .withName(target.guardObject())
                .withLabels(Labels.ofTarget(target.pipeline(), target.name()))
                .withOwnerReferences(OwnerReferences.controller(pipeline))
                .endMetadata()
                .withData(Map.of(KEY, config.json()))
                .build();
    }
}
