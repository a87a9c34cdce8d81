package dev.redoubt.redact;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.Entity;

/**
 * That something was found and what was done. Never holds the text itself.
 *
 * @param entity what was found
 * @param start first byte, counted from the beginning of the text
 * @param end the byte after the last
 * @param action what was done
 */
public record Finding(Entity entity, int start, int end, Action action) {}
