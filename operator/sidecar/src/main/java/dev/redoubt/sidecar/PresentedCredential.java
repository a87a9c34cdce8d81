package dev.redoubt.sidecar;

import dev.redoubt.policy.UpstreamCredential;
import dev.redoubt.profiles.Profile;
import dev.redoubt.profiles.Profile.Credential;
import io.vertx.core.MultiMap;

/**
 * The header by which the guard says to its target who it is. Has no readable form on purpose.
 *
 * @param header lower-case name
 * @param value holds a secret
 */
record PresentedCredential(String header, String value) {
    /**
     * A credential in the form that an engine takes.
     *
     * @throws IllegalArgumentException where the engine takes none
     */
    static PresentedCredential of(Profile profile, UpstreamCredential credential) {
        Credential form = profile.upstreamCredential(credential.user() != null)
                .orElseThrow(() -> new IllegalArgumentException("this engine takes no credential"));
        return new PresentedCredential(form.header(), form.value(credential.user(), credential.key()));
    }

    /** Puts it among headers, in place of what has its name there. */
    void to(MultiMap headers) {
        headers.set(header, value);
    }

    @Override
    public String toString() {
        return "PresentedCredential[" + header + "]";
    }
}
