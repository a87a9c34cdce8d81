package dev.redoubt.crds;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Objects;

/**
 * An entity of the user's own: texts of a pattern, or the texts of a list (what Presidio calls a deny list).
 *
 * @param name its name
 * @param pattern regular expression that finds it, or null
 * @param words texts that are it
 * @param letterCase whether the case of the words' letters counts, or null
 * @param validator check digits that confirm a match, or null
 * @param context words before a match that confirm it
 * @param score how sure a match is
 * @param examples texts that must match
 * @param counterExamples texts that must not match
 */
@ApiObject
@ValidationRule(
        value = "has(self.pattern) == (size(self.words) == 0)",
        message = "an entity needs either a pattern or words")
@ValidationRule(
        value = "!has(self.pattern) || !has(self.letterCase)",
        message = "letterCase is about words; a pattern that ignores the case of letters begins with (?i)",
        fieldPath = ".letterCase")
public record CustomEntity(
        @Required
                @Size(min = 2, max = 63)
                @Pattern(Formats.ENTITY)
                @JsonPropertyDescription(
                        "Name of the entity, in capitals with underscores, such as EMPLOYEE_ID; not one that is built in.")
                String name,
        @Size(min = 1, max = 1024)
                @JsonPropertyDescription(
                        "Regular expression that finds the entity: literals, sets, \\d, \\w, \\s, groups, |, ?, {n} and "
                                + "{n,m}; (?i) at its beginning ignores the case of letters. Without *, + and {n,}, because "
                                + "a stream cannot wait without an end. A match is never a part of a longer word. Absent: "
                                + "words.")
                String pattern,
        @Default("[]")
                @Size(max = 256)
                @JsonPropertyDescription(
                        "Texts that are the entity, such as names of projects; found as whole words. Default none: pattern.")
                List<@Size(min = 1, max = 128) String> words,
        @JsonPropertyDescription("Whether the case of letters counts for words: Ignore or Exact. Absent: Ignore.")
                LetterCase letterCase,
        @JsonPropertyDescription(
                        "Check digits that a match must have: Luhn, Verhoeff, Gs1, Mod11 (as in ISBN-10) or Mod97 (ISO/IEC "
                                + "7064). Absent: none.")
                Validator validator,
        @Default("[]")
                @Size(max = 64)
                @JsonPropertyDescription(
                        "Words of which one must stand to the left of a match. Default none: the pattern is enough.")
                List<@Size(min = 1, max = 63) @Pattern(Formats.CONTEXT_WORD) String> context,
        @Default("1.0")
                @Size(min = 1, max = 8)
                @Pattern(Formats.SHARE)
                @JsonPropertyDescription(
                        "How sure a match is, 0 to 1; where two entities find the very same text, the higher score counts. "
                                + "Default 1.0.")
                String score,
        @Default("[]")
                @Size(max = 64)
                @JsonPropertyDescription(
                        "Texts that must match, each as a whole; checked when the policy is applied. Default none.")
                List<@Size(min = 1, max = 1024) String> examples,
        @Default("[]")
                @Size(max = 64)
                @JsonPropertyDescription(
                        "Texts in which nothing must match; checked when the policy is applied. Default none.")
                List<@Size(min = 1, max = 1024) String> counterExamples) {

    /** Absent values become the defaults of the schema. */
    public CustomEntity {
        words = List.copyOf(Objects.requireNonNullElse(words, List.of()));
        context = List.copyOf(Objects.requireNonNullElse(context, List.of()));
        score = Objects.requireNonNullElse(score, "1.0");
        examples = List.copyOf(Objects.requireNonNullElse(examples, List.of()));
        counterExamples = List.copyOf(Objects.requireNonNullElse(counterExamples, List.of()));
    }

    /** Whether the case of letters counts. */
    public enum LetterCase {
        /** Capitals and small letters are the same. */
        @JsonProperty("Ignore")
        IGNORE,
        /** They are not. */
        @JsonProperty("Exact")
        EXACT
    }

    /** Check digits. */
    public enum Validator {
        /** Luhn's, over all digits (ISO/IEC 7812-1). */
        @JsonProperty("Luhn")
        LUHN,
        /** Verhoeff's, over all digits. */
        @JsonProperty("Verhoeff")
        VERHOEFF,
        /** Weights 1 and 3, modulo 10, over all digits (GS1). */
        @JsonProperty("Gs1")
        GS1,
        /** Weights counted up from the right, modulo 11, over all digits and an X at the end (ISBN-10). */
        @JsonProperty("Mod11")
        MOD11,
        /** Letters and digits as one number, modulo 97 (ISO/IEC 7064). */
        @JsonProperty("Mod97")
        MOD97
    }
}
