package dev.redoubt.controller.pipeline;

import dev.redoubt.controller.guard.Capture;
import dev.redoubt.injection.GuardState;

/**
 * What was observed of one pod.
 *
 * @param name its name
 * @param state how it is guarded
 * @param ready whether it is ready
 * @param loaded whether its guard acknowledged the current configuration
 * @param capture whether its traffic was seen to go through the guard
 */
public record PodObservation(String name, GuardState state, boolean ready, boolean loaded, Capture capture) {}
