package dev.redoubt.webhook;

import dev.redoubt.crds.RagPipeline;
import java.util.List;

/** Where pipelines are read. */
interface PipelineSource {
    /** The pipelines of a namespace as last heard of, which may be a moment ago; none before {@link #isSynced}. */
    List<RagPipeline> known(String namespace);

    /**
     * The pipelines of a namespace as they are now.
     *
     * @throws UnreachableException where the API server does not say
     */
    List<RagPipeline> current(String namespace) throws UnreachableException;

    /** Whether all watched namespaces were heard of. */
    boolean isSynced();

    /** The API server does not answer, or refuses to. */
    final class UnreachableException extends Exception {
        UnreachableException(String namespace, Throwable cause) {
            super("the pipelines of namespace " + namespace + " cannot be read", cause);
        }
    }
}
