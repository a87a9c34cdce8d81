package dev.redoubt.redact;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.Entity;
import dev.redoubt.redact.recognise.Normal;
import dev.redoubt.redact.text.Fold;
import dev.redoubt.redact.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import javax.crypto.Mac;

/** Makes what stands in place of a match. */
final class Replacement {
    /** Letters and digits that a mask leaves readable, and how many there must be for that; of secrets it leaves none. */
    private static final int READABLE = 4;

    private static final int READABLE_FROM = 10;

    private static final int HASH_BYTES = 16;

    /** 13 characters of 5 bits: 65 bits, two of a million texts meet with a chance of 1 in 70 million. */
    static final int TOKEN_CHARACTERS = 13;

    private static final String BASE32 = "abcdefghijklmnopqrstuvwxyz234567";

    private final TokenKey key;
    private Mac mac;

    Replacement(TokenKey key) {
        this.key = key;
    }

    /**
     * @param whole whether the text is all of the match; of a very long one only the beginning is kept
     */
    byte[] of(Action action, Entity entity, Normal normal, byte[] text, int from, int to, boolean whole) {
        return switch (action) {
            case Replace, Block -> name(entity);
            case Mask -> whole ? mask(text, from, to, entity.group() != Entity.Group.SECRET) : name(entity);
            case Hash ->
                ascii(HexFormat.of()
                        .formatHex(digest("hash", entity, normal.of(folded(text, from, to))), 0, HASH_BYTES));
            case Tokenize ->
                ascii("<" + entity.name() + ":" + base32(digest("token", entity, normal.of(folded(text, from, to))))
                        + ">");
            case Remove -> new byte[0];
        };
    }

    /** Whether a text looks as if {@link Action#Hash} had made it. */
    static boolean hash(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            if ((text[i] < '0' || text[i] > '9') && (text[i] < 'a' || text[i] > 'f')) {
                return false;
            }
        }
        return to - from == 2 * HASH_BYTES;
    }

    private byte[] digest(String purpose, Entity entity, String text) {
        if (mac == null) {
            mac = key.mac();
        }
        mac.update(ascii(purpose + "\0" + entity.name() + "\0"));
        return mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String base32(byte[] digest) {
        StringBuilder token = new StringBuilder(TOKEN_CHARACTERS);
        for (int i = 0; i < TOKEN_CHARACTERS; i++) {
            int bit = i * 5;
            int pair = (digest[bit / 8] & 0xFF) << 8 | digest[bit / 8 + 1] & 0xFF;
            token.append(BASE32.charAt(pair >> 11 - bit % 8 & 31));
        }
        return token.toString();
    }

    private static byte[] mask(byte[] text, int from, int to, boolean readable) {
        int all = 0;
        int afterSign = 0; // nothing before it stays readable: the rest of an address would be one again
        for (int at = from; at < to; at += Utf8.length(text[at])) {
            all += maskable(text, at) ? 1 : 0;
            afterSign = text[at] == '@' ? 0 : afterSign + (maskable(text, at) ? 1 : 0);
        }
        int hidden = readable && all >= READABLE_FROM ? all - Math.min(READABLE, afterSign) : all;
        byte[] masked = new byte[to - from];
        int length = 0;
        for (int at = from; at < to; ) {
            int width = Utf8.length(text[at]);
            if (hidden > 0 && maskable(text, at)) {
                masked[length++] = '*';
                hidden--;
            } else {
                System.arraycopy(text, at, masked, length, width);
                length += width;
            }
            at += width;
        }
        return java.util.Arrays.copyOf(masked, length);
    }

    private static boolean maskable(byte[] text, int at) {
        int symbol = Fold.of(Utf8.decode(text, at));
        return symbol == Fold.LETTER || Fold.alphanumeric(symbol);
    }

    /** The text without disguises; letters that have no ASCII form stay as they are. */
    private static String folded(byte[] text, int from, int to) {
        StringBuilder folded = new StringBuilder(to - from);
        for (int at = from; at < to; at += Utf8.length(text[at])) {
            int codePoint = Utf8.decode(text, at);
            int symbol = Fold.of(codePoint);
            if (symbol < 128) {
                folded.append((char) symbol);
            } else if (symbol != Fold.SKIP) {
                folded.appendCodePoint(codePoint);
            }
        }
        return folded.toString();
    }

    private static byte[] name(Entity entity) {
        return ascii("<" + entity.name() + ">");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
