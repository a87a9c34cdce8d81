package dev.redoubt.redact.automaton;

import dev.redoubt.redact.text.Fold;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The first few moves of an automaton as one of its own; where it has accepted, it goes no further. */
final class Beginnings {
    private static final int[][] ACCEPTED = {{}, {0}};

    private final Automaton whole;
    private final int depth;
    private final int[] column = new int[Fold.ALPHABET];
    /** By column: a symbol of it. */
    private final int[] symbols;

    private final Map<Integer, Integer> numbers = new HashMap<>();
    private final List<Integer> states = new ArrayList<>();

    Beginnings(Automaton whole, int depth) {
        this.whole = whole;
        this.depth = depth;
        this.symbols = new int[whole.width()];
        for (int symbol = 0; symbol < column.length; symbol++) {
            column[symbol] = whole.column(symbol);
            symbols[column[symbol]] = symbol;
        }
    }

    Automaton automaton() {
        int width = symbols.length;
        number(Automaton.DEAD);
        int[] starts = IntStream.range(0, whole.starts())
                .map(i -> number(whole.start(i)) * width)
                .toArray();
        List<int[]> rows = new ArrayList<>(List.of(new int[width]));
        int distance = 0;
        int further = states.size();
        for (int row = 1; row < states.size(); row++) {
            if (row == further) {
                distance++;
                further = states.size();
            }
            int state = states.get(row);
            int[] cells = new int[width];
            cells[0] = distance == depth || whole.accepts(state) ? 1 : 0;
            for (int c = 1; c < width && cells[0] == 0; c++) {
                cells[c] = number(whole.next(state, symbols[c])) * width;
            }
            rows.add(cells);
        }
        int[] table = rows.stream().flatMapToInt(Arrays::stream).toArray();
        return Minimal.of(table, column, ACCEPTED, starts, new int[] {0});
    }

    private int number(int state) {
        Integer known = numbers.putIfAbsent(state, states.size());
        if (known == null) {
            states.add(state);
            return states.size() - 1;
        }
        return known;
    }
}
