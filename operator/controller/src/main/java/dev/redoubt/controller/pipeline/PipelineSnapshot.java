package dev.redoubt.controller.pipeline;

import dev.redoubt.crds.LeakageTest;
import dev.redoubt.crds.RagPipeline;
import dev.redoubt.crds.RedactionPolicy;
import dev.redoubt.crds.WorkloadReference;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the caches know of a pipeline's surroundings at the start of a reconciliation.
 *
 * @param pipelines all pipelines of all watched namespaces
 * @param policies the RedactionPolicies of its namespace by name
 * @param services the Services of its namespace by name
 * @param tests the leakage tests that attack it
 * @param configMaps its ConfigMaps by name
 * @param secrets its Secrets by name, those of its leakage tests among them
 * @param named Secrets of others that its spec names, by name, as far as they exist
 * @param networkPolicies its NetworkPolicies by name
 * @param workloads the workloads of its targets that exist
 * @param pods the pods of each of its workloads
 */
public record PipelineSnapshot(
        List<RagPipeline> pipelines,
        Map<String, RedactionPolicy> policies,
        Map<String, Service> services,
        List<LeakageTest> tests,
        Map<String, ConfigMap> configMaps,
        Map<String, Secret> secrets,
        Map<String, Secret> named,
        Map<String, NetworkPolicy> networkPolicies,
        Map<WorkloadReference, Workload> workloads,
        Map<WorkloadReference, List<Pod>> pods) {
    /** A ConfigMap that the cache knows. */
    public Optional<ConfigMap> configMap(String name) {
        return Optional.ofNullable(configMaps.get(name));
    }

    /** A Secret that the cache knows. */
    public Optional<Secret> secret(String name) {
        return Optional.ofNullable(secrets.get(name));
    }
}
