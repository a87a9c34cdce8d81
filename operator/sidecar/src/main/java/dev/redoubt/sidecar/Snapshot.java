package dev.redoubt.sidecar;

import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Mode;
import dev.redoubt.profiles.Profile;
import dev.redoubt.wire.TargetGuard;

/**
 * A configuration, ready to be applied. Immutable; an exchange uses one from its first to its last byte.
 *
 * @param config the configuration
 * @param profile the wire API of the target
 * @param identities who is known
 * @param messages what happens to messages
 * @param keyVersion version of the key that new values are sealed with; {@code null} without a key ring
 */
record Snapshot(GuardConfig config, Profile profile, Identities identities, TargetGuard messages, Integer keyVersion) {
    String revision() {
        return config.revision();
    }

    boolean observes() {
        return config.mode() == Mode.Observe;
    }
}
