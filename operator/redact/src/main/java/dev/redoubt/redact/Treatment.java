package dev.redoubt.redact;

import dev.redoubt.policy.Action;

/**
 * What happens to a match.
 *
 * @param reversible whether a token can be restored
 */
record Treatment(Action action, boolean reversible) {}
