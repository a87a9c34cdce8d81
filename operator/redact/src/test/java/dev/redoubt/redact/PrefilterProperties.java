package dev.redoubt.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.policy.Action;
import dev.redoubt.policy.Entity;
import dev.redoubt.redact.automaton.Automaton;
import dev.redoubt.redact.recognise.Opening;
import dev.redoubt.redact.text.Fold;
import dev.redoubt.redact.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** The automaton itself is the oracle. */
class PrefilterProperties {
    private static final Plan PLAN = new Plan(
            Entity.builtIn().values().stream()
                    .collect(Collectors.toMap(Function.identity(), entity -> new Treatment(Action.Replace, false))),
            List.of(),
            Set.of(),
            Redactors.key(7));

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> parts = Arbitraries.of(
                "4111 1111 1111 1111",
                "DE89370400440532013000",
                "+1 415 555 2671",
                "ghp_",
                "AKIA",
                "10.2.3.4",
                "::1",
                "password=",
                "abcdefghijklmn.atlasv1.",
                "0123456789abcdef0123456789abcdef-us1",
                "abcQ1Q~",
                "RSSMRA85",
                "-----BEGIN ",
                "https://a:b@",
                "12 jan 1980",
                "ordinary",
                "words",
                "über",
                "１２３",
                "\u200b",
                "_",
                "-",
                ".",
                ":",
                " ",
                " ",
                "\n",
                "é",
                "a",
                "7",
                "(415)",
                "Z",
                "世",
                "\uD835\uDFCF",
                "SWIFT ");
        return parts.list().ofMaxSize(60).map(list -> String.join("", list));
    }

    @Property(tries = 3000)
    void noMatchBeginsAtAPositionThatIsThrownOut(
            @ForAll("texts") String string, @ForAll @IntRange(max = 100) int part) {
        byte[] text = string.getBytes(StandardCharsets.UTF_8);
        int fresh = text.length * part / 100;
        while (fresh < text.length && (text[fresh] & 0xC0) == 0x80) {
            fresh++;
        }
        Set<Integer> let = positions(text, fresh);
        List<Integer> lost = new ArrayList<>();
        for (int at = 0; at < text.length; at += Utf8.length(text[at])) {
            boolean possible = at == fresh
                    ? matches(text, at, Opening.FREE)
                    : !inWord(text, at) && matches(text, at, opening(text, at, fresh));
            if (possible && !let.contains(at)) {
                lost.add(at);
            }
        }
        assertThat(lost)
                .as("positions in «%s» of which %d bytes were replaced", string, fresh)
                .isEmpty();
    }

    private static Set<Integer> positions(byte[] text, int fresh) {
        Prefilter.Positions positions = PLAN.tables().prefilter().positions();
        Set<Integer> all = new java.util.TreeSet<>();
        int first = fresh == 0 ? 0 : 1; // no position without a byte before it is asked for but a fresh one
        for (int at = first; at < text.length; at++) {
            at = positions.next(text, at, text.length, text.length, fresh);
            all.add(at);
        }
        if (first > 0 && text.length > 0) {
            all.add(0);
        }
        return all;
    }

    private static Opening opening(byte[] text, int at, int fresh) {
        return at < fresh + 2 || text[at - 1] < 0 ? Opening.FREE : Opening.behind(text[at - 1], text[at - 2]);
    }

    /** Only what is a word by ASCII alone goes on. */
    private static boolean inWord(byte[] text, int at) {
        return at > 0 && text[at] >= 0 && text[at - 1] >= 0 && Fold.word(text[at]) && Fold.word(text[at - 1]);
    }

    private static boolean matches(byte[] text, int from, Opening opening) {
        Automaton automaton = PLAN.tables().automaton();
        int state = automaton.start(opening.start(true));
        for (int at = from; at < text.length; at += Utf8.length(text[at])) {
            int symbol = Fold.of(Utf8.decode(text, at));
            if (symbol == Fold.SKIP) {
                if (at == from) {
                    return false;
                }
                continue;
            }
            state = automaton.next(state, symbol);
            if (state == Automaton.DEAD) {
                return false;
            }
            if (automaton.accepts(state)) {
                return true;
            }
        }
        return false;
    }
}
