package dev.redoubt.redact.automaton;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** java.util.regex is the oracle. */
class AutomatonProperties {
    private static final String REFUSAL = "the patterns need more than 40960 states";

    @Provide
    Arbitrary<String> expressions() {
        Arbitrary<String> atom =
                Arbitraries.of("a", "b", "c", "\\d", "\\w", "[ab]", "[^a]", "[a-c0-3]", "\\.", "[^\\d]", "\\s", ".");
        Arbitrary<String> repeated = Arbitraries.of("", "", "", "?", "{2}", "{0,3}", "{1,4}");
        Arbitrary<String> small = atom.flatMap(a -> repeated.map(r -> a + r));
        Arbitrary<String> group = small.list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .flatMap(parts -> repeated.map(r -> "(" + String.join("|", parts) + ")" + r));
        return Arbitraries.oneOf(small, group)
                .list()
                .ofMinSize(1)
                .ofMaxSize(5)
                .map(parts -> "x" + String.join("", parts));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings().withChars("abc01. \n").ofMaxLength(12).map(text -> "x" + text);
    }

    @Property(tries = 1000)
    void severalPatternsAcceptExactlyWhatEachOfThemMatches(
            @ForAll("expressions") String one, @ForAll("expressions") String other, @ForAll("texts") String text) {
        List<String> expressions = List.of(one, "(?i)" + other, "x[abc]{0,30}");
        List<Pattern> patterns = expressions.stream().map(Pattern::of).toList();
        Automaton automaton;
        try {
            automaton = Automaton.of(patterns, begins(0, 1, 2), begins(1, 2));
        } catch (IllegalArgumentException refused) {
            // a few of the expressions together grow past the bound, and only then being refused is right
            assertThat(refused).hasMessage(REFUSAL);
            assertThat(NaiveSubsets.exceed(AutomatonBuilder.MOST_STATES, patterns, begins(0, 1, 2), begins(1, 2)))
                    .isTrue();
            return;
        }
        for (int start = 0; start < 2; start++) {
            List<List<Integer>> found = new ArrayList<>();
            List<List<Integer>> expected = new ArrayList<>();
            int state = automaton.start(start);
            for (int length = 1; length <= text.length(); length++) {
                state = automaton.next(state, text.charAt(length - 1));
                found.add(accepted(automaton, state));
                String read = text.substring(0, length);
                expected.add(IntStream.range(start, expressions.size())
                        .filter(i -> read.matches(expressions.get(i)))
                        .boxed()
                        .toList());
            }
            assertThat(found).isEqualTo(expected);
        }
    }

    /** Which of the last 16 symbols were an a has to be remembered. */
    @Example
    void patternsThatWouldFillTheMemoryAreRefused() {
        List<Pattern> patterns = List.of(Pattern.of("[ab]{0,60}a[ab]{15}"));
        assertThatThrownBy(() -> Automaton.of(patterns))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(REFUSAL);
        assertThat(NaiveSubsets.exceed(AutomatonBuilder.MOST_STATES, patterns, begins(0)))
                .isTrue();
    }

    /** The naive count is no excuse for anything: it agrees with what is built. */
    @Property(tries = 200)
    void exactlyTheStatesThatAreReachedAreBuilt(
            @ForAll("expressions") String one, @ForAll("expressions") String other) {
        List<Pattern> patterns = List.of(Pattern.of(one), Pattern.of(other));
        int states = NaiveSubsets.count(2000, patterns, begins(0, 1), begins(1));
        Assume.that(states <= 2000);
        AutomatonBuilder builder = new AutomatonBuilder(patterns, begins(0, 1), begins(1));
        assertThat(builder.build().states()).isEqualTo(states);
    }

    /** Forgetting a pattern leaves what would have been built without it, and no state more. */
    @Property(tries = 300)
    void onlySomePatternsAreTheAutomatonOfThose(
            @ForAll("expressions") String one, @ForAll("expressions") String other, @ForAll("texts") String text) {
        Pattern kept = Pattern.of(one);
        Assume.that(NaiveSubsets.count(5000, List.of(kept, Pattern.of(other)), begins(0, 1)) <= 5000);
        Automaton alone = Automaton.of(List.of(kept));
        Automaton both = Automaton.of(List.of(kept, Pattern.of(other)));
        Automaton left = both.only(new int[] {0, -1});
        assertThat(left.states()).isEqualTo(alone.states());
        assertThat(StoredAutomaton.of(both).only(new int[] {0, -1}).states()).isEqualTo(alone.states());
        int state = left.start(0);
        int expected = alone.start(0);
        for (char symbol : text.toCharArray()) {
            state = left.next(state, symbol);
            expected = alone.next(expected, symbol);
            assertThat(state == Automaton.DEAD).isEqualTo(expected == Automaton.DEAD);
            assertThat(accepted(left, state)).isEqualTo(accepted(alone, expected));
        }
    }

