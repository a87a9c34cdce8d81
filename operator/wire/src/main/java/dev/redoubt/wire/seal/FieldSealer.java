package dev.redoubt.wire.seal;

import dev.redoubt.policy.Keyring;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Seals and opens single values of records with AES-256-GCM (NIST SP 800-38D): {@code rdbt1.<key
 * version>.<base64url(nonce12|ciphertext|tag16)>}, bound to their place and, where messages tell it, their record. Nonces are random, so one key version is
 * good for 2<sup>32</sup> values; rotate before. Safe for use by several threads.
 */
public final class FieldSealer {
    /** How every sealed value begins; the 1 is the version of the format. */
    public static final String PREFIX = "rdbt1.";

    private static final byte[] PREFIX_BYTES = PREFIX.getBytes(StandardCharsets.US_ASCII);
    private static final int NONCE = 12;
    private static final int TAG_BITS = 128;
    private static final int LONGEST_VERSION = 9;
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final Map<Integer, SecretKey> keys = new HashMap<>();
    private final int active;
    private final boolean bindsRecords;
    private final ThreadLocal<Cipher> ciphers = ThreadLocal.withInitial(FieldSealer::cipher);
    private final ThreadLocal<Nonces> nonces = ThreadLocal.withInitial(() -> new Nonces(NONCE));

    /** Of values that are bound to their records. */
    public FieldSealer(Keyring ring) {
        this(ring, true);
    }

    /** @param bindsRecords whether messages tell which record a value belongs to; else a value opens in any of its collection */
    public FieldSealer(Keyring ring, boolean bindsRecords) {
        this.bindsRecords = bindsRecords;
        ring.keys().forEach((version, key) -> keys.put(version, new SecretKeySpec(key, "AES")));
        this.active = ring.active();
    }

    /** Whether a value opens in its own record alone. */
    public boolean bindsRecords() {
        return bindsRecords;
    }

    /**
     * Seals a value with the active key.
     *
     * @param record id of the record, UTF-8; of length 0 where values are not bound to records
     * @param field name of the field, UTF-8
     * @return ASCII
     */
    public byte[] seal(SealPlace place, byte[] record, byte[] field, byte[] plain) {
        byte[] nonce = nonces.get().next();
        try {
            Cipher cipher = ciphers.get();
            cipher.init(Cipher.ENCRYPT_MODE, keys.get(active), new GCMParameterSpec(TAG_BITS, nonce));
            cipher.updateAAD(place.bind(record, field));
            byte[] sealed = new byte[NONCE + cipher.getOutputSize(plain.length)];
            System.arraycopy(nonce, 0, sealed, 0, NONCE);
            cipher.doFinal(plain, 0, plain.length, sealed, NONCE);
            byte[] body = ENCODER.encode(sealed);
            byte[] head = (PREFIX + active + ".").getBytes(StandardCharsets.US_ASCII);
            byte[] out = new byte[head.length + body.length];
            System.arraycopy(head, 0, out, 0, head.length);
            System.arraycopy(body, 0, out, head.length, body.length);
            return out;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /**
     * Opens a value.
     *
     * @throws SealBroken where it is not one that was sealed for this place with a key of this ring
     */
    public byte[] open(SealPlace place, byte[] record, byte[] field, byte[] in, int from, int to) throws SealBroken {
        int dot = versionEnd(in, from, to);
        if (dot < 0) {
            throw new SealBroken(SealBroken.Kind.Malformed);
        }
        int start = from + PREFIX_BYTES.length;
        SecretKey key = keys.get(Integer.parseInt(new String(in, start, dot - start, StandardCharsets.US_ASCII)));
        if (key == null) {
            throw new SealBroken(SealBroken.Kind.UnknownKey);
        }
        try {
            byte[] sealed = Base64.getUrlDecoder().decode(Arrays.copyOfRange(in, dot + 1, to));
            if (sealed.length < NONCE + TAG_BITS / Byte.SIZE) {
                throw new SealBroken(SealBroken.Kind.Malformed);
            }
            Cipher cipher = ciphers.get();
            cipher.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, sealed, 0, NONCE));
            cipher.updateAAD(place.bind(record, field));
            return cipher.doFinal(sealed, NONCE, sealed.length - NONCE);
        } catch (IllegalArgumentException e) {
            throw new SealBroken(SealBroken.Kind.Malformed);
        } catch (AEADBadTagException e) {
            throw new SealBroken(SealBroken.Kind.NotAuthentic);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }

    /** Whether the text in {@code [from, to)} has the form of a sealed value: prefix, version and base64url only. */
    public static boolean isSealed(byte[] in, int from, int to) {
        int dot = versionEnd(in, from, to);
        if (dot < 0 || (to - dot - 1) * 6L < (NONCE * 8L + TAG_BITS)) {
            return false;
        }
        for (int i = dot + 1; i < to; i++) {
            byte c = in[i];
            boolean word = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!word && c != '-' && c != '_') {
                return false;
            }
        }
        return true;
    }

    /** The place of the dot behind the version, −1 where there is none. */
    private static int versionEnd(byte[] in, int from, int to) {
        int p = from + PREFIX_BYTES.length;
        if (to - from <= PREFIX_BYTES.length || !Arrays.equals(in, from, p, PREFIX_BYTES, 0, PREFIX_BYTES.length)) {
            return -1;
        }
        int start = p;
        while (p < to && in[p] >= '0' && in[p] <= '9') {
            p++;
        }
        return p < to && in[p] == '.' && p > start && p - start <= LONGEST_VERSION ? p : -1;
    }

    private static Cipher cipher() {
        try {
            return Cipher.getInstance("AES/GCM/NoPadding");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JDK has AES-GCM", e);
        }
    }
}
