package dev.redoubt.sidecar;

import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Keyring;
import dev.redoubt.policy.Mode;
import dev.redoubt.policy.database.DatabaseRole;
import dev.redoubt.policy.database.RoleScript;
import dev.redoubt.profiles.Profile;
import dev.redoubt.wire.TargetGuard;
import java.util.Map;

/**
 * A configuration, ready to be applied. Immutable; an exchange uses one from its first to its last byte.
 *
 * @param config the configuration
 * @param profile the wire API of the target
 * @param identities who is known
 * @param messages what happens to messages
 * @param roles what the guard logs in as at a database, by the names of clients; empty where the target is none
 * @param credential what the guard presents to the target; {@code null} where that asks for nothing over HTTP
 * @param administrator what the guard logs in as at a database to apply roles; {@code null} where a person does
 * @param keyring the keys; {@code null} without a key ring
 */
record Snapshot(
        GuardConfig config,
        Profile profile,
        Identities identities,
        TargetGuard messages,
        Map<String, DatabaseRole> roles,
        PresentedCredential credential,
        DatabaseRole administrator,
        Keyring keyring) {
    String revision() {
        return config.revision();
    }

    /** Version of the key that new values are sealed with; {@code null} without a key ring. */
    Integer keyVersion() {
        return keyring == null ? null : keyring.active();
    }

    /** The SQL that makes the roles. Takes milliseconds for each client. */
    String roleScript() {
        return RoleScript.of(config, keyring);
    }

    boolean observes() {
        return config.mode() == Mode.Observe;
    }
}