    /** Two automata joined are the one that is built of all patterns, and no state more. */
    @Property(tries = 300)
    void twoAutomataTogetherAreThatOfAllTheirPatterns(
            @ForAll("expressions") String one, @ForAll("expressions") String other, @ForAll("texts") String text)
            throws IOException {
        Pattern first = Pattern.of(one);
        Pattern second = Pattern.of("(?i)" + other);
        Assume.that(NaiveSubsets.count(5000, List.of(first, second), begins(0, 1), begins(0)) <= 5000);
        Automaton all = Automaton.of(List.of(first, second), begins(0, 1), begins(0));
        Automaton joined = written(Automaton.of(List.of(first), begins(0), begins(0)))
                .with(Automaton.of(List.of(second), begins(0), begins()).only(new int[] {1}));
        assertThat(joined.states()).isEqualTo(all.states());
        for (int start = 0; start < 2; start++) {
            int state = joined.start(start);
            int expected = all.start(start);
            for (char symbol : text.toCharArray()) {
                state = joined.next(state, symbol);
                expected = all.next(expected, symbol);
                assertThat(accepted(joined, state)).isEqualTo(accepted(all, expected));
            }
        }
    }

    private static Automaton written(Automaton automaton) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        StoredAutomaton.of(automaton).write(new DataOutputStream(bytes));
        return StoredAutomaton.read(new ByteArrayInputStream(bytes.toByteArray()))
                .only(new int[] {0});
    }

    /** What is thrown out early could not have matched, and what is let through begins like a match or is one. */
    @Property(tries = 300)
    void beginningsAreThoseOfMatches(
            @ForAll("expressions") String one, @ForAll("texts") String text, @ForAll("depths") int depth) {
        Pattern pattern = Pattern.of(one);
        Assume.that(NaiveSubsets.count(5000, List.of(pattern), begins(0)) <= 5000);
        Automaton whole = Automaton.of(List.of(pattern));
        Automaton beginnings = whole.beginnings(depth);
        int state = whole.start(0);
        int beginning = beginnings.start(0);
        for (int i = 0; i < text.length(); i++) {
            state = whole.next(state, text.charAt(i));
            beginning = beginnings.next(beginning, text.charAt(i));
            if (beginnings.acceptance(beginning) != 0) {
                assertThat(state).isNotEqualTo(Automaton.DEAD);
                return;
            }
            assertThat(whole.acceptance(state)).isZero();
            assertThat(beginning == Automaton.DEAD).isEqualTo(state == Automaton.DEAD);
        }
    }

    /** Large enough that the table has to grow while it is filled. */
    @Property(tries = 50)
    void longRepetitionsAreCountedExactly(@ForAll("lengths") int length) {
        Automaton automaton = Automaton.of(List.of(Pattern.of("a{3,900}b"), Pattern.of("a{0,400}ba{5,500}")));
        String text = "a".repeat(length) + "b" + "a".repeat(900 - length);
        int state = automaton.start(0);
        for (int i = 0; i < text.length(); i++) {
            state = automaton.next(state, text.charAt(i));
            boolean second = length <= 400 && i - length >= 5 && i - length <= 500;
            List<Integer> expected = new ArrayList<>();
            if (i == length && length >= 3) {
                expected.add(0);
            }
            if (second) {
                expected.add(1);
            }
            assertThat(accepted(automaton, state)).isEqualTo(expected);
        }
    }

    /** More than a machine word has bits. */
    @Example
    void manyPatternsAreToldApart() {
        List<Pattern> patterns = IntStream.range(0, 200)
                .mapToObj(i -> Pattern.of("k" + i + "[0-9]{0,2}"))
                .toList();
        Automaton automaton = Automaton.of(patterns);
        int state = automaton.start(0);
        for (char symbol : "k199".toCharArray()) {
            state = automaton.next(state, symbol);
        }
        assertThat(accepted(automaton, state)).containsExactly(1, 19, 199);
    }

    private static List<Integer> accepted(Automaton automaton, int state) {
        return Arrays.stream(automaton.accepted(automaton.acceptance(state)))
                .boxed()
                .toList();
    }

    private static BitSet begins(int... patterns) {
        BitSet begins = new BitSet();
        Arrays.stream(patterns).forEach(begins::set);
        return begins;
    }

    @Provide
    Arbitrary<Integer> depths() {
        return Arbitraries.integers().between(1, 10);
    }

    @Provide
    Arbitrary<Integer> lengths() {
        return Arbitraries.integers().between(1, 899);
    }
}
