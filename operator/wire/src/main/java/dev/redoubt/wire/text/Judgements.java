package dev.redoubt.wire.text;

import dev.redoubt.policy.Entity;
import dev.redoubt.profiles.Stage;
import dev.redoubt.redact.Question;
import dev.redoubt.redact.Redactor;
import dev.redoubt.redact.Span;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * What recognisers outside of this program found in the texts of one message. A message is edited with what is known; texts
 * that nobody has judged yet are gathered meanwhile. While there are any, the result must not go on: they are judged, and
 * the message is edited anew. Texts may hold texts, so that this may take several rounds, never more than
 * {@link #MOST_ROUNDS}. For one thread at a time.
 */
public final class Judgements {
    /** Edits after which nothing is left to judge: one for each level of texts in texts, and the texts around them. */
    public static final int MOST_ROUNDS = 2 * Readings.DEEPEST + 4;

    /** Nobody is asked about any text. */
    private static final Judgements NOBODY = new Judgements(stage -> List.of());

    private final Function<Stage, List<Question>> asked;
    private final Map<ByteBuffer, List<Span>> known = new HashMap<>();
    private final Set<ByteBuffer> pending = new LinkedHashSet<>();
    private List<Question> questions = List.of();
    private boolean onlyNames = true;

    private Judgements(Function<Stage, List<Question>> asked) {
        this.asked = asked;
    }

    /** Nothing is judged yet. */
    public static Judgements of(Redactor redactor) {
        return new Judgements(redactor::questions);
    }

    /** Nobody is asked, whatever the rules say: for showing what a message becomes, never for one that goes on. */
    public static Judgements omitted() {
        return new Judgements(stage -> List.of());
    }

    /**
     * Those of a message at a stage.
     *
     * @param stage {@code null} where the message has none
     * @param judgements {@code null} where nobody can be asked
     * @throws IllegalStateException where somebody has to be asked and cannot
     */
    public static Judgements at(Stage stage, Redactor redactor, Judgements judgements) {
        if (stage == null || redactor.questions(stage).isEmpty()) {
            return NOBODY;
        }
        if (judgements == null) {
            throw new IllegalStateException("texts of this stage are judged by others, and nobody can be asked");
        }
        judgements.begin(stage);
        return judgements;
    }

    private void begin(Stage stage) {
        questions = asked.apply(stage);
        onlyNames = questions.stream()
                .flatMap(question -> question.entities().stream())
                .allMatch(entity -> entity.group() == Entity.Group.NAME);
    }

    /** Whether anybody is asked. */
    boolean asks() {
        return !questions.isEmpty();
    }

    /** What others found in a text; nothing where it still has to be judged. Offsets count from {@code from}. */
    public List<Span> of(byte[] text, int from, int to) {
        if (!asks() || !mayHold(text, from, to)) {
            return List.of();
        }
        List<Span> spans = known.get(ByteBuffer.wrap(text, from, to - from));
        if (spans != null) {
            return spans;
        }
        pending.add(ByteBuffer.wrap(Arrays.copyOfRange(text, from, to)));
        return List.of();
    }

    /** Whether the text can hold anything that is asked for: no name is without a letter, and nothing else without either. */
    private boolean mayHold(byte[] text, int from, int to) {
        for (int i = from; i < to; i++) {
            byte b = text[i];
            if (b < 0 || (b | 0x20) >= 'a' && (b | 0x20) <= 'z' || !onlyNames && b >= '0' && b <= '9') {
                return true;
            }
        }
        return false;
    }

    /** What is asked, of whom. */
    public List<Question> questions() {
        return questions;
    }

    /** Texts that nobody has judged yet, in UTF-8, each once. */
    public List<byte[]> pending() {
        return pending.isEmpty()
                ? List.of()
                : pending.stream().map(ByteBuffer::array).toList();
    }

    /**
     * Takes a judgement.
     *
     * @param text one of those that wait
     * @param spans what was found in it, by everybody who was asked
     */
    public void settle(byte[] text, List<Span> spans) {
        known.put(ByteBuffer.wrap(text), List.copyOf(spans));
        pending.remove(ByteBuffer.wrap(text));
    }
}
