package dev.redoubt.redact;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.Entity;
import dev.redoubt.redact.recognise.Normal;
import dev.redoubt.redact.text.Fold;
import dev.redoubt.redact.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;

/** Makes what stands in place of a match. */
final class Replacement {
    /** Letters and digits that a mask leaves readable, and how many there must be for that; of secrets it leaves none. */
    private static final int READABLE = 4;

    private static final int READABLE_FROM = 10;

    private static final int HASH_BYTES = 16;

    /** What stands for an entity whose text is not told. */
    private final Map<Entity, byte[]> names = new HashMap<>();

    private final Tokens tokens;
    private final Encryption encryption;

    Replacement(TokenKey key) {
        tokens = new Tokens(key);
        encryption = new Encryption(key, tokens);
    }

    /**
     * @param whole whether the text is all of the match; of a very long one only the beginning is kept, and that cannot be
     *     restored
     */
    byte[] of(Treatment treatment, Entity entity, Normal normal, byte[] text, int from, int to, boolean whole) {
        return switch (treatment.action()) {
            case Replace, Block -> name(entity);
            case Mask -> whole ? mask(text, from, to, entity.group() != Entity.Group.SECRET) : name(entity);
            case Hash -> ascii(hash(entity, normal.of(folded(text, from, to))));
            case Tokenize -> token(entity, normal.of(folded(text, from, to)), whole && treatment.reversible());
            case Encrypt -> encrypted(entity, normal.of(folded(text, from, to)), whole);
            case Remove -> new byte[0];
        };
    }

    private String hash(Entity entity, String text) {
        return HexFormat.of().formatHex(tokens.digest("hash", entity.name(), text), 0, HASH_BYTES);
    }

    private byte[] token(Entity entity, String text, boolean reversible) {
        return mark(entity, reversible ? tokens.seal(entity.name(), text) : tokens.shorten(entity.name(), text));
    }

    private byte[] encrypted(Entity entity, String text, boolean whole) {
        return mark(entity, whole ? encryption.seal(entity.name(), text) : tokens.shorten(entity.name(), text));
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

    private byte[] name(Entity entity) {
        return names.computeIfAbsent(entity, any -> ascii("<" + entity.name() + ">"));
    }

    private static byte[] mark(Entity entity, String token) {
        return ascii("<" + entity.name() + ":" + token + ">");
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
