package dev.redoubt.sidecar;

import dev.redoubt.policy.Client;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Keyring;
import dev.redoubt.policy.UpstreamCredential;
import dev.redoubt.policy.database.DatabaseRole;
import dev.redoubt.profiles.Profile;
import dev.redoubt.profiles.Profile.Protocol;
import dev.redoubt.profiles.Profiles;
import dev.redoubt.wire.TargetGuard;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/** Makes configurations ready. */
final class SnapshotCompiler {
    /** Who every PostgreSQL knows unless it was made otherwise. */
    private static final String SUPERUSER = "postgres";

    private final Profiles profiles;

    SnapshotCompiler(Profiles profiles) {
        this.profiles = profiles;
    }

    /**
     * Makes a configuration ready.
     *
     * @param keyring {@code null} where none is mounted
     * @param credential {@code null} where none is mounted
     * @throws MissingSecretException where the configuration needs one of them that is not there
     * @throws IllegalArgumentException where the configuration cannot be applied by this guard
     */
    Snapshot compile(GuardConfig config, Keyring keyring, UpstreamCredential credential) {
        Profile profile = profiles.find(config.profile())
                .orElseThrow(() -> new IllegalArgumentException("no profile of this build has that name"));
        boolean hasRoles = profile.speaks(Protocol.Postgres);
        boolean needsKeys = hasRoles
                || !config.sealedFields().isEmpty()
                || !config.searchableFields().isEmpty()
                || !config.redaction().rules().isEmpty()
                || config.vectorProtection() != null;
        if (needsKeys && keyring == null) {
            throw new MissingSecretException("key ring");
        }
        boolean presents = config.upstream().credential();
        if (presents && credential == null) {
            throw new MissingSecretException("credential of the target");
        }
        return new Snapshot(
                config,
                profile,
                new Identities(profile.credentials(), config.clients()),
                TargetGuard.compile(profile, config, keyring),
                hasRoles ? roles(config, keyring) : Map.of(),
                presents && !hasRoles ? PresentedCredential.of(profile, credential) : null,
                presents && hasRoles ? administrator(credential) : null,
                keyring);
    }

    private static DatabaseRole administrator(UpstreamCredential credential) {
        String name = Objects.requireNonNullElse(credential.user(), SUPERUSER);
        return new DatabaseRole(name, credential.key(), new byte[0]);
    }

    private static Map<String, DatabaseRole> roles(GuardConfig config, Keyring keyring) {
        return config.clients().stream()
                .collect(Collectors.toMap(Client::name, client -> DatabaseRole.of(keyring, client)));
    }

    /** A configuration needs what is not mounted. */
    static final class MissingSecretException extends RuntimeException {
        private final String what;

        MissingSecretException(String what) {
            super("the configuration needs a " + what + " and none is mounted");
            this.what = what;
        }

        /** What is missing, for people. */
        String what() {
            return what;
        }
    }
}
