package dev.redoubt.controller.leakagetest;

import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.batch.v1.CronJob;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the caches know of a test's surroundings at the start of a reconciliation.
 *
 * @param configMaps Redoubt's ConfigMaps of its namespace by name
 * @param secrets its Secrets by name
 * @param cronJob its schedule; empty where there is none
 * @param jobs its jobs
 */
record LeakageSnapshot(
        Map<String, ConfigMap> configMaps, Map<String, Secret> secrets, Optional<CronJob> cronJob, List<Job> jobs) {
    /** A ConfigMap that the cache knows. */
    Optional<ConfigMap> configMap(String name) {
        return Optional.ofNullable(configMaps.get(name));
    }
}
