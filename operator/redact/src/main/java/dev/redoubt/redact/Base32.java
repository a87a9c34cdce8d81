package dev.redoubt.redact;

import java.util.Arrays;

/** Base 32 (RFC 4648, section 6) in lower case and without padding: a token in it is one word. */
final class Base32 {
    private static final String ALPHABET = "abcdefghijklmnopqrstuvwxyz234567";
    private static final int BITS = 5;
    private static final byte[] VALUES = new byte[128];

    static {
        Arrays.fill(VALUES, (byte) -1);
        for (int i = 0; i < ALPHABET.length(); i++) {
            VALUES[ALPHABET.charAt(i)] = (byte) i;
        }
    }

    private Base32() {}

    static String encode(byte[] bytes) {
        return encode(bytes, (bytes.length * 8 + BITS - 1) / BITS);
    }

    /** The first characters, of which the bytes must have the bits. */
    static String encode(byte[] bytes, int characters) {
        StringBuilder text = new StringBuilder(characters);
        for (int i = 0; i < characters; i++) {
            int bit = i * BITS;
            int next = bit / 8 + 1 < bytes.length ? bytes[bit / 8 + 1] & 0xFF : 0;
            int pair = (bytes[bit / 8] & 0xFF) << 8 | next;
            text.append(ALPHABET.charAt(pair >> 11 - bit % 8 & 31));
        }
        return text.toString();
    }

    /** The bytes; {@code null} where no bytes have this form. */
    static byte[] decode(String text) {
        byte[] bytes = new byte[text.length() * BITS / 8];
        int rest = 0;
        int bits = 0;
        int length = 0;
        for (int i = 0; i < text.length(); i++) {
            char symbol = text.charAt(i);
            int value = symbol < VALUES.length ? VALUES[symbol] : -1;
            if (value < 0) {
                return null;
            }
            rest = (rest << BITS | value) & 0xFFF;
            bits += BITS;
            if (bits >= 8) {
                bits -= 8;
                bytes[length++] = (byte) (rest >> bits);
            }
        }
        return bits < BITS && (rest & (1 << bits) - 1) == 0 ? bytes : null;
    }
}
