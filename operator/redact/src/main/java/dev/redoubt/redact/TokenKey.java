package dev.redoubt.redact;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that tokens, hashes and encrypted texts are made with, of a pipeline or of one tenant of it. Has no readable form on
 * purpose.
 */
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

    /** The key of a tenant: who has it has neither this one nor that of another tenant. */
    public TokenKey forTenant(String tenant) {
        return of(derive("tenant\0" + tenant));
    }

    /** 32 bytes for one purpose: HKDF-Expand with SHA-256 (RFC 5869, section 2.3), the key being uniformly random. */
    public byte[] derive(String info) {
        Mac mac = mac();
        mac.update(info.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 1);
        return mac.doFinal();
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
