package dev.redoubt.redact;

import static dev.redoubt.redact.Redactors.redacted;
import static dev.redoubt.redact.Redactors.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.CustomEntity;
import dev.redoubt.policy.CustomEntity.LetterCase;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.RedactionRule;
import dev.redoubt.policy.Validator;
import dev.redoubt.profiles.Stage;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What holds of built-in entities holds of a policy's own beside them. */
class CustomEntityProperties {
    private static final List<CustomEntity> OWN = List.of(
            entity("EMPLOYEE_ID", "E-\\d{6}", List.of(), null, "badge"),
            entity("ORDER_NUMBER", "(?i)ord[ -]?\\d{8}", List.of(), Validator.Luhn),
            entity("WORD", "[a-z2-7]{13,20}", List.of(), null),
            entity("CODENAME", null, List.of("Blue Heron", "Zugvögel", "计划"), null));

    private static final Map<Action, Redactor> REDACTORS =
            Stream.of(Action.values()).collect(Collectors.toMap(action -> action, CustomEntityProperties::redactor));

    private static CustomEntity entity(
            String name, String pattern, List<String> words, Validator validator, String... context) {
        return new CustomEntity(name, pattern, words, LetterCase.Ignore, validator, List.of(context), BigDecimal.ONE);
    }

    private static Redactor redactor(Action action) {
        RedactionRule rule = new RedactionRule(List.of("*"), List.of(Stage.Prompt), action, action == Action.Tokenize);
        return Redactor.compile(new Redaction(List.of(rule), OWN, null, null, null), Redactors.key(7));
    }

    @Provide
    Arbitrary<String> texts() {
        return parts().map(parts -> String.join("", parts));
    }

    @Provide
    Arbitrary<String> spacedTexts() {
        return parts().map(parts -> String.join(" ", parts));
    }

    private static Arbitrary<List<String>> parts() {
        return Arbitraries.of(
                        "E-123456",
                        "badge ",
                        "E-",
                        "123456",
                        "ORD-49927395",
                        "ord 49927395",
                        "ord",
                        "Blue",
                        " heron",
                        "blue\nheron",
                        "ZUGVÖGEL",
                        "Zugvo\u0308gel",
                        "计划",
                        "好",
                        "abcdefghijklmnop",
                        "<",
                        ">",
                        ":",
                        " ",
                        "-",
                        "\u200b",
                        "４",
                        "<CODENAME>",
                        "<WORD:",
                        "ann@example.com",
                        "457-55-5462",
                        "é",
                        "😀",
                        "password=")
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    @Property(tries = 1000)
    void randomSplitsGiveTheOutputOfTheWhole(@ForAll("texts") String text, @ForAll Action action, @ForAll long seed) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        int[] cuts = new Random(seed).ints(6, 0, utf8.length + 1).sorted().toArray();
        assertThat(streamed(REDACTORS.get(action), utf8, cuts)).isEqualTo(redacted(REDACTORS.get(action), text));
    }

    @Property(tries = 1000)
    void redactingTwiceChangesNothing(@ForAll("spacedTexts") String text) {
        for (Action action : List.of(Action.Replace, Action.Tokenize, Action.Encrypt)) {
            String once = redacted(REDACTORS.get(action), text);
            assertThat(redacted(REDACTORS.get(action), once)).isEqualTo(once);
        }
    }
}
