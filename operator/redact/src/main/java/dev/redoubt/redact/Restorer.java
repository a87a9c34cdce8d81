package dev.redoubt.redact;

import dev.redoubt.policy.Entity;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * Puts back what {@link dev.redoubt.policy.Action#Tokenize}, where it is reversible, and
 * {@link dev.redoubt.policy.Action#Encrypt} took out, for somebody who may see it: the normal form of what stood there. Tokens
 * are authentic or stay: those that somebody made up, of another tenant, or of another entity than they say. One for each message.
 */
public final class Restorer {
    /** Trying costs time, and whoever fills a text with made-up tokens must not get it. */
    private static final int MOST_FAILURES = 1024;

    private final Set<String> names;
    private final Tokens tokens;
    private final Encryption encryption;
    private int failures;
    private int restored;

    /**
     * @param key the one that the tokens were made with
     * @param entities names of those that are restored; {@link Entity#EVERY} and {@link Entity#SECRET} as in rules
     */
    public Restorer(TokenKey key, Collection<String> entities) {
        names = new HashSet<>(entities);
        if (names.contains(Entity.SECRET)) {
            Entity.of(Entity.Group.SECRET).forEach(entity -> names.add(entity.name()));
        }
        tokens = new Tokens(key);
        encryption = new Encryption(key, tokens);
    }

    /**
     * Begins a text that arrives in pieces.
     *
     * @param quoted whether the text is JSON, where a text that would need an escape stays a token
     */
    public StreamRestorer stream(boolean quoted) {
        return new StreamRestorer(this, quoted);
    }

    /**
     * Restores a whole text.
     *
     * @param quoted as in {@link #stream}
     * @return {@code null} where nothing was restored
     */
    public byte[] restore(byte[] utf8, boolean quoted) {
        int before = restored;
        StreamRestorer stream = stream(quoted);
        byte[] first = stream.append(utf8);
        byte[] rest = stream.finish();
        if (restored == before) {
            return null;
        }
        byte[] whole = java.util.Arrays.copyOf(first, first.length + rest.length);
        System.arraycopy(rest, 0, whole, first.length, rest.length);
        return whole;
    }

    /** How many texts were restored so far. */
    public int restored() {
        return restored;
    }

    /** Whether tokens of an entity are to be restored. */
    boolean restores(String entity) {
        return names.contains(Entity.EVERY) || names.contains(entity);
    }

    /** What a token stands for; {@code null} where it is not authentic or stays for another reason. */
    String open(String entity, String token, boolean quoted) {
        if (failures >= MOST_FAILURES || !restores(entity)) {
            return null;
        }
        String text = tokens.open(entity, token);
        if (text == null) {
            text = encryption.open(entity, token);
        }
        if (text == null) {
            failures++;
        }
        if (text == null || quoted && needsEscape(text)) {
            return null;
        }
        restored++;
        return text;
    }

    private static boolean needsEscape(String text) {
        return text.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\');
    }
}
