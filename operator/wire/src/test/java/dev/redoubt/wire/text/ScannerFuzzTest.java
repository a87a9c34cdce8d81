package dev.redoubt.wire.text;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.redoubt.policy.Action;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.RedactionRule;
import dev.redoubt.profiles.Stage;
import dev.redoubt.redact.RedactedText;
import dev.redoubt.redact.Redactor;
import dev.redoubt.redact.StreamRedactor;
import dev.redoubt.redact.TokenKey;
import dev.redoubt.redact.text.MalformedTextException;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;

/** Bytes as text for the automaton of all entities, in pieces of a size that the first byte tells. */
class ScannerFuzzTest {
    private static final Redactor ALL = redactor(Action.Tokenize, "*");
    private static final Redactor MAIL = redactor(Action.Replace, "EMAIL_ADDRESS");

    private static Redactor redactor(Action action, String entities) {
        RedactionRule rule = new RedactionRule(List.of(entities), List.of(Stage.Prompt), action);
        return Redactor.compile(new Redaction(List.of(rule), null, null, null, null), TokenKey.of(new byte[32]));
    }

    @FuzzTest
    void scan(byte[] data) {
        if (data.length == 0) {
            return;
        }
        byte[] text = Arrays.copyOfRange(data, 1, data.length);
        int size = 1 + (data[0] & 0xFF);
        RedactedText whole;
        try {
            whole = ALL.redact(Stage.Prompt, text);
        } catch (MalformedTextException e) {
            requireMalformed(text, size);
            return;
        }
        StreamRedactor stream = ALL.stream(Stage.Prompt);
        assertThat(streamed(stream, text, size)).isEqualTo(whole.text());
        assertThat(stream.findings()).isEqualTo(whole.findings());
        byte[] once = MAIL.redact(Stage.Prompt, text).text();
        assertThat(MAIL.redact(Stage.Prompt, once).text()).isEqualTo(once);
    }

    private static byte[] streamed(StreamRedactor stream, byte[] text, int size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int from = 0; from < text.length; from += size) {
            out.writeBytes(stream.append(Arrays.copyOfRange(text, from, Math.min(text.length, from + size))));
            assertThat(stream.held()).isLessThanOrEqualTo(stream.bound());
        }
        out.writeBytes(stream.finish());
        return out.toByteArray();
    }

    private static void requireMalformed(byte[] text, int size) {
        try {
            streamed(ALL.stream(Stage.Prompt), text, size);
        } catch (MalformedTextException e) {
            return;
        }
        throw new AssertionError("a stream takes what is no text");
    }
}
