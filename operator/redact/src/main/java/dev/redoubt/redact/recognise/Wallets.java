package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Wallet addresses: Bitcoin (Base58Check, BIP 173 and BIP 350), Litecoin's Bech32 form, Ethereum. */
final class Wallets {
    private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
    private static final String BECH32 = "qpzry9x8gf2tvdw0s3jn54khce6mua7l";
    private static final int[] BECH32_GENERATOR = {0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3};
    private static final int BECH32_REMAINDER = 1;
    private static final int BECH32M_REMAINDER = 0x2bc830a3;
    private static final byte[] BASE58_VALUES = base58Values();
    /** 58⁵ fits into an int, so that many digits are added to the number at once. */
    private static final int DIGITS_AT_ONCE = 5;

    private static final int LIMBS = 7;
    /** Versions of addresses: what their first byte says that the hash is of. */
    private static final byte PUBLIC_KEY = 0;

    private static final byte SCRIPT = 5;
    private static final int CHECKSUM = 4;
    private static final int PAYLOAD = 21;

    private Wallets() {}

    static List<Recogniser> recognisers() {
        return List.of(
                Recogniser.word(Entity.CRYPTO, 1.0, "[13][1-9A-HJ-NP-Za-km-z]{25,34}")
                        .confirmedBy(Wallets::base58Check)
                        .comparedBy(Normal.EXACT),
                Recogniser.word(Entity.CRYPTO, 1.0, "(?i)(bc|tb|ltc)1[02-9ac-hj-np-z]{8,87}")
                        .confirmedBy(Wallets::bech32)
                        .comparedBy(Normal.LOWER),
                Recogniser.word(Entity.CRYPTO, 0.9, "0x[0-9a-fA-F]{40}").comparedBy(Normal.LOWER));
    }

    private static boolean base58Check(Candidate candidate) {
        int[] limbs = new int[LIMBS];
        int ones = 0;
        for (int i = 0; i < candidate.length(); ) {
            long carry = 0;
            long factor = 1;
            for (int stop = Math.min(candidate.length(), i + DIGITS_AT_ONCE); i < stop; i++) {
                carry = carry * BASE58.length() + BASE58_VALUES[candidate.at(i)];
                factor *= BASE58.length();
                ones += ones == i && candidate.at(i) == '1' ? 1 : 0;
            }
            for (int j = LIMBS - 1; j >= 0; j--) {
                carry += (limbs[j] & 0xFFFFFFFFL) * factor;
                limbs[j] = (int) carry;
                carry >>>= Integer.SIZE;
            }
        }
        byte[] bytes = new byte[PAYLOAD + CHECKSUM];
        int zeros = 0;
        for (int i = 0; i < bytes.length; i++) {
            int fromEnd = bytes.length - 1 - i;
            bytes[i] = (byte) (limbs[LIMBS - 1 - fromEnd / 4] >>> 8 * (fromEnd % 4));
            zeros += zeros == i && bytes[i] == 0 ? 1 : 0;
        }
        // each zero byte in front is written as a one, and a one that stands before an address changes nothing
        boolean known = bytes[0] == PUBLIC_KEY || bytes[0] == SCRIPT;
        if (limbs[0] >>> 8 != 0 || !known || zeros > ones || zeros == bytes.length) {
            return false;
        }
        byte[] digest = twice(bytes);
        for (int i = 0; i < CHECKSUM; i++) {
            if (digest[i] != bytes[PAYLOAD + i]) {
                return false;
            }
        }
        return true;
    }

    private static byte[] base58Values() {
        byte[] values = new byte[128];
        for (int i = 0; i < BASE58.length(); i++) {
            values[BASE58.charAt(i)] = (byte) i;
        }
        return values;
    }

    private static byte[] twice(byte[] bytes) {
        try {
            MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
            sha256.update(bytes, 0, PAYLOAD);
            return sha256.digest(sha256.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static boolean bech32(Candidate candidate) {
        String text = candidate.text();
        String lower = text.toLowerCase(java.util.Locale.ROOT);
        if (!text.equals(lower) && !text.equals(text.toUpperCase(java.util.Locale.ROOT))) {
            return false;
        }
        int one = lower.indexOf('1');
        int remainder = 1;
        for (int i = 0; i < one; i++) {
            remainder = polymod(remainder, lower.charAt(i) >> 5);
        }
        remainder = polymod(remainder, 0);
        for (int i = 0; i < one; i++) {
            remainder = polymod(remainder, lower.charAt(i) & 31);
        }
        for (int i = one + 1; i < lower.length(); i++) {
            remainder = polymod(remainder, BECH32.indexOf(lower.charAt(i)));
        }
        return remainder == BECH32_REMAINDER || remainder == BECH32M_REMAINDER;
    }

    private static int polymod(int remainder, int value) {
        int top = remainder >>> 25;
        int next = (remainder & 0x1ffffff) << 5 ^ value;
        for (int i = 0; i < BECH32_GENERATOR.length; i++) {
            next ^= (top >> i & 1) == 1 ? BECH32_GENERATOR[i] : 0;
        }
        return next;
    }
}
