package dev.redoubt.webhook;

import dev.redoubt.crds.RagPipeline;
import dev.redoubt.injection.Target;
import java.util.Collection;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The target that the API server asks about, as the path of the request names it.
 *
 * @param namespace namespace of the pipeline
 * @param pipeline name of the RagPipeline
 * @param target name of the store or model
 */
record ReviewTarget(String namespace, String pipeline, String target) {
    private static final Pattern PATH =
            Pattern.compile("/mutate/([a-z0-9.-]{1,253})/([a-z0-9.-]{1,253})/([a-z0-9-]{1,63})");

    static Optional<ReviewTarget> of(String path) {
        Matcher matcher = PATH.matcher(path);
        return matcher.matches()
                ? Optional.of(new ReviewTarget(matcher.group(1), matcher.group(2), matcher.group(3)))
                : Optional.empty();
    }

    /** Whether one of the pipelines has this target. */
    boolean isIn(Collection<RagPipeline> pipelines) {
        return pipelines.stream()
                .flatMap(p -> Target.of(p).stream())
                .anyMatch(t -> t.namespace().equals(namespace)
                        && t.pipeline().equals(pipeline)
                        && t.name().equals(target));
    }
}
