package dev.redoubt.wire.seal;

import dev.redoubt.redact.TokenKey;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.modes.GCMSIVBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Encrypts values of searchable fields with AES-256-GCM-SIV (RFC 8452): {@code rdbs1.<base64url(ciphertext|tag16)>}.
 * Bound to tenant, collection and field but not to the record, with one nonce for each such place, so that equal values
 * become equal tokens there and a store finds them; who sees tokens learns which are equal and how long they are, and
 * nothing else. The nonce is a keyed hash of the place, so that places have keys of their own (RFC 8452, section 4). The
 * key comes from the pipeline's token key, which does not rotate with the data keys: a filter finds what was stored under
 * any of them. Safe for use by several threads.
 */
public final class FieldTokens {
    /** How every token begins; the 1 is the version of the format. */
    public static final String PREFIX = "rdbs1.";

    private static final byte[] PREFIX_BYTES = PREFIX.getBytes(StandardCharsets.US_ASCII);
    private static final byte[] NO_RECORD = {};
    private static final int NONCE = 12;
    private static final int TAG = 16;
    private static final String HASH = "HmacSHA256";
    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();

    private final KeyParameter key;
    private final SecretKeySpec nonceKey;
    private final ThreadLocal<GCMSIVBlockCipher> ciphers = ThreadLocal.withInitial(GCMSIVBlockCipher::new);
    private final ThreadLocal<Mac> macs = ThreadLocal.withInitial(this::mac);

    /** @param key that of the pipeline */
    public FieldTokens(TokenKey key) {
        this.key = new KeyParameter(key.derive("searchable fields"));
        this.nonceKey = new SecretKeySpec(key.derive("places of searchable fields"), HASH);
    }

    /**
     * The token of a value.
     *
     * @param place its record does not count
     * @param field name of the field, UTF-8
     * @param plain in a form that equal values share
     * @return ASCII
     */
    public byte[] token(SealPlace place, byte[] field, byte[] plain) {
        try {
            byte[] body = ENCODER.encode(crypt(true, place.bind(NO_RECORD, field), plain));
            byte[] token = Arrays.copyOf(PREFIX_BYTES, PREFIX_BYTES.length + body.length);
            System.arraycopy(body, 0, token, PREFIX_BYTES.length, body.length);
            return token;
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("encrypting checks nothing", e);
        }
    }

    /**
     * The value of a token.
     *
     * @throws SealBroken where it was not made for this place with this key
     */
    public byte[] open(SealPlace place, byte[] field, byte[] in, int from, int to) throws SealBroken {
        if (!isToken(in, from, to)) {
            throw new SealBroken(SealBroken.Kind.Malformed);
        }
        try {
            byte[] sealed = Base64.getUrlDecoder().decode(Arrays.copyOfRange(in, from + PREFIX_BYTES.length, to));
            return crypt(false, place.bind(NO_RECORD, field), sealed);
        } catch (IllegalArgumentException e) {
            throw new SealBroken(SealBroken.Kind.Malformed);
        } catch (InvalidCipherTextException e) {
            throw new SealBroken(SealBroken.Kind.NotAuthentic);
        }
    }

    /** Whether the text in {@code [from, to)} has the form of a token. */
    public static boolean isToken(byte[] in, int from, int to) {
        return begins(in, from, to)
                && end(in, from, to) == to
                && (to - from - PREFIX_BYTES.length) * 6L >= (TAG + 1) * 8L;
    }

    /** Whether the text in {@code [from, to)} begins like a token. */
    public static boolean begins(byte[] in, int from, int to) {
        return to - from > PREFIX_BYTES.length
                && Arrays.equals(in, from, from + PREFIX_BYTES.length, PREFIX_BYTES, 0, PREFIX_BYTES.length);
    }

    /** Where a token may begin in {@code [from, to)}, −1 where none does. */
    public static int find(byte[] in, int from, int to) {
        for (int p = from; p < to; p++) {
            if (in[p] == PREFIX_BYTES[0] && begins(in, p, to)) {
                return p;
            }
        }
        return -1;
    }

    /** The place behind the token that begins at a place. */
    public static int end(byte[] in, int from, int to) {
        int p = from + PREFIX_BYTES.length;
        while (p < to && isOfBase64Url(in[p])) {
            p++;
        }
        return p;
    }

    private static boolean isOfBase64Url(byte c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '-' || c == '_';
    }

    private byte[] crypt(boolean encrypts, byte[] bound, byte[] in) throws InvalidCipherTextException {
        byte[] nonce = Arrays.copyOf(macs.get().doFinal(bound), NONCE);
        GCMSIVBlockCipher cipher = ciphers.get();
        cipher.init(encrypts, new AEADParameters(key, TAG * Byte.SIZE, nonce, bound));
        byte[] out = new byte[cipher.getOutputSize(in.length)];
        int written = cipher.processBytes(in, 0, in.length, out, 0);
        written += cipher.doFinal(out, written);
        return written == out.length ? out : Arrays.copyOf(out, written);
    }

    private Mac mac() {
        try {
            Mac mac = Mac.getInstance(HASH);
            mac.init(nonceKey);
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + HASH, e);
        }
    }
}
