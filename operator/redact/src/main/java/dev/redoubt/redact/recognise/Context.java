package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.List;
import java.util.Set;

/**
 * Words to the left of a candidate that speak for or against it; the nearest of them decides. Only the left side counts,
 * because a stream cannot wait for what comes after. Words are compared whole, without case, and as they are or without
 * accents ("sécurité" is "securite" too, "né" is not "ne" where that is not listed); parts of a word that are
 * joined by underscores count too ({@code customer_ssn}).
 */
public final class Context {
    /** Bytes that are remembered of the text before a candidate. */
    public static final int MOST_REACH = 64;

    private static final Set<String> ENTITIES = Entity.builtIn().keySet();

    private static final int LETTERS = 'z' - 'a' + 1;
    private static final int LONGEST_WORD = 63;

    private final Set<String> supporting;
    private final Set<String> opposing;
    private final int reach;

    /** By first letter: the lengths of the words that are known, as bits. */
    private final long[] lengths = new long[LETTERS];

    /**
     * @param supporting lower-case words that make the candidate likely
     * @param opposing lower-case words that make it unlikely
     * @param reach how many bytes back a word may lie, at most {@link #MOST_REACH}
     */
    public Context(Set<String> supporting, Set<String> opposing, int reach) {
        this.supporting = Set.copyOf(supporting);
        this.opposing = Set.copyOf(opposing);
        this.reach = reach;
        if (reach < 1 || reach > MOST_REACH) {
            throw new IllegalArgumentException("context can reach back 1 to " + MOST_REACH + " bytes");
        }
        for (Set<String> words : List.of(supporting, opposing)) {
            for (String word : words) {
                if (!word.matches("[a-z][a-zà-ÿ0-9]{0,62}")) {
                    throw new IllegalArgumentException("a word of a context is not one of lower-case letters");
                }
                lengths[word.charAt(0) - 'a'] |= 1L << word.length();
            }
        }
    }

    /** A context of supporting words alone. */
    public static Context of(int reach, String... supporting) {
        return new Context(Set.of(supporting), Set.of(), reach);
    }

    /** The same with words that speak against. */
    public Context against(String... words) {
        return new Context(supporting, Set.of(words), reach);
    }

    /** What the nearest known word says: 1 supports, -1 opposes, 0 nothing known is near. */
    int verdict(Before before) {
        if (before.isWithoutLetters(reach + 1)) {
            return 0;
        }
        byte[] word = new byte[reach + 1];
        int start = word.length;
        boolean joined = false;
        boolean accented = false;
        for (int distance = 1; distance <= reach + 1; distance++) {
            int symbol = before.at(distance);
            if (symbol >= 0 && part(symbol)) {
                word[--start] = (byte) symbol;
                joined |= symbol == '_';
                accented |= symbol >= 128;
                if (start == 0) {
                    return 0;
                }
                continue;
            }
            if (joined || accented || mayBeKnown(word, start)) {
                int verdict =
                        verdict(new String(word, start, word.length - start, StandardCharsets.UTF_8), symbol == '<');
                if (verdict != 0) {
                    return verdict;
                }
            }
            start = word.length;
            joined = false;
            accented = false;
            if (symbol < 0) {
                return 0;
            }
        }
        return 0;
    }

    /** Spares a string for most words. */
    private boolean mayBeKnown(byte[] word, int start) {
        int length = word.length - start;
        int first = length == 0 ? -1 : (word[start] | 0x20) - 'a';
        return first >= 0 && first < LETTERS && length <= LONGEST_WORD && (lengths[first] >>> length & 1) != 0;
    }

    private int verdict(String word, boolean bracketed) {
        if (bracketed && ENTITIES.contains(word)) {
            return 0; // our own replacement: its name must not vouch for its neighbours
        }
        String lower = word.toLowerCase(java.util.Locale.ROOT);
        int whole = known(lower);
        if (whole != 0 || lower.indexOf('_') < 0) {
            return whole;
        }
        String[] parts = lower.split("_");
        for (int i = parts.length - 1; i >= 0; i--) {
            int verdict = known(parts[i]);
            if (verdict != 0) {
                return verdict;
            }
        }
        return 0;
    }

    private int known(String word) {
        int verdict = supporting.contains(word) ? 1 : opposing.contains(word) ? -1 : 0;
        String plain = verdict == 0 ? withoutAccents(word) : word;
        return plain.equals(word) ? verdict : known(plain);
    }

    private static String withoutAccents(String word) {
        if (word.chars().allMatch(symbol -> symbol < 128)) {
            return word;
        }
        return Normalizer.normalize(word, Normalizer.Form.NFD)
                .codePoints()
                .filter(symbol -> Character.getType(symbol) != Character.NON_SPACING_MARK)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static boolean part(int symbol) {
        return symbol >= 128
                || symbol >= '0' && symbol <= '9'
                || symbol >= 'a' && symbol <= 'z'
                || symbol >= 'A' && symbol <= 'Z'
                || symbol == '_';
    }
}
