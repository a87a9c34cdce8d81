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
    // 32 Ki rows of about 64 columns are 8 MiB; more is a policy that would not fit into a sidecar.
    private static final int MOST_STATES = 32 * 1024;

    private final Nfa nfa = new Nfa();
    private final int[] begins;
    private final long[] startMasks;
    private final int[] column = new int[Fold.ALPHABET];
    private final int[] representative;
    private final int width;

    private final Map<Subset, Integer> numbers = new HashMap<>();
    private final List<int[]> subsets = new ArrayList<>();
    private final Map<Long, Integer> acceptNumbers = new HashMap<>();
    private final List<Long> accepts = new ArrayList<>();
    private int[] table;

    AutomatonBuilder(List<Pattern> patterns, long[] startMasks) {
        if (patterns.size() > Automaton.MOST_PATTERNS) {
            throw new IllegalArgumentException("more than " + Automaton.MOST_PATTERNS + " patterns");
        }
        this.startMasks = startMasks;
        begins = new int[patterns.size()];
        for (int i = 0; i < begins.length; i++) {
            begins[i] = nfa.add(patterns.get(i), i);
        }
        List<Integer> representatives = columns();
        width = representatives.size() + 1;
        representative = representatives.stream().mapToInt(Integer::intValue).toArray();
        table = new int[256 * width];
    }

    Automaton build() {
        number(new int[0]);
        int[] starts = new int[startMasks.length];
        for (int i = 0; i < starts.length; i++) {
            BitSet begin = new BitSet();
            for (int p = 0; p < begins.length; p++) {
                if ((startMasks[i] >>> p & 1) != 0) {
                    close(begins[p], begin);
                }
            }
            starts[i] = number(begin.stream().toArray()) * width;
        }
        // The dead row leads to itself: it stays all zeros.
        for (int row = 1; row < subsets.size(); row++) {
            for (int c = 0; c < representative.length; c++) {
                int next = number(step(subsets.get(row), representative[c]));
                table[row * width + c + 1] = next * width;
            }
        }
        for (int start : starts) {
            if (accepts.get(table[start]) != 0) {
                throw new IllegalArgumentException("a pattern matches the empty text");
            }
        }
        return new Automaton(
                Arrays.copyOf(table, subsets.size() * width),
                column,
                accepts.stream().mapToLong(Long::longValue).toArray(),
                starts);
    }

    /** Puts symbols that every pattern treats alike into one column; gives a symbol of each column. */
    private List<Integer> columns() {
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
        return representatives;
    }

    private int[] step(int[] states, int symbol) {
        BitSet next = new BitSet();
        for (int state : states) {
            BitSet symbols = nfa.symbols.get(state);
            if (symbols != null && symbols.get(symbol)) {
                close(nfa.target.get(state), next);
            }
        }
        return next.stream().toArray();
    }

    private void close(int state, BitSet into) {
        if (!into.get(state)) {
            into.set(state);
            nfa.empty.get(state).forEach(next -> close(next, into));
        }
    }

    private int number(int[] states) {
        Subset key = new Subset(states);
        Integer known = numbers.get(key);
        if (known != null) {
            return known;
        }
        int number = subsets.size();
        if (number >= MOST_STATES) {
            throw new IllegalArgumentException("the patterns need more than " + MOST_STATES + " states");
        }
        numbers.put(key, number);
        // States with empty moves alone are done with once the closure is taken; accepting ones are read here.
        long mask = 0;
        for (int state : states) {
            int pattern = nfa.accepts.get(state);
            mask |= pattern < 0 ? 0 : 1L << pattern;
        }
        subsets.add(states);
        if (table.length < subsets.size() * width) {
            table = Arrays.copyOf(table, table.length * 2);
        }
        table[number * width] = acceptNumbers.computeIfAbsent(mask, m -> {
            accepts.add(m);
            return accepts.size() - 1;
        });
        return number;
    }

    private static final class Subset {
        private final int[] states;
        private final int hash;

        Subset(int[] states) {
            this.states = states;
            this.hash = Arrays.hashCode(states);
        }

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
