package dev.redoubt.policy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Objects;

/**
 * An entity that a policy defines: texts of a pattern, or texts of a list.
 *
 * @param name its name, see {@link Entity#custom}
 * @param pattern a regular expression of bounded length; {@code null} where there are words
 * @param words texts; empty where there is a pattern
 * @param letterCase whether the case of the words' letters counts
 * @param validator check digits that a match must have; {@code null} for none
 * @param context words of which one must stand to the left of a match, in lower case; empty where the match is enough
 * @param score how sure a match is, 0 to 1; of two entities that find the very same text the higher one counts
 */
public record CustomEntity(
        String name,
        String pattern,
        List<String> words,
        LetterCase letterCase,
        Validator validator,
        List<String> context,
        BigDecimal score) {
    /** The most that one policy can have. */
    public static final int MOST = 64;

    /** The most words of one entity. */
    public static final int MOST_WORDS = 256;

    public CustomEntity {
        Entity.custom(name);
        words = List.copyOf(words);
        context = List.copyOf(context);
        Objects.requireNonNull(letterCase, "letterCase");
        Objects.requireNonNull(score, "score");
        if ((pattern == null) == words.isEmpty()) {
            throw new IllegalArgumentException(name + " has either a pattern or words");
        }
        // 1.0 and 1 are the same score, and must be the same configuration
        score = score.stripTrailingZeros();
        if (score.signum() < 0 || score.compareTo(BigDecimal.ONE) > 0) {
            throw new IllegalArgumentException("the score of " + name + " is not between 0 and 1");
        }
    }

    /** What rules and findings call it. */
    public Entity entity() {
        return Entity.custom(name);
    }

    /** Whether the case of letters counts. */
    public enum LetterCase {
        Ignore,
        Exact
    }
}
