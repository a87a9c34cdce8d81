package dev.redoubt.redact.recognise;

import java.text.Normalizer;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Words to the left of a candidate that speak for or against it; the nearest of them decides. Only the left side counts,
 * because a stream cannot wait for what comes after. Words are compared whole, without case, and as they are or without
 * accents ("sécurité" is "securite" too, "né" is not "ne" where that is not listed); parts of a word that are joined by underscores count too ({@code customer_ssn}), and those on both sides of an apostrophe.
 */
public final class Context {
    /** Bytes that are remembered of the text before a candidate. */
    public static final int MOST_REACH = 64;

    private static final int LETTERS = 'z' - 'a' + 1;
    private static final int LONGEST_WORD = 63;
    private static final Pattern WORD = Pattern.compile("[a-z][a-zà-ÿ0-9]{0,62}");

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
                if (!WORD.matcher(word).matches()) {
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

    /** Bytes that a word may lie back. */
    int reach() {
        return reach;
    }

    /** Whether a word that begins with a byte may be one that says something; spares a closer look at most words. */
    boolean mayKnow(byte first, int length) {
        int letter = (first | 0x20) - 'a';
        return letter >= 0 && letter < LETTERS && length <= LONGEST_WORD && (lengths[letter] >>> length & 1) != 0;
    }

    /** What a word in lower case, or the last known part of it, says: 1 supports, -1 opposes, 0 nothing. */
    int says(String word) {
        int verdict = known(word);
        for (int end = word.length(); verdict == 0 && end > 0 && word.indexOf('_') >= 0; ) {
            int begin = word.lastIndexOf('_', end - 1) + 1;
            verdict = known(word.substring(begin, end));
            end = begin - 1;
        }
        return verdict;
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

    /** The supporting words, without accents. */
    Stream<String> supporting() {
        return supporting.stream().map(Context::withoutAccents);
    }
}
