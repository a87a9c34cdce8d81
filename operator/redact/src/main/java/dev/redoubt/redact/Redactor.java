package dev.redoubt.redact;

import dev.redoubt.policy.Entity;
import dev.redoubt.policy.Redaction;
import dev.redoubt.policy.RedactionRule;
import dev.redoubt.profiles.Stage;
import dev.redoubt.redact.recognise.CustomRecognisers;
import dev.redoubt.redact.recognise.Recogniser;
import dev.redoubt.redact.text.MalformedTextException;
import dev.redoubt.redact.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The text rules of one target, compiled. Immutable, for any number of threads.
 *
 * <p>Redacting what was replaced, tokenized or encrypted changes nothing, where matches are set apart from what follows. A match that
 * touches what looks like the rest of a longer number, and what was masked, hashed or removed (there is no mark then), may
 * be taken for something else the second time; more is hidden then, never less.
 *
 * <p>Time is linear in the length of the text, memory beyond the text itself is bounded.
 */
public final class Redactor {
    /** Bytes of preceding text that can matter. */
    public static final int MOST_CONTEXT = Scan.MEMORY;

    private static final byte[] NOTHING = new byte[0];

    private final Map<Stage, Plan> plans;
    private final Map<Stage, List<Question>> questions;

    private Redactor(Map<Stage, Plan> plans, Map<Stage, List<Question>> questions) {
        this.plans = plans;
        this.questions = questions;
    }

    /**
     * Builds the automata; takes tens of milliseconds.
     *
     * @param redaction the rules; where several name an entity at a stage, the first wins
     * @param key makes tokens and hashes
     * @throws IllegalArgumentException where the policy's own entities cannot be built or are too large together; never where
     *     {@link PolicyCheck} passed them
     */
    public static Redactor compile(Redaction redaction, TokenKey key) {
        Set<String> allowed = Set.copyOf(redaction.allow());
        // built once, so that stages that look for the same share their tables
        List<Recogniser> custom = CustomRecognisers.of(redaction.entities());
        Map<Stage, Plan> plans = new EnumMap<>(Stage.class);
        Map<Stage, List<Question>> questions = new EnumMap<>(Stage.class);
        Map<Map<Entity, Treatment>, Plan> known = new HashMap<>();
        for (Stage stage : Stage.values()) {
            Map<Entity, Treatment> treatments = treatments(redaction, stage);
            if (!treatments.isEmpty()) {
                plans.put(stage, known.computeIfAbsent(treatments, a -> new Plan(a, custom, allowed, key)));
            }
            questions.put(stage, Question.of(redaction, stage));
        }
        return new Redactor(plans, questions);
    }

    private static Map<Entity, Treatment> treatments(Redaction redaction, Stage stage) {
        Map<Entity, Treatment> treatments = new LinkedHashMap<>();
        for (RedactionRule rule : redaction.rules()) {
            if (rule.at().contains(stage)) {
                Treatment treatment = new Treatment(rule.action(), rule.reversible());
                redaction.entities(rule).forEach(entity -> treatments.putIfAbsent(entity, treatment));
            }
        }
        return treatments;
    }

    /** The same rules with another key, at next to no cost. */
    public Redactor keyed(TokenKey key) {
        Map<Stage, Plan> keyed = new EnumMap<>(Stage.class);
        plans.forEach((stage, plan) -> keyed.put(stage, plan.keyed(key)));
        return new Redactor(keyed, questions);
    }

    /** Whether any rule applies at a stage; where none does, texts need not be passed. */
    public boolean acts(Stage stage) {
        return plans.containsKey(stage);
    }

    /**
     * What others are to be asked about the texts of a stage before they are redacted. What they find is given to
     * {@link #redact(Stage, byte[], int, int, List)} or {@link #join}.
     */
    public List<Question> questions(Stage stage) {
        return questions.get(stage);
    }

    /**
     * Redacts a whole text.
     *
     * @return the slice itself where nothing was found
     * @throws MalformedTextException where it is not UTF-8
     */
    public RedactedText redact(Stage stage, byte[] utf8, int from, int to) {
        if (Utf8.validate(utf8, from, to) < to) {
            throw MalformedTextException.cut();
        }
        Plan plan = plans.get(stage);
        if (plan == null || plan.findsNothing(utf8, from, to)) {
            return new RedactedText(utf8, from, to, List.of(), false);
        }
        Scan scan = new Scan(plan, utf8, from);
        scan.advance(utf8, to, true);
        Output output = scan.whole();
        return output == null
                ? new RedactedText(utf8, from, to, scan.findings(), scan.blocking() != null)
                : new RedactedText(output.array(), 0, output.length(), scan.findings(), scan.blocking() != null);
    }

    /**
     * Redacts a whole text in which others found something too. What comes of both is looked at again, because a
     * replacement may bring together what stood apart.
     *
     * @param given offsets count from {@code from}
     * @throws MalformedTextException where the text is not UTF-8
     * @throws IllegalArgumentException where a span is no part of the text, or begins or ends inside of a character
     */
    public RedactedText redact(Stage stage, byte[] utf8, int from, int to, List<Span> given) {
        if (given.isEmpty()) {
            return redact(stage, utf8, from, to);
        }
        byte[] text = Arrays.copyOfRange(utf8, from, to);
        Joined joined = join(stage, NOTHING, text, given);
        Rewritten first = new Rewritten(text);
        joined.tell(first);
        RedactedText second = redact(stage, first.bytes());
        List<Finding> findings = new ArrayList<>(joined.findings());
        second.findings().forEach(finding -> findings.add(first.origin(finding)));
        findings.sort(Comparator.comparingInt(Finding::start));
        return new RedactedText(
                second.array(),
                second.from(),
                second.to(),
                findings,
                joined.blocking().isPresent() || second.blocked());
    }

    /**
     * Joins what others found in a text with what is found here.
     *
     * @param before UTF-8 that a reader sees directly before the text, as for {@link #stream(Stage, byte[])}
     * @param utf8 all of the text
     * @throws MalformedTextException where the text is not UTF-8
     * @throws IllegalArgumentException where a span is no part of the text, or begins or ends inside of a character
     */
    public Joined join(Stage stage, byte[] before, byte[] utf8, List<Span> given) {
        if (Utf8.validate(utf8, 0, utf8.length) < utf8.length) {
            throw MalformedTextException.cut();
        }
        return Joined.of(plan(stage), before, utf8, given);
    }

    /** {@link #redact(Stage, byte[], int, int)} of a whole array. */
    public RedactedText redact(Stage stage, byte[] utf8) {
        return redact(stage, utf8, 0, utf8.length);
    }

    /** The same for a string; offsets of findings count its UTF-8 bytes. */
    public RedactedText redact(Stage stage, String text) {
        return redact(stage, text.getBytes(StandardCharsets.UTF_8));
    }

    /** Redacts a text that arrives in pieces; one for each logical text. */
    public StreamRedactor stream(Stage stage) {
        return stream(stage, NOTHING);
    }

    /**
     * Redacts a text that arrives in pieces and has others before it.
     *
     * @param before UTF-8 that a reader sees directly before the text, redacted already. Context counts there, no match
     *     begins there. Of more than {@link #MOST_CONTEXT} bytes only the last ones are looked at
     */
    public StreamRedactor stream(Stage stage, byte[] before) {
        return new StreamRedactor(plan(stage), before);
    }

    private Plan plan(Stage stage) {
        Plan plan = plans.get(stage);
        return plan == null ? Plan.nothing() : plan;
    }
}
