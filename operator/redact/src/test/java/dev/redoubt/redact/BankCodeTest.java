package dev.redoubt.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.policy.Action;
import dev.redoubt.profiles.Stage;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A BIC that no word announces is recognised behind an IBAN, and ordinary words in capitals are not. */
class BankCodeTest {
    private static final String GERMAN = "DE89 3704 0044 0532 0130 00";
    private static final Redactor BANKS = Redactors.with(Action.Replace, "IBAN_CODE", "BIC");

    @ParameterizedTest
    @ValueSource(
            strings = {
                ", QZWJDEMM",
                " / QZWJDEMM",
                "\nQZWJDEMM",
                ", QZWJFRPP",
                ", QZWJUS33",
                " held at your branch QZWJDEMMXXX",
                " in the name of the Garden Club, QZWJDEMM"
            })
    void aCodeIsFoundBehindAnAccount(String code) {
        assertThat(Redactors.redacted(BANKS, GERMAN + code))
                .doesNotContain("QZWJ")
                .endsWith("<BIC>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ", CUSTOMER 12",
                " / DOCUMENT",
                "\nANDERSON",
                ", RESIDENT OF FRANKFURT",
                " DIVIDEND",
                ", MARSHALL",
                " in the name of the Garden Club QZWJFRPP",
                " is of the form ABCDEFGH",
                " was closed long ago, and nobody remembers by whom or what for, says QZWJDEMM"
            })
    void aWordInCapitalsBehindAnAccountStays(String words) {
        assertThat(Redactors.redacted(BANKS, GERMAN + words)).isEqualTo("<IBAN_CODE>" + words);
    }

    @Test
    void theCountryOfAnAccountIsReadThroughDisguise() {
        assertThat(Redactors.redacted(BANKS, "Ｄ\u200BＥ８９370400440532013000 of the Club, QZWJDEMM"))
                .isEqualTo("<IBAN_CODE> of the Club, <BIC>");
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "Block")
    void whatHappensToTheAccountDoesNotMatterNorHowTheTextIsCut(Action action) {
        Redactor redactor = Redactors.with(action, "IBAN_CODE", "BIC");
        byte[] text = ("x".repeat(700) + " " + GERMAN + " of the Club, QZWJDEMM.").getBytes(StandardCharsets.UTF_8);
        assertThat(redactor.redact(Stage.Prompt, text).findings())
                .extracting(finding -> finding.entity().name())
                .containsExactly("IBAN_CODE", "BIC");
        StreamRedactor stream = redactor.stream(Stage.Prompt);
        for (int i = 0; i < text.length; i++) {
            stream.append(text, i, i + 1);
        }
        stream.finish();
        assertThat(stream.findings()).hasSize(2);
    }
}
