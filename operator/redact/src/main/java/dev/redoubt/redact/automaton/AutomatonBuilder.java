package dev.redoubt.redact.automaton;

import dev.redoubt.redact.text.Fold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Subset construction over the classes of symbols that the patterns tell apart. */
final class AutomatonBuilder {
    // 40 Ki rows of about 100 columns are 16 MiB; more is a policy that would not fit into a sidecar.
    static final int MOST_STATES = 40 * 1024;

    private static final int[] NONE = {};
    /** Several times what all built-in patterns need; a few seconds. */
    static final long MOST_STEPS = 60_000_000;

    private final Nfa nfa = new Nfa();
    private final int[] begins;
    private final BitSet[] startSets;

    private final int[] column = new int[Fold.ALPHABET];
    private final int width;
    /** By state of the NFA: the columns it moves on, null where it only has empty moves. */
    private final boolean[][] moves;
    /** By state of the NFA: what its move leads to, empty moves taken; built when needed. */
    private final int[][] targets;

    private final Map<Subset, Integer> numbers = new HashMap<>();
    private final List<int[]> subsets = new ArrayList<>();
    private final Map<BitSet, Integer> acceptNumbers = new HashMap<>();
    private final List<BitSet> accepts = new ArrayList<>();
    private int[] table;
    private long steps;
    /** What one step leads to, while it is gathered. */
    private final BitSet union = new BitSet();

    AutomatonBuilder(List<Pattern> patterns, BitSet... startSets) {
        if (patterns.size() > Automaton.MOST_PATTERNS) {
            throw new IllegalArgumentException("more than " + Automaton.MOST_PATTERNS + " patterns");
        }
        this.startSets = startSets;
        begins = new int[patterns.size()];
        for (int i = 0; i < begins.length; i++) {
            begins[i] = nfa.add(patterns.get(i), i);
        }
        int[] representatives = columns();
        width = representatives.length + 1;
        table = new int[256 * width];
        moves = moves(representatives);
        targets = new int[moves.length][];
    }

    Automaton build() {
        number(new int[0]);
        int[] starts = new int[startSets.length];
        for (int i = 0; i < starts.length; i++) {
            BitSet begin = new BitSet();
            for (int p = 0; p < begins.length; p++) {
                if (startSets[i].get(p)) {
                    close(begins[p], begin);
                }
            }
            starts[i] = number(begin.stream().filter(this::matters).toArray()) * width;
            if (table[starts[i]] != 0) {
                throw new IllegalArgumentException("a pattern matches the empty text");
            }
        }
        // The dead row leads to itself: it stays all zeros.
        for (int row = 1; row < subsets.size(); row++) {
            int[] states = subsets.get(row);
            for (int c = 1; c < width; c++) {
                int next = number(step(states, c)) * width; // may put a larger table in place
                table[row * width + c] = next;
            }
        }
        return new Automaton(
                Arrays.copyOf(table, subsets.size() * width),
                column,
                accepts.stream().map(set -> set.stream().toArray()).toArray(int[][]::new),
                starts);
    }

    /** Puts symbols that every pattern treats alike into one column; gives a symbol of each. */
    private int[] columns() {
        List<BitSet> sets =
                nfa.symbols.stream().filter(s -> s != null).distinct().toList();
        Map<BitSet, Integer> bySignature = new HashMap<>();
        List<Integer> representatives = new ArrayList<>();
        for (int symbol = 0; symbol < Fold.ALPHABET; symbol++) {
            BitSet signature = new BitSet(sets.size());
            for (int i = 0; i < sets.size(); i++) {
                signature.set(i, sets.get(i).get(symbol));
            }
            Integer known = bySignature.get(signature);
            if (known == null) {
                representatives.add(symbol);
                known = representatives.size();
                bySignature.put(signature, known);
            }
            column[symbol] = known;
        }
        return representatives.stream().mapToInt(Integer::intValue).toArray();
    }

    private boolean[][] moves(int[] representatives) {
        Map<BitSet, boolean[]> bySet = new HashMap<>();
        boolean[][] moves = new boolean[nfa.symbols.size()][];
        for (int state = 0; state < moves.length; state++) {
            BitSet symbols = nfa.symbols.get(state);
            if (symbols != null) {
                moves[state] = bySet.computeIfAbsent(symbols, set -> {
                    boolean[] columns = new boolean[width];
                    for (int c = 1; c < width; c++) {
                        columns[c] = set.get(representatives[c - 1]);
                    }
                    return columns;
                });
            }
        }
        return moves;
    }

    private int[] step(int[] states, int symbolColumn) {
        steps += states.length;
        if (steps > MOST_STEPS) {
            throw new IllegalArgumentException("the patterns need more than " + MOST_STEPS + " steps to be combined");
        }
        int[] next = NONE;
        boolean isUnion = false;
        for (int state : states) {
            if (moves[state] == null || !moves[state][symbolColumn]) {
                continue;
            }
            int[] target = target(state);
            if (next.length == 0) {
                next = target;
                continue;
            }
            if (!isUnion) {
                isUnion = true;
                union.clear();
                add(next);
            }
            add(target);
        }
        return isUnion ? ascending(union) : next;
    }

    private void add(int[] states) {
        for (int state : states) {
            union.set(state);
        }
    }

    private static int[] ascending(BitSet set) {
        int[] members = new int[set.cardinality()];
        int length = 0;
        for (int member = set.nextSetBit(0); member >= 0; member = set.nextSetBit(member + 1)) {
            members[length++] = member;
        }
        return members;
    }

    private int[] target(int state) {
        if (targets[state] == null) {
            BitSet closed = new BitSet();
            close(nfa.target.get(state), closed);
            targets[state] = closed.stream().filter(this::matters).toArray();
        }
        return targets[state];
    }

    /** States with nothing but empty moves are done with once those are taken. */
    private boolean matters(int state) {
        return moves[state] != null || nfa.accepts.get(state) >= 0;
    }

    private void close(int state, BitSet into) {
        if (!into.get(state)) {
            into.set(state);
            nfa.empty.get(state).forEach(next -> close(next, into));
        }
    }

    private int number(int[] states) {
        if (states.length == 0 && !subsets.isEmpty()) {
            return 0;
        }
        Subset key = new Subset(states, Arrays.hashCode(states));
        Integer known = numbers.get(key);
        if (known != null) {
            return known;
        }
        int number = subsets.size();
        if (number >= MOST_STATES) {
            throw tooManyStates();
        }
        numbers.put(key, number);
        subsets.add(states);
        if (table.length < subsets.size() * width) {
            table = Arrays.copyOf(table, table.length * 2);
        }
        // the first set ever numbered is the empty one of the dead state
        table[number * width] = acceptance(states);
        return number;
    }

    static IllegalArgumentException tooManyStates() {
        return new IllegalArgumentException("the patterns need more than " + MOST_STATES + " states");
    }

    /** The number of the set of patterns that are accepted. */
    private int acceptance(int[] states) {
        BitSet accepted = new BitSet();
        for (int state : states) {
            int pattern = nfa.accepts.get(state);
            if (pattern >= 0) {
                accepted.set(pattern);
            }
        }
        return acceptNumbers.computeIfAbsent(accepted, set -> {
            accepts.add(set);
            return accepts.size() - 1;
        });
    }

    private record Subset(int[] states, int hash) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Subset subset && Arrays.equals(states, subset.states);
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
