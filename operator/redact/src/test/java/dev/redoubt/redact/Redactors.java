package dev.redoubt.redact;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.RedactionRule;
import dev.redoubt.profiles.Stage;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** Redactors of one rule, as tests need them. */
final class Redactors {
    static final Redactor REPLACE_ALL = with(Action.Replace, "*");
    static final Redactor TOKENIZE_ALL = with(Action.Tokenize, "*");

    private Redactors() {}

    static TokenKey key(int fill) {
        byte[] bytes = new byte[32];
        Arrays.fill(bytes, (byte) fill);
        return TokenKey.of(bytes);
    }

    static Redactor with(Action action, String... entities) {
        return allowing(List.of(), action, entities);
    }

    /** Every entity becomes a token that can be restored. */
    static Redactor reversible() {
        RedactionRule rule = new RedactionRule(List.of("*"), List.of(Stage.Prompt), Action.Tokenize, true);
        return Redactor.compile(new Redaction(List.of(rule), null, null, null, null), key(7));
    }

    static Redactor allowing(List<String> allowed, Action action, String... entities) {
        RedactionRule rule = new RedactionRule(List.of(entities), List.of(Stage.Prompt), action);
        return Redactor.compile(new Redaction(List.of(rule), null, allowed, null, null), key(7));
    }

    static String redacted(Redactor redactor, String text) {
        return new String(redactor.redact(Stage.Prompt, text).text(), StandardCharsets.UTF_8);
    }

    /** What a stream gives when the bytes are cut at positions. */
    static String streamed(Redactor redactor, byte[] utf8, int... cuts) {
        StreamRedactor stream = redactor.stream(Stage.Prompt);
        java.io.ByteArrayOutputStream out = new java.io.ByteArrayOutputStream();
        int from = 0;
        for (int cut : cuts) {
            out.writeBytes(stream.append(utf8, from, cut));
            if (stream.held() > stream.bound()) {
                throw new AssertionError("held " + stream.held() + " bytes, bound " + stream.bound());
            }
            from = cut;
        }
        out.writeBytes(stream.append(utf8, from, utf8.length));
        out.writeBytes(stream.finish());
        return out.toString(StandardCharsets.UTF_8);
    }
}
