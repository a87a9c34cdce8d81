package dev.redoubt.sidecar;

import dev.redoubt.policy.Client;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Keyring;
import dev.redoubt.policy.database.DatabaseRole;
import dev.redoubt.profiles.Profile;
import dev.redoubt.profiles.Profile.Protocol;
import dev.redoubt.profiles.Profiles;
import dev.redoubt.wire.TargetGuard;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes configurations ready. */
final class SnapshotCompiler {
    private final Profiles profiles;

    SnapshotCompiler(Profiles profiles) {
        this.profiles = profiles;
    }

    /**
     * Makes a configuration ready.
     *
     * @param keyring {@code null} where none is mounted
     * @throws MissingKeyringException where the configuration needs one
     * @throws IllegalArgumentException where the configuration cannot be applied by this guard
     */
    Snapshot compile(GuardConfig config, Keyring keyring) {
        Profile profile = profiles.find(config.profile())
                .orElseThrow(() -> new IllegalArgumentException("no profile of this build has that name"));
        boolean hasRoles = profile.speaks(Protocol.Postgres);
        boolean needsKeys = hasRoles
                || !config.sealedFields().isEmpty()
                || !config.redaction().rules().isEmpty()
                || config.vectorProtection() != null;
        if (needsKeys && keyring == null) {
            throw new MissingKeyringException();
        }
        return new Snapshot(
                config,
                profile,
                new Identities(profile.credentials(), config.clients()),
                TargetGuard.compile(profile, config, keyring),
                hasRoles ? roles(config, keyring) : Map.of(),
                keyring == null ? null : keyring.active());
    }

    private static Map<String, DatabaseRole> roles(GuardConfig config, Keyring keyring) {
        return config.clients().stream()
                .collect(Collectors.toMap(Client::name, client -> DatabaseRole.of(keyring, client)));
    }

    /** A configuration seals, redacts or logs in, and there are no keys. */
    static final class MissingKeyringException extends RuntimeException {
        MissingKeyringException() {
            super("the configuration needs a key ring and none is mounted");
        }
    }
}
