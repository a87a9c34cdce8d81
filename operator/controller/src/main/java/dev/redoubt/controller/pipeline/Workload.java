package dev.redoubt.controller.pipeline;

import io.fabric8.kubernetes.api.model.LabelSelector;

/**
 * What matters of a workload that exists.
 *
 * @param selector selects its pods
 * @param replicas how many pods it wants
 */
public record Workload(LabelSelector selector, int replicas) {}
