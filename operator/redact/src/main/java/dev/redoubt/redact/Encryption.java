package dev.redoubt.redact;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.fpe.FPEFF1Engine;
import org.bouncycastle.crypto.modes.GCMSIVBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.FPEParameters;
import org.bouncycastle.crypto.params.KeyParameter;

/**
 * Deterministic encryption of texts by the standards. Digits become as many digits by FF1 (NIST SP 800-38G) with the entity as
 * tweak, and a check of 65 bits behind them, because FF1 alone would decrypt anything. Everything else is encrypted with
 * AES-256-GCM-SIV (RFC 8452) under one nonce, for which it was made: equal texts give equal results, and nothing else is told.
 * For one thread.
 */
final class Encryption {
    private static final int RADIX = 10;

    /** SP 800-38G asks for a million texts at least; no number has more than 64 digits. */
    private static final Pattern DIGITS = Pattern.compile("[0-9]{6,64}");

    private static final String CHECK = "encrypted digits";
    private static final byte[] NONCE = new byte[12];
    private static final int TAG_BITS = 128;

    private final TokenKey key;
    private final Tokens tokens;
    private KeyParameter digitKey;
    private KeyParameter textKey;

    Encryption(TokenKey key, Tokens tokens) {
        this.key = key;
        this.tokens = tokens;
    }

    String seal(String entity, String text) {
        if (!DIGITS.matcher(text).matches()) {
            return Base32.encode(encrypt(entity, text.getBytes(StandardCharsets.UTF_8)));
        }
        String digits = digits(true, entity, text);
        return digits + tokens.shorten(CHECK, entity, digits);
    }

    /** The text; {@code null} where {@link #seal} did not make this of that entity with this key. */
    String open(String entity, String sealed) {
        int end = sealed.length() - Tokens.SHORT;
        if (end > 0 && DIGITS.matcher(sealed.substring(0, end)).matches()) {
            String digits = sealed.substring(0, end);
            if (Tokens.sameText(sealed.substring(end), tokens.shorten(CHECK, entity, digits))) {
                return digits(false, entity, digits);
            }
        }
        byte[] bytes = Base32.decode(sealed);
        return bytes == null || bytes.length <= TAG_BITS / 8 ? null : decrypt(entity, bytes);
    }

    private String digits(boolean encrypts, String entity, String text) {
        if (digitKey == null) {
            digitKey = new KeyParameter(key.derive("FF1"));
        }
        return ff1(encrypts, digitKey, entity.getBytes(StandardCharsets.US_ASCII), text);
    }

    /** FF1 of decimal digits. */
    static String ff1(boolean encrypts, KeyParameter key, byte[] tweak, String text) {
        byte[] values = text.getBytes(StandardCharsets.US_ASCII);
        for (int i = 0; i < values.length; i++) {
            values[i] -= '0';
        }
        FPEFF1Engine engine = new FPEFF1Engine();
        engine.init(encrypts, new FPEParameters(key, RADIX, tweak));
        byte[] result = new byte[values.length];
        engine.processBlock(values, 0, values.length, result, 0);
        for (int i = 0; i < result.length; i++) {
            result[i] += '0';
        }
        return new String(result, StandardCharsets.US_ASCII);
    }

    private byte[] encrypt(String entity, byte[] text) {
        try {
            return gcmSiv(true, textKey(), NONCE, entity.getBytes(StandardCharsets.US_ASCII), text);
        } catch (InvalidCipherTextException e) {
            throw new IllegalStateException("encrypting checks nothing", e);
        }
    }

    private String decrypt(String entity, byte[] sealed) {
        try {
            byte[] text = gcmSiv(false, textKey(), NONCE, entity.getBytes(StandardCharsets.US_ASCII), sealed);
            return new String(text, StandardCharsets.UTF_8);
        } catch (InvalidCipherTextException e) {
            return null;
        }
    }

    private KeyParameter textKey() {
        if (textKey == null) {
            textKey = new KeyParameter(key.derive("AES-GCM-SIV"));
        }
        return textKey;
    }

    /** AES-GCM-SIV; the tag is behind the ciphertext. */
    static byte[] gcmSiv(boolean encrypts, KeyParameter key, byte[] nonce, byte[] associated, byte[] in)
            throws InvalidCipherTextException {
        GCMSIVBlockCipher cipher = new GCMSIVBlockCipher();
        cipher.init(encrypts, new AEADParameters(key, TAG_BITS, nonce, associated));
        byte[] out = new byte[cipher.getOutputSize(in.length)];
        int length = cipher.processBytes(in, 0, in.length, out, 0);
        length += cipher.doFinal(out, length);
        return Arrays.copyOf(out, length);
    }
}
