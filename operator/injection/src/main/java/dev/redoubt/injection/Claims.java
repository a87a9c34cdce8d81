package dev.redoubt.injection;

import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.WorkloadReference;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which pipeline guards which workload. Where two pipelines claim one workload, the older holds it (by creation
 * timestamp, then by name); within one pipeline the target that comes first does. A pipeline that is being deleted
 * claims nothing.
 */
public final class Claims {
    private static final Comparator<RagPipeline> OLDEST_FIRST = Comparator.comparing(
                    (RagPipeline pipeline) -> pipeline.getMetadata().getCreationTimestamp(),
                    // RFC 3339 in UTC with whole seconds, as the API server writes it, sorts as text
                    Comparator.nullsLast(Comparator.naturalOrder()))
            .thenComparing(pipeline -> pipeline.getMetadata().getName());

    private final Map<Key, Target> holders = new LinkedHashMap<>();

    private Claims() {}

    /** The claims of these pipelines, of one or more namespaces. */
    public static Claims of(Collection<RagPipeline> pipelines) {
        Claims claims = new Claims();
        pipelines.stream()
                .filter(pipeline -> pipeline.getMetadata().getDeletionTimestamp() == null)
                .sorted(OLDEST_FIRST)
                .flatMap(pipeline -> Target.of(pipeline).stream())
                .forEach(target -> claims.holders.putIfAbsent(Key.of(target), target));
        return claims;
    }

    /** The target that holds a workload. */
    public Optional<Target> holder(String namespace, WorkloadReference workload) {
        return Optional.ofNullable(holders.get(new Key(namespace, workload)));
    }

    /** The other target that holds the workload of this one; empty where this one holds it. */
    public Optional<Target> rival(Target target) {
        return Optional.ofNullable(holders.get(Key.of(target))).filter(holder -> !holder.equals(target));
    }

    /** Every target that holds its workload, ordered by namespace, pipeline and name. */
    public List<Target> holders() {
        return holders.values().stream()
                .sorted(Comparator.comparing(Target::namespace)
                        .thenComparing(Target::pipeline)
                        .thenComparing(Target::name))
                .toList();
    }

    private record Key(String namespace, WorkloadReference workload) {
        static Key of(Target target) {
            return new Key(target.namespace(), target.workload());
        }
    }
}
