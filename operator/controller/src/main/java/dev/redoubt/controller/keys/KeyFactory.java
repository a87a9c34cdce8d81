package dev.redoubt.controller.keys;

import jakarta.enterprise.context.ApplicationScoped;
import java.security.SecureRandom;
import java.util.Base64;

/** Makes keys out of the platform's secure random numbers. */
@ApplicationScoped
public class KeyFactory {
    /** What every API key starts with, so that secret scanners know it. */
    public static final String API_KEY_PREFIX = "rdk_";

    static final int KEY_BYTES = 32;

    private final SecureRandom random = new SecureRandom();

    /** 32 random bytes: a data key or token key. */
    public byte[] key() {
        byte[] key = new byte[KEY_BYTES];
        random.nextBytes(key);
        return key;
    }

    /** An API key: the prefix and 32 random bytes in base64url without padding. */
    public String apiKey() {
        return API_KEY_PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(key());
    }
}
