package dev.redoubt.controller;

import dev.redoubt.injection.BoundedName;

/**
 * Names of the objects that the controller makes. Their parts are DNS labels joined by dots, which no label holds, so
 * that a name means one thing; one that is cut to the bound ends with a hash of the whole. Every object also says in its
 * labels whose it is, and one that says something else is never taken over.
 */
public final class ObjectNames {
    private ObjectNames() {}

    /** Secret with a client's API key. */
    public static String clientSecret(String pipeline, String client) {
        return BoundedName.of("redoubt-client-" + pipeline + "." + client);
    }

    /** Secret with one version of a target's data key. */
    public static String dataKey(String pipeline, String target, int version) {
        return BoundedName.of("redoubt-key-" + pipeline + "." + target + ".v" + version);
    }

    /** Secret with the key of a pipeline's tokens and hashes: one for all targets, so that equal texts meet. */
    public static String tokenKey(String pipeline) {
        return BoundedName.of("redoubt-key-" + pipeline + ".token");
    }

    /** NetworkPolicy of a target. */
    public static String networkPolicy(String pipeline, String target, String role) {
        return BoundedName.of("redoubt-" + pipeline + "." + target + "." + role);
    }
}
