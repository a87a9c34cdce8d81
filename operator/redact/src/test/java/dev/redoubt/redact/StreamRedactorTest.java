package dev.redoubt.redact;

import static dev.redoubt.redact.Redactors.REPLACE_ALL;
import static dev.redoubt.redact.Redactors.redacted;
import static dev.redoubt.redact.Redactors.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.profiles.Stage;
import java.nio.charset.StandardCharsets;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StreamRedactorTest {
    private static final String MIXED =
            "Héllo, writè to jörg.müller@exämple.org or pay 4111\u200b1111 1111 1111 — IBAN DE89 3704 0044 0532 0130 00, ok?";

    @Test
    void everySplitInTwoGivesTheOutputOfTheWhole() {
        byte[] utf8 = MIXED.getBytes(StandardCharsets.UTF_8);
        String whole = redacted(REPLACE_ALL, MIXED);
        assertThat(whole).isEqualTo("Héllo, writè to <EMAIL_ADDRESS> or pay <CREDIT_CARD> — IBAN <IBAN_CODE>, ok?");
        for (int cut = 0; cut <= utf8.length; cut++) {
            assertThat(streamed(REPLACE_ALL, utf8, cut)).isEqualTo(whole);
        }
        assertThat(streamed(REPLACE_ALL, utf8, IntStream.range(0, utf8.length).toArray()))
                .isEqualTo(whole);
    }

    @Test
    void bytesThatCannotBelongToAMatchAreReleasedAtOnce() {
        StreamRedactor stream = REPLACE_ALL.stream(Stage.Prompt);
        assertThat(new String(stream.append("Good morning, ".getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8))
                .isEqualTo("Good morning, ");
        assertThat(stream.held()).isZero();
        stream.append("ann@exam".getBytes(StandardCharsets.UTF_8));
        assertThat(stream.held()).isEqualTo(8);
        stream.append("ple.com ".getBytes(StandardCharsets.UTF_8));
        stream.finish();
        assertThat(stream.findings()).hasSize(1);
        assertThat(stream.findings().get(0).start()).isEqualTo(14);
        assertThat(stream.findings().get(0).end()).isEqualTo(29);
    }
}
