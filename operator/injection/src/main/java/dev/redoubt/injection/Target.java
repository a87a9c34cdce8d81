package dev.redoubt.injection;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redoubt.crds.Model;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.TargetStatus;
import dev.redoubt.crds.VectorStore;
import dev.redoubt.crds.WorkloadReference;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * One vector store or model of a RagPipeline: what a guard stands in front of.
 *
 * @param namespace namespace of the pipeline and of the workload
 * @param pipeline name of the RagPipeline
 * @param name name of the store or model within the pipeline
 * @param kind which of the two it is
 * @param workload the workload whose pods it is
 * @param profile name of the profile of its engine or API; not every name has a profile in this version
 * @param capture how its traffic comes to the guard
 */
public record Target(
        String namespace,
        String pipeline,
        String name,
        TargetStatus.Kind kind,
        WorkloadReference workload,
        String profile,
        VectorStore.Capture capture) {
    private static final ObjectMapper NAMES = new ObjectMapper();

    public Target {
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(pipeline, "pipeline");
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(workload, "workload");
        Objects.requireNonNull(profile, "profile");
        Objects.requireNonNull(capture, "capture");
    }

    /** The targets of a pipeline: its stores, then its models, in the order of the spec. */
    public static List<Target> of(RagPipeline pipeline) {
        String namespace = pipeline.getMetadata().getNamespace();
        String name = pipeline.getMetadata().getName();
        List<Target> targets = new ArrayList<>();
        if (pipeline.getSpec() == null) {
            return targets;
        }
        for (VectorStore store : pipeline.getSpec().vectorStores()) {
            targets.add(new Target(
                    namespace,
                    name,
                    store.name(),
                    TargetStatus.Kind.VECTOR_STORE,
                    store.workload(),
                    apiName(store.engine()),
                    store.capture()));
        }
        for (Model model : pipeline.getSpec().models()) {
            targets.add(new Target(
                    namespace,
                    name,
                    model.name(),
                    TargetStatus.Kind.MODEL,
                    model.workload(),
                    apiName(model.api()),
                    VectorStore.Capture.TAKEOVER));
        }
        return targets;
    }

    /** A profile has the name that stands for the engine or API in YAML. */
    private static String apiName(Enum<?> value) {
        return NAMES.convertValue(value, String.class);
    }

    /** Value of the label {@value GuardContainer#LABEL} of its guarded pods. */
    public String guardLabel() {
        return BoundedName.of(pipeline + "." + name);
    }

    /** Name of the ConfigMap and of the Secret that its guards mount. */
    public String guardObject() {
        return BoundedName.of("redoubt-guard-" + pipeline + "." + name);
    }

    /** Kind and name of the workload, such as StatefulSet/chroma. */
    public String workloadName() {
        return apiName(workload.kind()) + "/" + workload.name();
    }
}
