package dev.redoubt.redact;

import dev.redoubt.redact.recognise.MarkForm;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Keyed tokens of texts. The short one is the beginning of HMAC-SHA-256. The one that can be restored has the text behind it,
 * encrypted with AES-256 in counter mode from the short one on: deterministic authenticated encryption by a synthetic IV
 * (Rogaway and Shrimpton, 2006), which tells that two texts are equal and nothing else. For one thread.
 */
final class Tokens {
    /** 13 characters of 5 bits: 65 bits, two of a million texts meet with a chance of 1 in 70 million. */
    static final int SHORT = MarkForm.SHORTEST_TOKEN;

    private static final String PURPOSE = "token";
    private static final int BLOCK = 16;

    private final TokenKey key;
    private Mac mac;
    private Cipher cipher;
    private SecretKeySpec cipherKey;

    Tokens(TokenKey key) {
        this.key = key;
    }

    /** The short token of a text of an entity. */
    String shorten(String entity, String text) {
        return shorten(PURPOSE, entity, text);
    }

    /** A short token that only one purpose makes. */
    String shorten(String purpose, String entity, String text) {
        return Base32.encode(digest(purpose, entity, text), SHORT);
    }

    byte[] digest(String purpose, String entity, String text) {
        if (mac == null) {
            mac = key.mac();
        }
        mac.update((purpose + "\0" + entity + "\0").getBytes(StandardCharsets.US_ASCII));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    /** The token that {@link #open} restores; it begins with the short one. */
    String seal(String entity, String text) {
        String iv = shorten(entity, text);
        return iv + Base32.encode(crypt(iv, text.getBytes(StandardCharsets.UTF_8)));
    }

    /** The text of a token; {@code null} where {@link #seal} did not make it of this entity with this key. */
    String open(String entity, String token) {
        if (token.length() <= SHORT) {
            return null;
        }
        byte[] sealed = Base32.decode(token.substring(SHORT));
        if (sealed == null) {
            return null;
        }
        String iv = token.substring(0, SHORT);
        String text = new String(crypt(iv, sealed), StandardCharsets.UTF_8);
        return sameText(iv, shorten(entity, text)) ? text : null;
    }

    /** In a time that does not tell how much of them is equal. */
    static boolean sameText(String one, String other) {
        return java.security.MessageDigest.isEqual(
                one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] crypt(String iv, byte[] text) {
        try {
            if (cipher == null) {
                cipher = Cipher.getInstance("AES/CTR/NoPadding");
                cipherKey = new SecretKeySpec(key.derive("reversible token"), "AES");
            }
            // the last three bytes count the blocks
            byte[] counter = Arrays.copyOf(iv.getBytes(StandardCharsets.US_ASCII), BLOCK);
            cipher.init(Cipher.ENCRYPT_MODE, cipherKey, new IvParameterSpec(counter));
            return cipher.doFinal(text);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has AES in counter mode", e);
        }
    }
}
