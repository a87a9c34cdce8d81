package dev.redoubt.redact.automaton;

import dev.redoubt.redact.text.Fold;
import java.io.DataOutput;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * An automaton of many patterns as a file holds it, from which those of some of them are taken. It knows of each state what
 * may still match from there, so that taking a few looks at little more than what is left.
 */
public final class StoredAutomaton {
    private final int[] column;
    private final int width;
    private final int[] starts;
    private final int[][] accepted;
    /** Patterns that may still match, each set once. */
    private final BitSet[] sets;
    /** By state: the number of its set. */
    private final char[] ahead;
    /** Rows as in {@link Automaton}, with the numbers of states in place of their offsets. */
    private final char[] cells;

    private StoredAutomaton(int[] column, int[] starts, int[][] accepted, BitSet[] sets, char[] ahead, char[] cells) {
        this.column = column;
        this.width = Automaton.width(column);
        this.starts = starts;
        this.accepted = accepted;
        this.sets = sets;
        this.ahead = ahead;
        this.cells = cells;
    }

    /** An automaton as it can be stored. Less than 2^16 states, as every automaton has. */
    public static StoredAutomaton of(Automaton automaton) {
        int width = automaton.width();
        int states = automaton.states();
        int[] column = IntStream.range(0, Fold.ALPHABET).map(automaton::column).toArray();
        int[] symbols = new int[width];
        for (int symbol = 0; symbol < column.length; symbol++) {
            symbols[column[symbol]] = symbol;
        }
        char[] cells = new char[states * width];
        for (int row = 1; row < states; row++) {
            cells[row * width] = (char) automaton.acceptance(row * width);
            for (int c = 1; c < width; c++) {
                cells[row * width + c] = (char) (automaton.next(row * width, symbols[c]) / width);
            }
        }
        int[][] accepted = IntStream.range(0, automaton.acceptances())
                .mapToObj(automaton::accepted)
                .toArray(int[][]::new);
        BitSet[] byState = new BitSet[states];
        for (int row = 0; row < states; row++) {
            ahead(row, cells, width, accepted, byState);
        }
        Map<BitSet, Integer> numbers = new HashMap<>();
        List<BitSet> sets = new ArrayList<>();
        char[] ahead = new char[states];
        for (int row = 0; row < states; row++) {
            ahead[row] = (char) (int) numbers.computeIfAbsent(byState[row], set -> {
                sets.add(set);
                return sets.size() - 1;
            });
        }
        int[] starts = IntStream.range(0, automaton.starts())
                .map(start -> automaton.start(start) / width)
                .toArray();
        return new StoredAutomaton(column, starts, accepted, sets.toArray(BitSet[]::new), ahead, cells);
    }

    /** All patterns are bounded, so this ends, no deeper than the longest match. */
    private static BitSet ahead(int row, char[] cells, int width, int[][] accepted, BitSet[] known) {
        if (known[row] == null) {
            BitSet set = new BitSet();
            Arrays.stream(accepted[cells[row * width]]).forEach(set::set);
            for (int c = 1; c < width; c++) {
                int next = cells[row * width + c];
                if (next != Automaton.DEAD) {
                    set.or(ahead(next, cells, width, accepted, known));
                }
            }
            known[row] = set;
        }
        return known[row];
    }

    /** Writes it in the form that {@link #read} reads. */
    public void write(DataOutput out) throws IOException {
        write(out, column);
        write(out, starts);
        out.writeInt(accepted.length);
        for (int[] set : accepted) {
            write(out, set);
        }
        out.writeInt(sets.length);
        for (BitSet set : sets) {
            write(out, set.stream().toArray());
        }
        write(out, ahead);
        write(out, cells);
    }

    private static void write(DataOutput out, int[] numbers) throws IOException {
        out.writeInt(numbers.length);
        for (int number : numbers) {
            out.writeInt(number);
        }
    }

    private static void write(DataOutput out, char[] numbers) throws IOException {
        out.writeInt(numbers.length);
        for (char number : numbers) {
            out.writeChar(number);
        }
    }

    /** Reads what {@link #write} wrote; of anything else nothing is promised. */
    public static StoredAutomaton read(InputStream in) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(in.readAllBytes());
        int[] column = ints(bytes);
        int[] starts = ints(bytes);
        int[][] accepted = new int[bytes.getInt()][];
        for (int i = 0; i < accepted.length; i++) {
            accepted[i] = ints(bytes);
        }
        BitSet[] sets = new BitSet[bytes.getInt()];
        for (int i = 0; i < sets.length; i++) {
            sets[i] = new BitSet();
            for (int number : ints(bytes)) {
                sets[i].set(number);
            }
        }
        return new StoredAutomaton(column, starts, accepted, sets, chars(bytes), chars(bytes));
    }

    private static int[] ints(ByteBuffer bytes) {
        int[] numbers = new int[bytes.getInt()];
        bytes.asIntBuffer().get(numbers);
        bytes.position(bytes.position() + numbers.length * Integer.BYTES);
        return numbers;
    }

    private static char[] chars(ByteBuffer bytes) {
        char[] numbers = new char[bytes.getInt()];
        bytes.asCharBuffer().get(numbers);
        bytes.position(bytes.position() + numbers.length * Character.BYTES);
        return numbers;
    }

    /** Size of the table, in states. */
    public int states() {
        return ahead.length;
    }

    /**
     * The automaton of some of the patterns.
     *
     * @param numbers by number of a pattern: its new number, or -1 where it is not of interest
     */
    public Automaton only(int[] numbers) {
        BitSet wanted = new BitSet();
        for (int pattern = 0; pattern < numbers.length; pattern++) {
            wanted.set(pattern, numbers[pattern] >= 0);
        }
        boolean[] useful = new boolean[sets.length];
        for (int set = 0; set < useful.length; set++) {
            useful[set] = sets[set].intersects(wanted);
        }
        int[] order = new int[ahead.length];
        int[] places = new int[ahead.length];
        int[] kept = new int[starts.length];
        int size = 1;
        for (int i = 0; i < starts.length; i++) {
            int row = starts[i];
            if (useful[ahead[row]] && places[row] == 0) {
                order[size] = row;
                places[row] = size++;
            }
            kept[i] = places[row] * width;
        }
        for (int done = 1; done < size; done++) {
            int from = order[done] * width;
            for (int cell = from + 1; cell < from + width; cell++) {
                int next = cells[cell];
                if (next != Automaton.DEAD && places[next] == 0 && useful[ahead[next]]) {
                    order[size] = next;
                    places[next] = size++;
                }
            }
        }
        int[] table = new int[size * width];
        for (int row = 1; row < size; row++) {
            int from = order[row] * width;
            table[row * width] = cells[from];
            for (int c = 1; c < width; c++) {
                table[row * width + c] = places[cells[from + c]] * width;
            }
        }
        return Minimal.of(table, column, accepted, kept, numbers);
    }
}
