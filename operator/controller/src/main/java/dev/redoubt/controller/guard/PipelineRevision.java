package dev.redoubt.controller.guard;

import dev.redoubt.controller.keys.Digests;
import java.nio.charset.StandardCharsets;
import java.util.SortedMap;
import java.util.stream.Collectors;

/** One revision for the configurations of all targets of a pipeline. */
public final class PipelineRevision {
    private PipelineRevision() {}

    /**
     * SHA-256 over the revisions.
     *
     * @param revisions revision of each target's configuration by the target's name
     */
    public static String of(SortedMap<String, String> revisions) {
        String lines = revisions.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining("\n"));
        return Digests.sha256Hex(lines.getBytes(StandardCharsets.UTF_8));
    }
}
