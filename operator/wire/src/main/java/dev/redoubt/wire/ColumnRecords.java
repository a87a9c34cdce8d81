package dev.redoubt.wire;

import dev.redoubt.wire.path.Draft;
import dev.redoubt.wire.path.Hits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Hits that are columns throughout: the value at one index of every column belongs to one hit. A column in which some hits
 * have no value tells which, and then holds values of all of them or of the others alone. Lists of hits that stand one
 * after the other in the columns are told apart by how many hits each has.
 */
final class ColumnRecords implements Records {
    private static final int UNKNOWN = -1;
    private static final byte[] TRUE = {'1'};

    private final Draft draft;
    private final Hits hits;
    private final RecordPlan plan;
    private final List<Column> columns = new ArrayList<>();
    /** Hits that tell how many hits each list has. */
    private final List<Integer> counts = new ArrayList<>();
    /** First bytes of values, in their order, and of which hit each is. */
    private final List<Value> values = new ArrayList<>();

    private final int size;

    /** @throws RefusedException where columns do not belong together */
    ColumnRecords(Draft draft, RecordPlan plan) throws RefusedException {
        this.draft = draft;
        this.hits = draft.hits();
        this.plan = plan;
        find();
        this.size = size();
        for (Column column : columns) {
            column.require(size);
        }
        for (Column column : columns) {
            place(column);
        }
        values.sort((one, other) -> Integer.compare(hits.start(one.hit()), hits.start(other.hit())));
        requireCounts();
    }

    /** A value of one hit. */
    private record Value(int hit, int index) {}

    /** What an object holds of the hits, or the answer itself. */
    private final class Column {
        /** The place behind it. */
        private final int end;
        /** Values, one after the other, by the rule that found them. */
        private final Map<Integer, List<Integer>> items = new LinkedHashMap<>();
        /** Values that are one run of bytes. */
        private final List<Integer> blocks = new ArrayList<>();
        /** Which hits have a value; empty where all have. */
        private final List<Boolean> present = new ArrayList<>();

        private final List<Integer> presences = new ArrayList<>();

        private Column(int end) {
            this.end = end;
        }

        /** How many hits have a value. */
        private int filled() {
            return (int) present.stream().filter(each -> each).count();
        }

        /** How many hits it is about; {@link #UNKNOWN} where nothing tells. */
        private int size() {
            if (!present.isEmpty()) {
                return present.size();
            }
            return items.values().stream().findFirst().map(List::size).orElse(UNKNOWN);
        }

        private void require(int size) throws RefusedException {
            boolean fits = present.isEmpty() || present.size() == size;
            for (List<Integer> each : items.values()) {
                fits &= each.size() == size || !present.isEmpty() && each.size() == filled();
            }
            for (int block : blocks) {
                fits &= width(block, size) > 0;
            }
            if (!fits) {
                throw malformed();
            }
        }

        /** How many bytes of a block belong to one value; 0 where that cannot be told. */
        private int width(int block, int size) {
            int bytes = draft.to(block) - draft.from(block);
            int told = hits.count(block) * Float.BYTES;
            int parts = isDense(block, size) ? filled() : size;
            if (parts == 0 || bytes % parts != 0 || told > 0 && bytes != told * parts) {
                return 0;
            }
            // bytes without a width may be of all or of some
            return told == 0 && !present.isEmpty() && filled() != size ? 0 : bytes / parts;
        }

        /** Whether a block leaves out the hits that have no value. */
        private boolean isDense(int block, int size) {
            int bytes = draft.to(block) - draft.from(block);
            return !present.isEmpty() && bytes != hits.count(block) * Float.BYTES * size;
        }

        /** The index of a hit's value among those that are there; {@link #UNKNOWN} where it has none. */
        private int dense(int index) {
            if (!present.get(index)) {
                return UNKNOWN;
            }
            return (int) present.subList(0, index).stream().filter(each -> each).count();
        }
    }

