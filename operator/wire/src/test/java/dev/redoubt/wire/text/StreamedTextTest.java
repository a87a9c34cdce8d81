package dev.redoubt.wire.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.Entity;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.RedactionRule;
import dev.redoubt.profiles.Stage;
import dev.redoubt.redact.Redactor;
import dev.redoubt.redact.TokenKey;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamedTextTest {
    private static StreamedText text(Action action) {
        RedactionRule rule = new RedactionRule(List.of("*"), List.of(Stage.Completion), action);
        return StreamedText.json(
                Redactor.compile(
                        new Redaction(List.of(rule), null, List.of("support@example.com"), null, null),
                        TokenKey.of(new byte[32])),
                Stage.Completion,
                Judgements.omitted());
    }

    private static String append(StreamedText text, String piece) {
        return new String(text.append(piece.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
    }

    private static String redacted(String json) {
        StreamedText text = text(Action.Replace);
        return append(text, json) + new String(text.finish(), StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                // what is kept stays spelled as it was
                "{\"a\":\"\\u0041\\/ ann\\u0040example.com \\u00e9\"} | {\"a\":\"\\u0041\\/ <EMAIL_ADDRESS> \\u00e9\"}",
                "{\"\\u0061nn@example.com\":1} | {\"<EMAIL_ADDRESS>\":1}",
                "{\"a\":\"x\\nann@example.com\"} | {\"a\":\"x\\n<EMAIL_ADDRESS>\"}",
                // numbers
                "{\"card\":4111111111111111} | {\"card\":\"<CREDIT_CARD>\"}",
                "[4111111111111111.0,4.111111111111111e15,7] | [\"<CREDIT_CARD>.0\",\"<CREDIT_CARD>\",7]",
                // the name is context, and part of some secrets
                "{\"phone\": \"4155552671\"} | {\"phone\": \"<PHONE_NUMBER>\"}",
                "{\"phone\": 4155552671} | {\"phone\": \"<PHONE_NUMBER>\"}",
                "{\"order\": \"4155552671\"} | {\"order\": \"4155552671\"}",
                "{\"aws_secret_access_key\": \"wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\"} | {\"aws_secret_access_key\": \"<AWS_ACCESS_KEY>\"}",
                // JSON within JSON within JSON
                "{\"a\":\"{\\\"b\\\":\\\"ann\\\\u0040example.com\\\"}\"} | {\"a\":\"{\\\"b\\\":\\\"<EMAIL_ADDRESS>\\\"}\"}",
                // broken off
                "{\"to\":\"ann\\u0040example.com | {\"to\":\"<EMAIL_ADDRESS>",
                "{\"card\":4111111111111111 | {\"card\":\"<CREDIT_CARD>\"",
                "{\"a\":\"x\\u00 | {\"a\":\"x\\u00",
                // no JSON
                "{'to': 'ann\\x40example.com'} | {'to': '<EMAIL_ADDRESS>'}",
                "{to: ann\\u0040example.com} | {to: <EMAIL_ADDRESS>}",
                "{\"card\":4111 1111 1111 1111} | {\"card\":<CREDIT_CARD>}",
                "{\"a\":\"he said \"ann\\u0040example.com\"\"} | {\"a\":\"he said \"<EMAIL_ADDRESS>\"\"}",
                "see https://u:pa\\tss@host | see https://<URL_CREDENTIALS>@host",
                // an allowed address stays, also in disguise
                "{\"a\":\"support\\u0040example.com\"} | {\"a\":\"support\\u0040example.com\"}"
            })
    void escapesHideNothingAndWhatIsKeptStaysAsItWas(String json, String expected) {
        assertThat(redacted(json)).isEqualTo(expected);
    }

    @Test
    void bytesThatCannotBelongToAMatchGoOnAtOnce() {
        StreamedText text = text(Action.Replace);
        assertThat(append(text, "{\"size\":\"large\",\"n\":")).isEqualTo("{\"size\":\"large\",\"n\":");
        assertThat(append(text, "12")).isEmpty();
        assertThat(append(text, ",\"to\":\"mail \\u00")).isEqualTo("12,\"to\":\"mail ");
        assertThat(append(text, "41nn")).isEmpty();
        assertThat(text.held()).isEqualTo("\\u0041nn".length());
        assertThat(append(text, "@example.com\"")).isEqualTo("<EMAIL_ADDRESS>\"");
        assertThat(text.held()).isZero();
        assertThat(append(text, "}")).isEqualTo("}");
        assertThat(text.findings()).hasSize(1);
    }

    @Test
    void whatBlocksIsNamedBeforeItHasEnded() {
        StreamedText text = text(Action.Block);
        assertThat(append(text, "{\"key\":\"-----BEGIN PRIVATE KEY-----\\nMIIE"))
                .isEqualTo("{\"key\":\"");
        assertThat(text.blocking()).contains(Entity.PRIVATE_KEY);
    }

    @Test
    void aKeyOfAnyLengthIsNotHeld() {
        StreamedText text = text(Action.Replace);
        append(text, "{\"key\":\"-----BEGIN PRIVATE KEY-----");
        for (int i = 0; i < 100; i++) {
            append(text, "\\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7");
            assertThat(text.held()).isZero();
        }
        assertThat(append(text, "\\n-----END PRIVATE KEY-----\\n\"}")).isEqualTo("<PRIVATE_KEY>\\n\"}");
    }
}
