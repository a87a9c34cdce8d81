package dev.redoubt.redact.recognise;

import dev.redoubt.policy.CustomEntity;
import dev.redoubt.policy.Entity;
import dev.redoubt.policy.Validator;
import dev.redoubt.redact.automaton.Pattern;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Recognisers of what policies define. A match is no part of a longer word. */
public final class CustomRecognisers {
    /** What a stream holds back grows with it. */
    static final int LONGEST = 256;

    /** Symbols of a pattern once repetitions are written out. */
    static final int MOST_POSITIONS = 4096;

    /** Characters of all words of an entity; those that begin alike share states. */
    static final int MOST_CHARACTERS = 16 * 1024;

    private static final int REACH = 48;
    private static final String IGNORES_CASE = "(?i)";

    private CustomRecognisers() {}

    /**
     * One for each entity.
     *
     * @param all every entity of the policies that are in force together
     * @throws IllegalArgumentException where a pattern cannot be read or is too large, with what to do
     */
    public static List<Recogniser> of(List<CustomEntity> all) {
        Set<String> names = new HashSet<>(Entity.builtIn().keySet());
        all.forEach(entity -> names.add(entity.name()));
        Marks marks = new Marks(names);
        return all.stream().map(entity -> of(entity, marks)).toList();
    }

    private static Recogniser of(CustomEntity entity, Marks marks) {
        Check marked = candidate -> !marks.hold(candidate);
        Check check = marked.and(validator(entity.validator()));
        if (entity.words().isEmpty()) {
            Pattern pattern = Pattern.of(entity.pattern(), Marks.BRACKETS);
            requireFew(
                    pattern,
                    MOST_POSITIONS,
                    "it has more than " + MOST_POSITIONS
                            + " characters once repetitions are written out; write fewer or shorter ones");
            boolean ignoresCase = entity.pattern().startsWith(IGNORES_CASE);
            return recogniser(entity, pattern, check, ignoresCase ? Normal.LOWER : Normal.EXACT);
        }
        WordList words = new WordList(entity.words(), entity.letterCase() == CustomEntity.LetterCase.Ignore);
        requireFew(
                words.pattern(),
                MOST_CHARACTERS,
                "its words have more than " + MOST_CHARACTERS + " characters; name fewer words");
        return recogniser(entity, words.pattern(), check.and(words::confirms), words::of);
    }

    private static void requireFew(Pattern pattern, int most, String otherwise) {
        if (pattern.positions() > most) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    private static Recogniser recogniser(CustomEntity entity, Pattern pattern, Check check, Normal normal) {
        if (pattern.maxLength() > LONGEST) {
            throw new IllegalArgumentException(
                    "a match could have more than " + LONGEST + " characters; write smaller bounds of repetitions");
        }
        return new Recogniser(
                entity.entity(),
                pattern,
                Guard.WORD,
                true,
                entity.score().doubleValue(),
                context(entity.context()),
                Check.ALWAYS,
                check,
                normal,
                0,
                0,
                null);
    }

    private static Context context(List<String> words) {
        return words.isEmpty() ? null : Context.of(REACH, words.toArray(String[]::new));
    }

    private static Check validator(Validator validator) {
        if (validator == null) {
            return Check.ALWAYS;
        }
        return switch (validator) {
            case Luhn ->
                candidate -> candidate.digitCount() > 1 && CheckDigits.luhn(candidate, 0, candidate.digitCount());
            case Verhoeff ->
                candidate -> candidate.digitCount() > 1 && CheckDigits.verhoeff(candidate, candidate.digitCount());
            case Gs1 -> candidate -> candidate.digitCount() > 1 && CheckDigits.gs1(candidate);
            case Mod11 -> CheckDigits::mod11;
            case Mod97 -> candidate -> CheckDigits.mod97(candidate, 0, candidate.length(), 0) == 1;
        };
    }
}
