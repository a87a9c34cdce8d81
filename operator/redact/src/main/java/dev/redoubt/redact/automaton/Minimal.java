package dev.redoubt.redact.automaton;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Joins the states of an automaton that lead to the same, from the ends backwards: as all patterns are bounded there are
 * no circles but that of the dead state, so one pass is enough (Revuz, Minimisation of acyclic deterministic automata in
 * linear time, 1992).
 */
final class Minimal {
    private static final int UNKNOWN = -1;

    private final int[] table;
    private final int width;
    /** By acceptance of the old automaton: that of the new one. */
    private final int[] acceptances;

    private final List<int[]> accepted = new ArrayList<>();
    /** By row of the old automaton: the row of the new one. */
    private final int[] numbers;

    private final Map<Row, Integer> known = new HashMap<>();
    private final List<int[]> rows = new ArrayList<>();

    /** @param names by number of a pattern: its new number, or -1 where it does not matter any more */
    static Automaton of(int[] table, int[] column, int[][] accepted, int[] starts, int[] names) {
        Minimal minimal = new Minimal(table, Automaton.width(column), accepted, names);
        int[] kept = Arrays.stream(starts).map(minimal::keep).toArray();
        return new Automaton(minimal.table(), column, minimal.accepted.toArray(int[][]::new), kept);
    }

    private Minimal(int[] table, int width, int[][] accepted, int[] names) {
        this.table = table;
        this.width = width;
        this.acceptances = new int[accepted.length];
        Map<List<Integer>, Integer> sets = new HashMap<>();
        for (int i = 0; i < accepted.length; i++) {
            int[] left = Arrays.stream(accepted[i])
                    .map(pattern -> names[pattern])
                    .filter(pattern -> pattern >= 0)
                    .sorted()
                    .toArray();
            acceptances[i] = sets.computeIfAbsent(Arrays.stream(left).boxed().toList(), set -> {
                this.accepted.add(left);
                return this.accepted.size() - 1;
            });
        }
        this.numbers = new int[table.length / width];
        Arrays.fill(numbers, UNKNOWN);
        numbers[0] = 0;
        int[] dead = new int[width];
        rows.add(dead);
        known.put(new Row(dead), 0);
    }

    /** Takes over a state with all that it leads to; gives its new place. */
    private int keep(int state) {
        int[] path = new int[64];
        int[] column = new int[64];
        int depth = 0;
        path[0] = state / width;
        while (depth >= 0) {
            int row = path[depth];
            int next = UNKNOWN;
            while (numbers[row] == UNKNOWN && next == UNKNOWN && ++column[depth] < width) {
                int child = table[row * width + column[depth]] / width;
                next = numbers[child] == UNKNOWN ? child : UNKNOWN;
            }
            if (next == UNKNOWN) {
                settle(row);
                depth--;
                continue;
            }
            if (++depth == path.length) {
                path = Arrays.copyOf(path, depth * 2);
                column = Arrays.copyOf(column, depth * 2);
            }
            path[depth] = next;
            column[depth] = 0;
        }
        return numbers[state / width] * width;
    }

    private void settle(int row) {
        if (numbers[row] != UNKNOWN) {
            return;
        }
        int[] fresh = new int[width];
        fresh[0] = acceptances[table[row * width]];
        for (int c = 1; c < width; c++) {
            fresh[c] = numbers[table[row * width + c] / width] * width;
        }
        Integer same = known.putIfAbsent(new Row(fresh), rows.size());
        numbers[row] = same != null ? same : rows.size();
        if (same == null) {
            rows.add(fresh);
        }
    }

    private int[] table() {
        int[] joined = new int[rows.size() * width];
        for (int row = 0; row < rows.size(); row++) {
            System.arraycopy(rows.get(row), 0, joined, row * width, width);
        }
        return joined;
    }

    private record Row(int[] cells) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Row row && Arrays.equals(cells, row.cells);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(cells);
        }
    }
}
