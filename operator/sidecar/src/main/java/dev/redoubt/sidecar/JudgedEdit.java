package dev.redoubt.sidecar;

import dev.redoubt.policy.ExternalRecognizer.OnError;
import dev.redoubt.sidecar.recognizer.AnalyzerException.Kind;
import dev.redoubt.sidecar.recognizer.Recognizers.Failure;
import dev.redoubt.wire.MessageContext;
import dev.redoubt.wire.Outcome;
import dev.redoubt.wire.text.Judgements;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One message is edited, and its texts are judged by recognisers outside of the guard where the policy asks for that: edited
 * with what is known, judged, edited anew, until nothing is left to judge. What was not judged goes no further, save where
 * the policy lets it pass.
 *
 * @param <T> what an edit leads to
 */
final class JudgedEdit<T> {
    /** The name in rules of the part of the policy that decides. */
    static final String RULE = "recognizers.";

    private final Exchange exchange;
    private final Received message;
    private final int tooMuch;
    private final Function<MessageContext, T> edit;
    private final Function<T, Outcome> outcome;
    private final Consumer<T> then;
    private final Judgements judgements;
    private int rounds;

    /**
     * @param tooMuch status where it holds more text than is judged
     * @param edit may run on another thread, and several times
     * @param outcome what an edit made of the message; {@code null} where it was not looked at
     */
    JudgedEdit(
            Exchange exchange,
            Received message,
            int tooMuch,
            Function<MessageContext, T> edit,
            Function<T, Outcome> outcome,
            Consumer<T> then) {
        this.exchange = exchange;
        this.message = message;
        this.tooMuch = tooMuch;
        this.edit = edit;
        this.outcome = outcome;
        this.then = then;
        judgements = exchange.guard().judgements();
    }

    void begin() {
        MessageContext context = exchange.context().judgedBy(judgements);
        exchange.transform(message.work(), () -> edit.apply(context), this::edited);
    }

    private void edited(T result) {
        Outcome edited = outcome.apply(result);
        if (edited == null
                || edited instanceof Outcome.Refused
                || judgements.pending().isEmpty()) {
            then.accept(result);
        } else if (rounds++ == Judgements.MOST_ROUNDS) {
            exchange.failed(new IllegalStateException("there is no end to the texts of a message"));
        } else if (rounds == 1 && !exchange.takes(message.content())) {
            exchange.refuse(Problem.of(Reason.Overloaded).retryAfter(1));
        } else {
            exchange.services()
                    .recognizers()
                    .judge(judgements)
                    .onSuccess(this::judged)
                    .onFailure(exchange::failed);
        }
    }

    private void judged(List<Failure> failures) {
        if (exchange.isEnded()) {
            return;
        }
        for (Failure failure : failures) {
            exchange.services().metrics().unjudged(failure);
            if (failure.recognizer().onError() == OnError.Block && exchange.objected(problem(failure))) {
                return;
            }
            exchange.ledger().findings().unjudged(RULE + failure.recognizer().name());
        }
        begin();
    }

    private Problem problem(Failure failure) {
        String rule = RULE + failure.recognizer().name();
        return failure.kind() == Kind.TooLarge
                ? Problem.of(Reason.RecognizerLimit, null, rule).status(tooMuch)
                : Problem.of(Reason.RecognizerFailed, null, rule).retryAfter(1);
    }
}
