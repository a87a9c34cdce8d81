package dev.redoubt.redact.automaton;

import dev.redoubt.redact.text.Fold;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Counts the subsets that patterns lead to, symbol by symbol, without any of the builder's shortcuts. */
final class NaiveSubsets {
    private NaiveSubsets() {}

    static boolean exceed(int bound, List<Pattern> patterns, BitSet... starts) {
        return count(bound, patterns, starts) > bound;
    }

    /** The number of subsets, the empty one included; one more than the bound where there are more. */
    static int count(int bound, List<Pattern> patterns, BitSet... starts) {
        Nfa nfa = new Nfa();
        int[] begins = new int[patterns.size()];
        for (int i = 0; i < begins.length; i++) {
            begins[i] = nfa.add(patterns.get(i), i);
        }
        Set<BitSet> seen = new HashSet<>(Set.of(new BitSet()));
        Deque<BitSet> open = new ArrayDeque<>();
        for (BitSet start : starts) {
            BitSet first = new BitSet();
            for (int i = 0; i < begins.length; i++) {
                if (start.get(i)) {
                    enter(nfa, begins[i], new BitSet(), first);
                }
            }
            if (seen.add(first)) {
                open.add(first);
            }
        }
        while (!open.isEmpty() && seen.size() <= bound) {
            BitSet states = open.remove();
            for (int symbol = 0; symbol < Fold.ALPHABET; symbol++) {
                BitSet next = new BitSet();
                BitSet visited = new BitSet();
                for (int state = states.nextSetBit(0); state >= 0; state = states.nextSetBit(state + 1)) {
                    BitSet reads = nfa.symbols.get(state);
                    if (reads != null && reads.get(symbol)) {
                        enter(nfa, nfa.target.get(state), visited, next);
                    }
                }
                if (seen.add(next)) {
                    open.add(next);
                }
            }
        }
        return Math.min(seen.size(), bound + 1);
    }

    /** Only states that read or accept tell subsets apart. */
    private static void enter(Nfa nfa, int state, BitSet visited, BitSet into) {
        if (visited.get(state)) {
            return;
        }
        visited.set(state);
        if (nfa.symbols.get(state) != null || nfa.accepts.get(state) >= 0) {
            into.set(state);
        }
        nfa.empty.get(state).forEach(next -> enter(nfa, next, visited, into));
    }
}