    private void find() {
        Deque<Column> open = new ArrayDeque<>();
        open.push(new Column(Integer.MAX_VALUE));
        columns.add(open.peek());
        for (int i = 0; i < hits.size(); i++) {
            while (hits.start(i) >= open.peek().end) {
                open.pop();
            }
            Column column = open.peek();
            int rule = hits.rule(i).index();
            switch (plan.roles().get(rule)) {
                case Column -> {
                    open.push(new Column(hits.end(i)));
                    columns.add(open.peek());
                }
                case RecordCount -> counts.add(i);
                case RecordPresence -> {
                    column.presences.add(i);
                    column.present.add(Arrays.equals(draft.text(i), TRUE));
                }
                default -> {
                    if (hits.rule(i).reach() == RecordPlan.BLOCK) {
                        column.blocks.add(i);
                    } else {
                        column.items
                                .computeIfAbsent(rule, any -> new ArrayList<>())
                                .add(i);
                    }
                }
            }
        }
    }

    private int size() {
        return columns.stream()
                .mapToInt(Column::size)
                .filter(each -> each != UNKNOWN)
                .findFirst()
                .orElse(0);
    }

    private void requireCounts() throws RefusedException {
        long all = 0;
        for (int count : counts) {
            all += Count.at(draft, count).orElse(0);
        }
        if (!counts.isEmpty() && all != size) {
            throw malformed();
        }
    }

    private void place(Column column) {
        for (int index = 0; index < column.presences.size(); index++) {
            values.add(new Value(column.presences.get(index), index));
        }
        for (List<Integer> items : column.items.values()) {
            boolean dense = items.size() != size;
            for (int index = 0; index < size; index++) {
                int at = dense ? column.dense(index) : index;
                if (at != UNKNOWN) {
                    values.add(new Value(items.get(at), index));
                }
            }
        }
    }

    private static RefusedException malformed() {
        return new RefusedException(new Refusal(RefusalReason.MalformedResponse, "columns of unlike lengths"));
    }

    @Override
    public Set<Id> innermost() {
        Set<Id> all = new HashSet<>();
        for (int index = 0; index < size; index++) {
            all.add(id(index));
        }
        return all;
    }

    private static Id id(int index) {
        return new Id(1, index, 0);
    }

    @Override
    public Optional<Id> at(int offset) {
        int low = 0;
        int high = values.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (hits.start(values.get(middle).hit()) <= offset) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low > 0 && offset < hits.end(values.get(low - 1).hit())
                ? Optional.of(id(values.get(low - 1).index()))
                : Optional.empty();
    }

    @Override
    public byte[] without(Set<Id> dropped) {
        for (Value value : values) {
            if (dropped.contains(id(value.index()))) {
                draft.cut(value.hit());
            }
        }
        for (Column column : columns) {
            column.blocks.forEach(block -> cut(column, block, dropped));
        }
        lower(dropped);
        return draft.finish();
    }

    private void cut(Column column, int block, Set<Id> dropped) {
        byte[] bytes = draft.text(block);
        int width = column.width(block, size);
        boolean dense = column.isDense(block, size);
        int kept = 0;
        for (int index = 0; index < size; index++) {
            int at = dense ? column.dense(index) : index;
            if (at != UNKNOWN && !dropped.contains(id(index))) {
                System.arraycopy(bytes, at * width, bytes, kept, width);
                kept += width;
            }
        }
        draft.putText(block, Arrays.copyOf(bytes, kept));
    }

    /** Lowers what tells how many hits each list has. */
    private void lower(Set<Id> dropped) {
        int index = 0;
        for (int count : counts) {
            long told = Count.at(draft, count).orElse(0);
            long left = 0;
            for (long i = 0; i < told; i++) {
                left += dropped.contains(id(index++)) ? 0 : 1;
            }
            if (left < told) {
                draft.putScalar(count, Long.toString(left).getBytes(StandardCharsets.US_ASCII));
            }
        }
    }
}
