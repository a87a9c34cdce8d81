package dev.redoubt.redact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.spec.PolicySpec;
import dev.redoubt.policy.spec.RedactionSpec;
import dev.redoubt.policy.spec.SpecException;
import dev.redoubt.policy.spec.YamlSpec;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CustomEntityTest {
    private static final String RULES = "rules: [{entities: ['*'], at: [Prompt], action: %s}]\nentities:\n";

    private static PolicySpec spec(String action, String entities) throws SpecException {
        byte[] yaml = (RULES.formatted(action) + entities + "\n").getBytes(StandardCharsets.UTF_8);
        return RedactionSpec.parse(YamlSpec.documents("policy.yaml", yaml).get(0));
    }

    private static Redactor redactor(String action, String entities) throws SpecException {
        Redaction redaction = PolicyCheck.check(spec(action, entities));
        return Redactor.compile(redaction, Redactors.key(7));
    }

    private static String replaced(String entities, String text) throws SpecException {
        return Redactors.redacted(redactor("Replace", entities), text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "pattern: 'E-\\d{6}' | is E-123456, E-1234567 and xE-123456 | is <OWN>, E-1234567 and xE-123456",
                "pattern: '(?i)e-\\d{6}' | e-123456 E‑１２３４５６ | <OWN> <OWN>",
                "pattern: '\\d{4}', context: [Badge] | badge 1234, then 1234567 and room at the end of it all, not 4321"
                        + " | badge <OWN>, then 1234567 and room at the end of it all, not 4321",
                "pattern: '\\d{8}', validator: Luhn | 49927398 49927395 | 49927398 <OWN>",
                "pattern: '\\d{12}', validator: Verhoeff | 234123412346 234123412345 | <OWN> 234123412345",
                "pattern: '\\d{13}', validator: Gs1 | 4006381333931 4006381333932 | <OWN> 4006381333932",
                "pattern: '\\d{9}[\\dX]', validator: Mod11 | 0306406152 097522980X 0306406153 | <OWN> <OWN> 0306406153",
                "pattern: '[A-Z0-9]{20}', validator: Mod97 | 5493001KJTIIGC8Y1R12 5493001KJTIIGC8Y1R13"
                        + " | <OWN> 5493001KJTIIGC8Y1R13",
                "words: [Project Falcon, Owl] | project  falcon OWL owls | <OWN> <OWN> owls",
                "words: [Owl], letterCase: Exact | Owl owl OWL | <OWN> owl OWL",
                "words: [Zugvögel] | ZUGVÖGEL Zugvögel Zugvägel Zugvogel | <OWN> <OWN> Zugvägel Zugvogel",
                "words: [计划] | a计划b | a<OWN>b",
                "pattern: '#\\d{3}#' | #123#4 | <OWN>4",
                "words: [Проект, 计划] | проект Привет 这计划好 这很好 | <OWN> Привет 这<OWN>好 这很好",
            })
    void whatTheEntityDescribesIsFoundAndNothingElse(String entity, String text, String expected) throws Exception {
        String alone = "- {name: OWN, " + entity + "}";
        Redaction every = PolicyCheck.check(spec("Replace", alone));
        Redaction own = new Redaction(
                java.util.List.of(new dev.redoubt.policy.RedactionRule(
                        java.util.List.of("OWN"), every.rules().get(0).at(), dev.redoubt.policy.Action.Replace)),
                every.entities(),
                null,
                null,
                null);
        assertThat(Redactors.redacted(Redactor.compile(own, Redactors.key(7)), text))
                .isEqualTo(expected);
    }

    @Test
    void everyEntityIsAlsoThoseOfThePolicyAndTheHigherScoreNamesWhatTwoFind() throws Exception {
        String ssn = "- {name: OWN, pattern: '\\d{3}-\\d{2}-\\d{4}', score: \"%s\"}";
        assertThat(replaced(ssn.formatted("0.1"), "457-55-5462")).isEqualTo("<US_SSN>");
        assertThat(replaced(ssn.formatted("1.0"), "457-55-5462 ann@example.com"))
                .isEqualTo("<OWN> <EMAIL_ADDRESS>");
    }

    @Test
    void wordsInTwoSpellingsHaveOneToken() throws Exception {
        String[] tokens = Redactors.redacted(
                        redactor("Tokenize", "- {name: OWN, words: [Blue Heron]}"), "Blue Heron,blue  HERON")
                .split(",");
        assertThat(tokens[0]).startsWith("<OWN:").isEqualTo(tokens[1]);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[A-Z_]{3,30}", "[a-z2-7]{13}", "\\w{2,40}(:\\w{2,40})?", ":[a-z0-9]{5,20}", ".{3,10}"})
    void aPatternIsNotLookedForInReplacements(String pattern) throws Exception {
        Redactor redactor = redactor("Tokenize", "- {name: OWN, pattern: '" + pattern + "'}");
        String once = Redactors.redacted(
                redactor, "Ann, ann@example.com: FOO_BAR, x:abcdefg, abcdefghijklm 4111 1111 1111 1111");
        assertThat(once).contains("<OWN:");
        assertThat(Redactors.redacted(redactor, once)).isEqualTo(once);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{name: OWN, pattern: 'E-\\d+'} | OWN: pattern, character 4: a repetition has no bound, write {n,m}",
                "{name: OWN, pattern: 'a{2,}'} | OWN: pattern, character 4: a repetition has no bound, write {n,m}",
                "{name: OWN, pattern: '(a{1000}){1000}'} | OWN: it has more than 4096 characters once repetitions are"
                        + " written out; write fewer or shorter ones",
                "{name: OWN, pattern: 'a{1,300}'} | OWN: a match could have more than 256 characters; write smaller bounds"
                        + " of repetitions",
                "{name: OWN, pattern: '[ab]{0,100}a[ab]{100}'} | OWN: the patterns need more than",
                "{name: OWN, pattern: '<b>\\d{3}'} | OWN: pattern, character 1: no match can have this character",
                "{name: OWN, pattern: 'x?'} | OWN: a pattern matches the empty text",
                "{name: OWN, pattern: 'é'} | OWN: pattern, character 1: only ASCII can stand in a pattern",
                "{name: OWN, words: [ok, a<b]} | OWN: word 1 has a character that cannot be searched for, such as < or one"
                        + " without width",
                "{name: OWN, pattern: 'E-\\d{6}', examples: [E-123456, E-12]} | OWN: examples[1] is not found",
                "{name: OWN, pattern: 'E-\\d{6}', examples: [an E-123456]} | OWN: examples[0] is found, but not as a whole"
                        + " and once",
                "{name: OWN, pattern: 'E-\\d{6}', counterExamples: [E-12, E-123456]} | OWN: in counterExamples[1]"
                        + " something is found",
                "{name: API_KEY, pattern: 'E-\\d{6}'} | the replacements of API_KEY would be taken for GENERIC_SECRET;"
                        + " choose another name",
            })
    void whatNoGuardCanFollowIsRefusedWithAReasonThatHoldsNoTextOfIt(String entity, String fault) throws Exception {
        PolicySpec spec = spec("Mask", "- " + entity);
        assertThatThrownBy(() -> PolicyCheck.check(spec))
                .isInstanceOf(SpecException.class)
                .hasMessageStartingWith("policy.yaml:3:3: " + fault);
    }

    @Test
    void whatIsTooMuchTogetherIsRefusedThoughEachIsFewEnough() throws Exception {
        StringBuilder entities = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            entities.append("- {name: WORDS_%d, words: [".formatted(i));
            for (int j = 0; j < 256; j++) {
                entities.append(Integer.toHexString(i * 1000 + j))
                        .append("x".repeat(50))
                        .append(j)
                        .append(", ");
            }
            entities.append("]}\n");
        }
        PolicySpec spec = spec("Mask", entities.toString());
        assertThatThrownBy(() -> PolicyCheck.check(spec))
                .hasMessageContaining(
                        "the entities of the policy cannot be searched for together: the patterns need more" + " than");
    }
}
