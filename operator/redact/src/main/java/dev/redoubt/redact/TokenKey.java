package dev.redoubt.redact;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The HMAC-SHA-256 key that tokens and hashes are made with. Has no readable form on purpose. */
public final class TokenKey {
    private static final int BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    private TokenKey(SecretKeySpec key) {
        this.key = key;
    }

    /**
     * @param bytes the key, copied
     * @throws IllegalArgumentException where they are not 32
     */
    public static TokenKey of(byte[] bytes) {
        if (bytes.length != BYTES) {
            throw new IllegalArgumentException("the token key is not " + BYTES + " bytes");
        }
        return new TokenKey(new SecretKeySpec(bytes, ALGORITHM));
    }

    Mac mac() {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }

    @Override
    public String toString() {
        return "TokenKey[]";
    }
}
