package dev.redoubt.vectors;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Noise that only who has the key can tell, always the same for the same vector. The vector's HMAC is the nonce of an AES
 * key stream, from which normally distributed numbers are read off a table of quantiles.
 */
final class KeyedNoise {
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 16;

    /** Bits of a number's place in the table. */
    private static final int BITS = 12;

    private static final float[] NORMAL = new float[1 << BITS];

    static {
        double square = 0;
        for (int i = 0; i < NORMAL.length; i++) {
            double quantile = NormalQuantile.of((i + 0.5) / NORMAL.length);
            NORMAL[i] = (float) quantile;
            square += quantile * quantile;
        }
        // steps instead of tails: the variance is made 1 again
        float scale = (float) Math.sqrt(NORMAL.length / square);
        for (int i = 0; i < NORMAL.length; i++) {
            NORMAL[i] *= scale;
        }
    }

    private final SecretKeySpec mac;
    private final SecretKeySpec stream;

    /** @param key 32 bytes, uniformly random */
    KeyedNoise(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("the key of vectors is not " + KEY_BYTES + " bytes");
        }
        mac = new SecretKeySpec(expand(key, "redoubt vector nonce"), "HmacSHA256");
        stream = new SecretKeySpec(expand(key, "redoubt vector noise"), "AES");
    }

    /** HKDF-Expand with SHA-256 (RFC 5869, section 2.3). */
    static byte[] expand(byte[] key, String info) {
        Mac mac = mac(new SecretKeySpec(key, "HmacSHA256"));
        mac.update(info.getBytes(StandardCharsets.UTF_8));
        mac.update((byte) 1);
        return mac.doFinal();
    }

    private static Mac mac(SecretKeySpec key) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }

    /** What a vector is called in the key stream. */
    byte[] nonce(float[] vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float component : vector) {
            // there are two zeros
            bytes.putFloat(component == 0 ? 0 : component);
        }
        return Arrays.copyOf(mac(mac).doFinal(bytes.array()), NONCE_BYTES);
    }

    /** Secret bytes for a nonce. */
    byte[] bytes(byte[] nonce, int count) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, stream, new IvParameterSpec(nonce));
            return cipher.doFinal(new byte[count]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES/CTR/NoPadding", e);
        }
    }

    /** The normally distributed number of two secret bytes. */
    static float normal(byte[] bytes, int at) {
        int bits = (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
        return NORMAL[bits >>> Short.SIZE - BITS];
    }
}
