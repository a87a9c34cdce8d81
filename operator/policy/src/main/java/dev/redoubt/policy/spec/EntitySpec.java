package dev.redoubt.policy.spec;

import dev.redoubt.policy.CustomEntity;
import dev.redoubt.policy.CustomEntity.LetterCase;
import dev.redoubt.policy.Entity;
import dev.redoubt.policy.Validator;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * An entity of a policy's own as it was written.
 *
 * @param entity what guards look for
 * @param place where it stands
 * @param examples texts that are to be found, each as a whole
 * @param counterExamples texts in which nothing is to be found
 */
public record EntitySpec(CustomEntity entity, Place place, List<String> examples, List<String> counterExamples) {
    private static final int LONGEST_NAME = 63;
    private static final int LONGEST_PATTERN = 1024;
    private static final int LONGEST_WORD = 128;
    private static final int MOST_CONTEXT = 64;
    private static final int LONGEST_CONTEXT = 63;
    private static final int MOST_EXAMPLES = 64;
    private static final int LONGEST_EXAMPLE = 1024;
    private static final Map<String, LetterCase> CASES = Words.of(LetterCase.class);
    private static final Map<String, Validator> VALIDATORS = Words.of(Validator.class);
    private static final Pattern CONTEXT = Pattern.compile("[a-z][a-z0-9]*");

    public EntitySpec {
        examples = List.copyOf(examples);
        counterExamples = List.copyOf(counterExamples);
    }

    static EntitySpec parse(SpecNode node) throws SpecException {
        Fields fields = Fields.of(
                node,
                "name",
                "pattern",
                "words",
                "letterCase",
                "validator",
                "context",
                "score",
                "examples",
                "counterExamples");
        String name = name(fields.require("name"));
        Optional<SpecNode> pattern = fields.find("pattern");
        List<String> words = words(fields);
        if (pattern.isPresent() != words.isEmpty()) {
            throw new SpecException(fields.place(), name + " needs either a pattern or words");
        }
        Optional<SpecNode> letterCase = fields.find("letterCase");
        if (letterCase.isPresent() && pattern.isPresent()) {
            throw new SpecException(
                    letterCase.get().place(),
                    "letterCase is about words; a pattern that ignores the case of letters begins with (?i)");
        }
        CustomEntity entity = new CustomEntity(
                name,
                pattern.isEmpty() ? null : pattern.get().text(LONGEST_PATTERN),
                words,
                fields.oneOf("letterCase", CASES, LetterCase.Ignore),
                fields.oneOf("validator", VALIDATORS, null),
                context(fields),
                score(fields.find("score")));
        return new EntitySpec(
                entity,
                fields.place(),
                fields.texts("examples", MOST_EXAMPLES, LONGEST_EXAMPLE),
                fields.texts("counterExamples", MOST_EXAMPLES, LONGEST_EXAMPLE));
    }

    private static String name(SpecNode node) throws SpecException {
        String name = node.text(LONGEST_NAME);
        try {
            return Entity.custom(name).name();
        } catch (IllegalArgumentException e) {
            throw new SpecException(node.place(), e.getMessage());
        }
    }

    private static List<String> words(Fields fields) throws SpecException {
        List<String> words = fields.texts("words", CustomEntity.MOST_WORDS, LONGEST_WORD);
        for (int i = 0; i < words.size(); i++) {
            if (!words.get(i).equals(words.get(i).strip())) {
                throw new SpecException(
                        fields.items("words", CustomEntity.MOST_WORDS).get(i).place(),
                        "a word neither begins nor ends with white space");
            }
        }
        return words;
    }

    private static List<String> context(Fields fields) throws SpecException {
        List<String> context = new ArrayList<>();
        for (SpecNode node : fields.items("context", MOST_CONTEXT)) {
            String word = node.text(LONGEST_CONTEXT).toLowerCase(Locale.ROOT);
            if (!CONTEXT.matcher(word).matches()) {
                throw new SpecException(
                        node.place(),
                        "a word of the context is one word of the letters a to z, and digits behind them");
            }
            if (!context.contains(word)) {
                context.add(word);
            }
        }
        return context;
    }

    private static BigDecimal score(Optional<SpecNode> node) throws SpecException {
        if (node.isEmpty()) {
            return BigDecimal.ONE;
        }
        BigDecimal score = node.get().decimal();
        if (score.compareTo(BigDecimal.ONE) > 0) {
            throw new SpecException(node.get().place(), "a score is between 0 and 1");
        }
        return score;
    }
}
