package dev.redoubt.redact.automaton;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

/** Thompson's construction: several patterns side by side, each with an accepting state of its own. */
final class Nfa {
    /** By state: the symbols that lead to {@link #target}; null for a state that only has empty moves. */
    final List<BitSet> symbols = new ArrayList<>();

    final List<Integer> target = new ArrayList<>();
    final List<List<Integer>> empty = new ArrayList<>();

    /** By state: the number of the pattern that ends here, or -1. */
    final List<Integer> accepts = new ArrayList<>();

    /** Adds a pattern and gives the state that it begins in. */
    int add(Pattern pattern, int number) {
        int end = state();
        accepts.set(end, number);
        return before(pattern, end);
    }

    private int before(Pattern pattern, int next) {
        if (pattern instanceof Pattern.Symbols one) {
            int state = state();
            symbols.set(state, one.symbols());
            target.set(state, next);
            return state;
        }
        if (pattern instanceof Pattern.Sequence sequence) {
            int first = next;
            for (int i = sequence.parts().size() - 1; i >= 0; i--) {
                first = before(sequence.parts().get(i), first);
            }
            return first;
        }
        if (pattern instanceof Pattern.Choice choice) {
            int fork = state();
            for (Pattern option : choice.options()) {
                empty.get(fork).add(before(option, next));
            }
            return fork;
        }
        Pattern.Repeat repeat = (Pattern.Repeat) pattern;
        int first = next;
        for (int i = repeat.most(); i > repeat.least(); i--) {
            int fork = state();
            empty.get(fork).add(before(repeat.part(), first));
            empty.get(fork).add(next);
            first = fork;
        }
        for (int i = repeat.least(); i > 0; i--) {
            first = before(repeat.part(), first);
        }
        return first;
    }

    private int state() {
        symbols.add(null);
        target.add(-1);
        empty.add(new ArrayList<>(2));
        accepts.add(-1);
        return symbols.size() - 1;
    }
}
