package dev.redoubt.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.RedactionRule;
import dev.redoubt.profiles.Stage;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RestorerProperties {
    private static final TokenKey KEY = Redactors.key(7);
    private static final Map<Action, Redactor> REDACTORS =
            Map.of(Action.Tokenize, redactor(Action.Tokenize), Action.Encrypt, redactor(Action.Encrypt));

    private static Redactor redactor(Action action) {
        RedactionRule rule = new RedactionRule(List.of("*"), List.of(Stage.Prompt), action, action == Action.Tokenize);
        return Redactor.compile(new Redaction(List.of(rule), null, null, null, null), KEY);
    }

    private static String redacted(Action action, TokenKey key, String text) {
        return Redactors.redacted(REDACTORS.get(action).keyed(key), text);
    }

    private static String restored(TokenKey key, List<String> entities, String text) {
        byte[] restored = new Restorer(key, entities).restore(text.getBytes(StandardCharsets.UTF_8), false);
        return restored == null ? text : new String(restored, StandardCharsets.UTF_8);
    }

    @Provide
    Arbitrary<Action> restorable() {
        return Arbitraries.of(Action.Tokenize, Action.Encrypt);
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(
                        "Ann@Example.com",
                        "4111-1111-1111-1111",
                        "457-55-5462",
                        "<EMAIL_ADDRESS:abcdefghijklmnop>",
                        "<<",
                        "<US_SSN:",
                        "<PERSON>",
                        "é",
                        "plain",
                        "+49 171 1234567",
                        "2001:db8::1")
                .list()
                .ofMinSize(1)
                .ofMaxSize(8)
                .map(parts -> String.join(" | ", parts));
    }

    @Property(tries = 500)
    void whatIsRestoredIsTheNormalFormHoweverTheAnswerIsCut(
            @ForAll("texts") String text, @ForAll("restorable") Action action, @ForAll long seed) {
        String sealed = redacted(action, KEY, text);
        String expected = text.replace("Ann@Example.com", "ann@example.com")
                .replace("4111-1111-1111-1111", "4111111111111111")
                .replace("457-55-5462", "457555462")
                .replace("+49 171 1234567", "+491711234567")
                .replace("2001:db8::1", restored(KEY, List.of("*"), redacted(action, KEY, "2001:db8::1")));
        assertThat(restored(KEY, List.of("*"), sealed)).isEqualTo(expected);
        byte[] utf8 = sealed.getBytes(StandardCharsets.UTF_8);
        StreamRestorer stream = new Restorer(KEY, List.of("*")).stream(false);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int from = 0;
        for (int cut : new Random(seed).ints(6, 0, utf8.length + 1).sorted().toArray()) {
            out.writeBytes(stream.append(Arrays.copyOfRange(utf8, from, cut)));
            assertThat(stream.held()).isLessThanOrEqualTo(StreamRestorer.BOUND);
            from = cut;
        }
        out.writeBytes(stream.append(Arrays.copyOfRange(utf8, from, utf8.length)));
        out.writeBytes(stream.finish());
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo(expected);
    }

    @Property(tries = 500)
    void nobodyElseRestoresAnything(@ForAll("texts") String text, @ForAll("restorable") Action action) {
        TokenKey acme = KEY.forTenant("acme");
        String sealed = redacted(action, acme, text);
        assertThat(restored(KEY, List.of("*"), sealed)).isEqualTo(sealed);
        assertThat(restored(KEY.forTenant("globex"), List.of("*"), sealed)).isEqualTo(sealed);
        assertThat(restored(acme, List.of("IBAN_CODE"), sealed)).isEqualTo(sealed);
    }

    @Property(tries = 500)
    void aTokenThatWasChangedOrRenamedStays(
            @ForAll("restorable") Action action, @ForAll long seed, @ForAll boolean digits) {
        String sealed = redacted(action, KEY, digits ? "457-55-5462" : "ann@example.com");
        Random random = new Random(seed);
        int at = sealed.indexOf(':') + 1 + random.nextInt(sealed.length() - sealed.indexOf(':') - 2);
        String other = Character.toString("abcdefghijklmnopqrstuvwxyz234567".charAt(random.nextInt(32)));
        String forged = sealed.substring(0, at) + other + sealed.substring(at + 1);
        if (!forged.equals(sealed)) {
            assertThat(restored(KEY, List.of("*"), forged)).isEqualTo(forged);
        }
        String renamed = sealed.replaceFirst("<[A-Z_]+:", "<PERSON:");
        assertThat(restored(KEY, List.of("*"), renamed)).isEqualTo(renamed);
    }

    @Property(tries = 1000)
    void base32IsOneToOne(@ForAll byte[] bytes, @ForAll("restorable") Action any) {
        assertThat(Base32.decode(Base32.encode(bytes))).isEqualTo(bytes);
    }

    @Test
    void theTokensOfOneTextBeginWithItsShortOneAndNumbersStayNumbers() {
        String shorten = Redactors.redacted(Redactors.TOKENIZE_ALL, "ann@example.com");
        assertThat(redacted(Action.Tokenize, KEY, "ann@example.com"))
                .startsWith(shorten.substring(0, shorten.length() - 1))
                .hasSizeGreaterThan(shorten.length());
        assertThat(redacted(Action.Encrypt, KEY, "4111 1111 1111 1111"))
                .matches("<CREDIT_CARD:[0-9]{16}[a-z2-7]{13}>")
                .isEqualTo(redacted(Action.Encrypt, KEY, "4111-1111-1111-1111"));
    }

    @Test
    void inJsonATextThatWouldNeedAnEscapeStaysAToken() {
        byte[] sealed = ("\"" + redacted(Action.Encrypt, KEY, "http://u:p%\\w@host/ ann@example.com") + "\"")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(new String(new Restorer(KEY, List.of("*")).restore(sealed, true), StandardCharsets.UTF_8))
                .contains("<URL_CREDENTIALS:")
                .contains("ann@example.com");
        assertThat(new String(new Restorer(KEY, List.of("*")).restore(sealed, false), StandardCharsets.UTF_8))
                .contains("u:p%\\w");
    }

    @Test
    void whoFillsATextWithMadeUpTokensDoesNotGetTheTimeToTryThem() {
        String real = redacted(Action.Encrypt, KEY, "ann@example.com");
        String forged = "<EMAIL_ADDRESS:" + "a".repeat(40) + "> ";
        assertThat(restored(KEY, List.of("*"), forged.repeat(1000) + real)).endsWith("ann@example.com");
        assertThat(restored(KEY, List.of("*"), forged.repeat(1100) + real)).endsWith(real);
    }
}
