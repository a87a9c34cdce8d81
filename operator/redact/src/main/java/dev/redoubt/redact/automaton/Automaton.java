package dev.redoubt.redact.automaton;

import dev.redoubt.redact.text.Fold;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;

/**
 * Several patterns as one deterministic automaton that is run from a given position. A state is the offset of its row;
 * the first column of a row says what is accepted there.
 */
public final class Automaton {
    /** From here nothing can match any more. */
    public static final int DEAD = 0;

    /** The most patterns that one automaton can hold; its table reaches its own bound long before for most. */
    public static final int MOST_PATTERNS = 1024;

    private final int[] table;
    private final int[] column;
    private final int[][] accepted;
    private final int[] starts;

    Automaton(int[] table, int[] column, int[][] accepted, int[] starts) {
        this.table = table;
        this.column = column;
        this.accepted = accepted;
        this.starts = starts;
    }

    /**
     * Builds the automaton of patterns.
     *
     * @param starts for each start state wanted, the patterns that may begin there; with none there is one start state,
     *     where every pattern may begin
     * @throws IllegalArgumentException where there are more than {@link #MOST_PATTERNS} patterns, a pattern matches the
     *     empty text, or the automaton would grow beyond its bound
     */
    public static Automaton of(List<Pattern> patterns, BitSet... starts) {
        return new AutomatonBuilder(patterns, starts(patterns, starts))
                .build(Integer.MAX_VALUE)
                .minimal();
    }

    /**
     * Builds a small automaton that tells soon whether something may match: it is dead as soon as that of {@link #of} is,
     * and it accepts every match, or before that what some match begins with. Other parameters are those of {@link #of}.
     *
     * @param depth symbols after which a state counts as accepting
     */
    public static Automaton beginnings(int depth, List<Pattern> patterns, BitSet... starts) {
        return new AutomatonBuilder(patterns, starts(patterns, starts))
                .build(depth)
                .minimal();
    }

    private static BitSet[] starts(List<Pattern> patterns, BitSet... starts) {
        if (starts.length > 0) {
            return starts;
        }
        BitSet every = new BitSet();
        every.set(0, patterns.size());
        return new BitSet[] {every};
    }

    private Automaton minimal() {
        BitSet all = new BitSet();
        all.set(0, MOST_PATTERNS);
        return only(all);
    }

    /** The automaton that is left where only some of the patterns are of interest; they keep their numbers. */
    public Automaton only(BitSet patterns) {
        Minimal minimal = new Minimal(table, width(), accepted, patterns);
        int[] kept = Arrays.stream(starts).map(minimal::keep).toArray();
        return new Automaton(minimal.table(), column, minimal.accepted(), kept);
    }

    /** The start state by its place in {@link #of}. */
    public int start(int index) {
        return starts[index];
    }

    /** The state after a symbol of {@link Fold}. */
    public int next(int state, int symbol) {
        return table[state + column[symbol]];
    }

    /** Which set of patterns matches what led to this state, by a number; 0 where none does. */
    public int acceptance(int state) {
        return table[state];
    }

    /** How many such sets there are, the empty one included. */
    public int acceptances() {
        return accepted.length;
    }

    /** The patterns of a set in ascending order; not to be changed. */
    public int[] accepted(int acceptance) {
        return accepted[acceptance];
    }

    /** Size of the table, in states. */
    public int states() {
        return table.length / width();
    }

    private int width() {
        int widest = 0;
        for (int c : column) {
            widest = Math.max(widest, c);
        }
        return widest + 1;
    }
}
