package dev.redoubt.injection;

import dev.redoubt.crds.WorkloadReference;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which workload a pod belongs to, told by its controller owner alone, in the two forms that must agree: in Java, and
 * in the CEL of an admission webhook's match condition. Labels and annotations that an author of a pod template
 * chooses have no say.
 */
public final class WorkloadOwnership {
    private static final String HASH_LABEL = "pod-template-hash";
    private static final String API = "apps/v1";

    private WorkloadOwnership() {}

    /** The workload that the pod belongs to; empty for bare pods and for pods of Jobs and of other owners. */
    public static Optional<WorkloadReference> of(Pod pod) {
        if (pod.getMetadata() == null) {
            return Optional.empty();
        }
        return pod.getMetadata().getOwnerReferences().stream()
                .filter(owner -> Boolean.TRUE.equals(owner.getController()) && API.equals(owner.getApiVersion()))
                .findFirst()
                .flatMap(owner -> workload(owner, pod.getMetadata().getLabels()));
    }

    private static Optional<WorkloadReference> workload(OwnerReference owner, Map<String, String> labels) {
        String name = owner.getName();
        return switch (owner.getKind()) {
            case "StatefulSet" -> Optional.of(new WorkloadReference(WorkloadReference.Kind.STATEFUL_SET, name));
            case "DaemonSet" -> Optional.of(new WorkloadReference(WorkloadReference.Kind.DAEMON_SET, name));
            case "ReplicaSet" -> {
                String hash = labels == null ? null : labels.get(HASH_LABEL);
                String suffix = "-" + hash;
                yield hash != null && !hash.isEmpty() && name.endsWith(suffix) && name.length() > suffix.length()
                        ? Optional.of(new WorkloadReference(
                                WorkloadReference.Kind.DEPLOYMENT, name.substring(0, name.length() - suffix.length())))
                        : Optional.empty();
            }
            default -> Optional.empty();
        };
    }

    /** A CEL expression over {@code object}, a pod, that is true where {@link #of} answers the workload. */
    static String matchCondition(WorkloadReference workload) {
        return switch (workload.kind()) {
            case DEPLOYMENT ->
                "has(object.metadata.labels) && '" + HASH_LABEL
                        + "' in object.metadata.labels && object.metadata.labels['"
                        + HASH_LABEL + "'] != '' && "
                        + owned(
                                "ReplicaSet",
                                "'" + workload.name() + "-' + object.metadata.labels['" + HASH_LABEL + "']");
            case STATEFUL_SET -> owned("StatefulSet", "'" + workload.name() + "'");
            case DAEMON_SET -> owned("DaemonSet", "'" + workload.name() + "'");
        };
    }

    /** Names of workloads are DNS subdomains, so that they need no escape within quotes. */
    private static String owned(String kind, String name) {
        return "has(object.metadata.ownerReferences) && object.metadata.ownerReferences.exists(o, "
                + String.join(
                        " && ",
                        List.of(
                                "has(o.controller)",
                                "o.controller",
                                "o.apiVersion == '" + API + "'",
                                "o.kind == '" + kind + "'",
                                "o.name == " + name))
                + ")";
    }
}
