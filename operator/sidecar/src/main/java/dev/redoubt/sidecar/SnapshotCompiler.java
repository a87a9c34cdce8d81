package dev.redoubt.sidecar;

import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Keyring;
import dev.redoubt.profiles.Profile;
import dev.redoubt.profiles.Profiles;
import dev.redoubt.wire.TargetGuard;

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
        boolean needsKeys = !config.sealedFields().isEmpty()
                || !config.redaction().rules().isEmpty()
                || config.vectorProtection() != null;
        if (needsKeys && keyring == null) {
            throw new MissingKeyringException();
        }
        Profile profile = profiles.find(config.profile())
                .orElseThrow(() -> new IllegalArgumentException("no profile of this build has that name"));
        return new Snapshot(
                config,
                profile,
                new Identities(profile.credentials(), config.clients()),
                TargetGuard.compile(profile, config, keyring),
                keyring == null ? null : keyring.active());
    }

    /** A configuration seals or redacts, and there are no keys. */
    static final class MissingKeyringException extends RuntimeException {
        MissingKeyringException() {
            super("the configuration needs a key ring and none is mounted");
        }
    }
}
