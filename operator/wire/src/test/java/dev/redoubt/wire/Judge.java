package dev.redoubt.wire;

import dev.redoubt.policy.Entity;
import dev.redoubt.redact.Span;
import dev.redoubt.wire.text.Judgements;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Stands in for a recogniser outside of the guard: takes every {@value #NAME} for a person. */
final class Judge {
    static final String NAME = "zhāng wei";

    /** Texts that it was asked about, once for each time. */
    final List<String> asked = new ArrayList<>();

    /** Edits of the last message. */
    int rounds;

    /** Edits a message until nothing is left to judge. */
    Outcome judged(RouteGuard guard, Function<MessageContext, Outcome> edit) {
        Judgements judgements = guard.judgements();
        for (rounds = 1; rounds <= Judgements.MOST_ROUNDS; rounds++) {
            Outcome outcome = edit.apply(Guarded.CLOSED.judgedBy(judgements));
            if (judgements.pending().isEmpty()) {
                return outcome;
            }
            for (byte[] text : judgements.pending()) {
                asked.add(new String(text, StandardCharsets.UTF_8));
                judgements.settle(text, spans(text));
            }
        }
        throw new AssertionError("it never ends");
    }

    private static List<Span> spans(byte[] text) {
        List<Span> spans = new ArrayList<>();
        String string = new String(text, StandardCharsets.UTF_8);
        for (int at = string.indexOf(NAME); at >= 0; at = string.indexOf(NAME, at + 1)) {
            int from = Guarded.bytes(string.substring(0, at)).length;
            spans.add(new Span(Entity.PERSON, from, from + Guarded.bytes(NAME).length, 0.85));
        }
        return spans;
    }
}
