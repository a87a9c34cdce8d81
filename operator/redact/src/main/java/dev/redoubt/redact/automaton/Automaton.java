package dev.redoubt.redact.automaton;

import dev.redoubt.redact.text.Fold;
import java.util.List;

/**
 * Several patterns as one deterministic automaton that is run from a given position. A state is the offset of its row;
 * the first column of a row says what is accepted there.
 */
public final class Automaton {
    /** From here nothing can match any more. */
    public static final int DEAD = 0;

    /** The most patterns that one automaton can hold: the accepted ones are a mask of 64 bits. */
    public static final int MOST_PATTERNS = 64;

    private final int[] table;
    private final int[] column;
    private final long[] accepted;
    private final int[] starts;

    Automaton(int[] table, int[] column, long[] accepted, int[] starts) {
        this.table = table;
        this.column = column;
        this.accepted = accepted;
        this.starts = starts;
    }

    /**
     * Builds the automaton of patterns.
     *
     * @param starts for each start state wanted, the mask of the patterns that may begin there
     * @throws IllegalArgumentException where there are more than {@link #MOST_PATTERNS} patterns, a pattern matches the
     *     empty text, or the automaton would grow beyond its bound
     */
    public static Automaton of(List<Pattern> patterns, long... starts) {
        return new AutomatonBuilder(patterns, starts).build();
    }

    /** The start state by its place in {@link #of}. */
    public int start(int index) {
        return starts[index];
    }

    /** The state after a symbol of {@link Fold}. */
    public int next(int state, int symbol) {
        return table[state + column[symbol]];
    }

    /** Whether any pattern matches what led to this state. */
    public boolean accepts(int state) {
        return table[state] != 0; // the first mask ever numbered is the empty one of the dead state
    }

    /** The mask of patterns that match what led to this state. */
    public long accepted(int state) {
        return accepted[table[state]];
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
