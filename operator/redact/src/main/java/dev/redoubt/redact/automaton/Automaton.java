package dev.redoubt.redact.automaton;

import dev.redoubt.redact.text.Fold;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Several patterns as one deterministic automaton that is run from a given position. A state is the offset of its row;
 * the first column of a row says what is accepted there. Rows in which something is accepted come last, so that most moves
 * need no look at that column.
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
    /** The first state in which something is accepted. */
    private final int accepting;

    Automaton(int[] table, int[] column, int[][] accepted, int[] starts) {
        int width = width(column);
        int[] places = acceptingLast(table, width);
        this.table = isInOrder(places, width) ? table : inOrder(table, places, width);
        this.column = column;
        this.accepted = accepted;
        this.starts = Arrays.stream(starts).map(start -> places[start / width]).toArray();
        this.accepting = (int) IntStream.range(0, places.length)
                        .filter(row -> table[row * width] == 0)
                        .count()
                * width;
    }

    /** Whether rows are where they belong already: a table may be megabytes, and is not copied then. */
    private static boolean isInOrder(int[] places, int width) {
        return IntStream.range(0, places.length).allMatch(row -> places[row] == row * width);
    }

    private static int[] inOrder(int[] table, int[] places, int width) {
        int[] ordered = new int[table.length];
        for (int from = 0; from < table.length; from += width) {
            int to = places[from / width];
            ordered[to] = table[from];
            for (int c = 1; c < width; c++) {
                ordered[to + c] = places[table[from + c] / width];
            }
        }
        return ordered;
    }

    /** By row: its state. */
    private static int[] acceptingLast(int[] table, int width) {
        int[] places = new int[table.length / width];
        int place = 0;
        for (boolean accepts : new boolean[] {false, true}) {
            for (int row = 0; row < places.length; row++) {
                if (table[row * width] != 0 == accepts) {
                    places[row] = place;
                    place += width;
                }
            }
        }
        return places;
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
        if (starts.length > 0) {
            return new AutomatonBuilder(patterns, starts).build().minimal();
        }
        BitSet every = new BitSet();
        every.set(0, patterns.size());
        return new AutomatonBuilder(patterns, every).build().minimal();
    }

    private Automaton minimal() {
        return only(IntStream.range(0, MOST_PATTERNS).toArray());
    }

    /**
     * The automaton that is left where only some of the patterns are of interest.
     *
     * @param numbers by number of a pattern: its new number, or -1 where it is not of interest
     */
    public Automaton only(int[] numbers) {
        return Minimal.of(table, column, accepted, starts, numbers);
    }

    /**
     * A small automaton that tells soon whether something may match from a start state on: it is dead as soon as this one is, and it accepts every match, or before that what some match begins with.
     *
     * @param depth symbols after which a state counts as accepting
     */
    public Automaton beginnings(int depth) {
        return new Beginnings(this, depth).automaton();
    }

    /**
     * The automaton of the patterns of two, which have the same number of start states and no number of a pattern in common.
     *
     * @throws IllegalArgumentException where it would grow beyond the bound
     */
    public Automaton with(Automaton other) {
        return new Product(this, other).automaton().minimal();
    }

    /** The start state by its place in {@link #of}. */
    public int start(int index) {
        return starts[index];
    }

    /** The state after a symbol of {@link Fold}. */
    public int next(int state, int symbol) {
        return table[state + column[symbol]];
    }

    /** Whether some pattern matches what led to this state. */
    public boolean accepts(int state) {
        return state >= accepting;
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

    /** Cells of a row. */
    int width() {
        return width(column);
    }

    /** Cells of a row: one for what is accepted, and one for each column. */
    static int width(int[] column) {
        return Arrays.stream(column).max().orElse(0) + 1;
    }

    /** The column of a symbol, from 1. */
    int column(int symbol) {
        return column[symbol];
    }

    /** How many start states there are. */
    int starts() {
        return starts.length;
    }
}
