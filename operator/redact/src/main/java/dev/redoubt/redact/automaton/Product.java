package dev.redoubt.redact.automaton;

import dev.redoubt.redact.text.Fold;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** Two automata read at once: its states are pairs, most of them with one half dead. */
final class Product {
    private final Automaton one;
    private final Automaton other;
    private final int[] column = new int[Fold.ALPHABET];
    /** A symbol of each column, from the second on. */
    private final List<Integer> symbols = new ArrayList<>();

    private final Map<Long, Integer> numbers = new HashMap<>();
    private final List<int[]> pairs = new ArrayList<>();
    private final Map<List<Integer>, Integer> acceptances = new HashMap<>();
    private final List<int[]> accepted = new ArrayList<>();

    Product(Automaton one, Automaton other) {
        this.one = one;
        this.other = other;
        Map<List<Integer>, Integer> columns = new HashMap<>();
        for (int symbol = 0; symbol < column.length; symbol++) {
            List<Integer> both = List.of(one.column(symbol), other.column(symbol));
            if (!columns.containsKey(both)) {
                symbols.add(symbol);
                columns.put(both, symbols.size());
            }
            column[symbol] = columns.get(both);
        }
    }

    Automaton automaton() {
        int width = symbols.size() + 1;
        number(Automaton.DEAD, Automaton.DEAD);
        int[] starts = IntStream.range(0, one.starts())
                .map(i -> number(one.start(i), other.start(i)) * width)
                .toArray();
        List<int[]> rows = new ArrayList<>();
        for (int row = 0; row < pairs.size(); row++) {
            int[] pair = pairs.get(row);
            int[] cells = new int[width];
            cells[0] = acceptance(pair);
            for (int c = 1; c < width; c++) {
                int symbol = symbols.get(c - 1);
                cells[c] = number(one.next(pair[0], symbol), other.next(pair[1], symbol)) * width;
            }
            rows.add(cells);
        }
        int[] table = new int[rows.size() * width];
        for (int row = 0; row < rows.size(); row++) {
            System.arraycopy(rows.get(row), 0, table, row * width, width);
        }
        return new Automaton(table, column, accepted.toArray(int[][]::new), starts);
    }

    private int number(int first, int second) {
        Integer known = numbers.putIfAbsent((long) first << 32 | second, pairs.size());
        if (known != null) {
            return known;
        }
        if (pairs.size() == AutomatonBuilder.MOST_STATES) {
            throw AutomatonBuilder.tooManyStates();
        }
        pairs.add(new int[] {first, second});
        return pairs.size() - 1;
    }

    private int acceptance(int[] pair) {
        int[] both = IntStream.concat(
                        IntStream.of(one.accepted(one.acceptance(pair[0]))),
                        IntStream.of(other.accepted(other.acceptance(pair[1]))))
                .sorted()
                .toArray();
        return acceptances.computeIfAbsent(IntStream.of(both).boxed().toList(), set -> {
            accepted.add(both);
            return accepted.size() - 1;
        });
    }
}
