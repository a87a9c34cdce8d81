package dev.redoubt.redact;

import static dev.redoubt.redact.Redactors.REPLACE_ALL;
import static dev.redoubt.redact.Redactors.TOKENIZE_ALL;
import static dev.redoubt.redact.Redactors.allowing;
import static dev.redoubt.redact.Redactors.key;
import static dev.redoubt.redact.Redactors.redacted;
import static dev.redoubt.redact.Redactors.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.Entity;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.RedactionRule;
import dev.redoubt.profiles.Stage;
import dev.redoubt.redact.text.MalformedTextException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedactorTest {
    private static final String CARD = "4111 1111 1111 1111";

    @Test
    void textWithoutFindingsIsTheGivenSliceItself() {
        byte[] text = "nothing to see here".getBytes(StandardCharsets.UTF_8);
        RedactedText result = REPLACE_ALL.redact(Stage.Prompt, text, 3, 12);
        assertThat(result.array()).isSameAs(text);
        assertThat(result.from()).isEqualTo(3);
        assertThat(result.to()).isEqualTo(12);
        assertThat(result.changed()).isFalse();
    }

    @Test
    void findingsSayWhereInTheSliceWithoutTheText() {
        byte[] text = "xx to ann@example.com!".getBytes(StandardCharsets.UTF_8);
        RedactedText result = REPLACE_ALL.redact(Stage.Prompt, text, 3, text.length);
        assertThat(result.findings()).containsExactly(new Finding(Entity.EMAIL_ADDRESS, 3, 18, Action.Replace));
        assertThat(result.toString()).doesNotContain("ann");
        assertThat(new String(result.text(), StandardCharsets.UTF_8)).isEqualTo("to <EMAIL_ADDRESS>!");
    }

    @Test
    void stageWithoutRuleIsLeftAlone() {
        assertThat(REPLACE_ALL.acts(Stage.Prompt)).isTrue();
        assertThat(REPLACE_ALL.acts(Stage.Ingest)).isFalse();
        assertThat(REPLACE_ALL.redact(Stage.Ingest, "ann@example.com").changed())
                .isFalse();
    }

    @Test
    void firstRuleThatNamesAnEntityAtAStageWins() {
        Redactor redactor = Redactor.compile(
                new Redaction(
                        List.of(
                                new RedactionRule(List.of("EMAIL_ADDRESS"), List.of(Stage.Query), Action.Block),
                                new RedactionRule(List.of("CREDIT_CARD"), List.of(Stage.Prompt), Action.Mask),
                                new RedactionRule(List.of("*"), List.of(Stage.Prompt), Action.Replace)),
                        null,
                        null,
                        null,
                        null),
                key(1));
        assertThat(redacted(redactor, "ann@example.com " + CARD)).isEqualTo("<EMAIL_ADDRESS> **** **** **** 1111");
    }

    @Test
    void everyActionDoesWhatItSays() {
        assertThat(redacted(with(Action.Replace, "*"), "a " + CARD + " b")).isEqualTo("a <CREDIT_CARD> b");
        assertThat(redacted(with(Action.Remove, "*"), "a " + CARD + " b")).isEqualTo("a  b");
        assertThat(redacted(with(Action.Mask, "*"), "a " + CARD + " b")).isEqualTo("a **** **** **** 1111 b");
        assertThat(redacted(with(Action.Hash, "*"), "a " + CARD + " b")).matches("a [0-9a-f]{32} b");
        assertThat(redacted(with(Action.Tokenize, "*"), "a " + CARD + " b")).matches("a <CREDIT_CARD:[a-z2-7]{13}> b");
    }

    @Test
    void blockRefusesTheMessageAndStillHidesTheText() {
        RedactedText result = with(Action.Block, "CREDIT_CARD").redact(Stage.Prompt, "a " + CARD);
        assertThat(result.blocked()).isTrue();
        assertThat(result.findings()).extracting(Finding::entity).containsExactly(Entity.CREDIT_CARD);
        assertThat(new String(result.text(), StandardCharsets.UTF_8)).isEqualTo("a <CREDIT_CARD>");
    }

    @Test
    void oneThingWrittenDifferentlyGetsOneToken() {
        assertThat(redacted(TOKENIZE_ALL, "Ann@Example.COM")).isEqualTo(redacted(TOKENIZE_ALL, "ann@example.com"));
        assertThat(redacted(TOKENIZE_ALL, CARD)).isEqualTo(redacted(TOKENIZE_ALL, "4111-1111-1111-1111"));
        assertThat(redacted(TOKENIZE_ALL, CARD)).isNotEqualTo(redacted(TOKENIZE_ALL, "5555 5555 5555 4444"));
    }

    @Test
    void tokensDependOnTheKeyAndDifferFromHashes() {
        Redaction redaction = new Redaction(
                List.of(new RedactionRule(List.of("*"), List.of(Stage.Prompt), Action.Tokenize)),
                null,
                null,
                null,
                null);
        assertThat(redacted(Redactor.compile(redaction, key(1)), CARD))
                .isNotEqualTo(redacted(Redactor.compile(redaction, key(2)), CARD));
        assertThat(key(1).toString()).isEqualTo("TokenKey[]");
    }

    @Test
    void allowedTextIsNeverRedactedNorIsAnythingInsideIt() {
        Redactor redactor = allowing(List.of("support@example.com"), Action.Replace, "*");
        assertThat(redacted(redactor, "support@example.com, ann@example.com"))
                .isEqualTo("support@example.com, <EMAIL_ADDRESS>");
    }

    @Test
    void invalidUtf8IsRefused() {
        byte[][] malformed = {
            {(byte) 0x80},
            {(byte) 0xC3},
            {(byte) 0xC0, (byte) 0x80},
            {(byte) 0xED, (byte) 0xA0, (byte) 0x80},
            {(byte) 0xF5, 0, 0, 0},
            {(byte) 0xE2, (byte) 0x82, 'a'}
        };
        for (byte[] bytes : malformed) {
            assertThatThrownBy(() -> REPLACE_ALL.redact(Stage.Prompt, bytes))
                    .isInstanceOf(MalformedTextException.class);
            StreamRedactor stream = REPLACE_ALL.stream(Stage.Prompt);
            assertThatThrownBy(() -> {
                        stream.append(bytes);
                        stream.finish();
                    })
                    .isInstanceOf(MalformedTextException.class);
            assertThatThrownBy(() -> stream.append(bytes)).isInstanceOf(IllegalStateException.class);
        }
    }
}
