package dev.redoubt.webhook;

import dev.redoubt.crds.Model;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.RagPipelineSpec;
import dev.redoubt.crds.VectorStore;
import dev.redoubt.crds.WorkloadReference;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import java.io.IOException;
import java.util.List;

/** Pipelines as a test sets them. */
final class FixedPipelines implements PipelineSource {
    List<RagPipeline> known = List.of();
    List<RagPipeline> current = List.of();
    boolean reachable = true;
    boolean synced = true;

    @Override
    public List<RagPipeline> known(String namespace) {
        return known;
    }

    @Override
    public List<RagPipeline> current(String namespace) throws UnreachableException {
        if (!reachable) {
            throw new UnreachableException(namespace, new IOException("away"));
        }
        return current;
    }

    @Override
    public boolean isSynced() {
        return synced;
    }

    /** A pipeline with one Chroma store named docs. */
    static RagPipeline pipeline(String namespace, String name, WorkloadReference.Kind kind, String workload) {
        RagPipeline pipeline = new RagPipeline();
        pipeline.setMetadata(
                new ObjectMetaBuilder().withNamespace(namespace).withName(name).build());
        VectorStore store = new VectorStore(
                "docs", new WorkloadReference(kind, workload), VectorStore.Engine.CHROMA, null, null, null, null, null);
        pipeline.setSpec(
                new RagPipelineSpec(null, List.of(store), List.<Model>of(), null, null, null, null, null, null, null));
        return pipeline;
    }
}
