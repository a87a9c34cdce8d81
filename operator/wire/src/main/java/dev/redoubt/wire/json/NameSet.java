package dev.redoubt.wire.json;

import java.util.Arrays;

/**
 * The names seen so far in every object that is open, by {@link NameHash}. Small objects are searched linearly,
 * large ones through a table, so that no object costs quadratic time.
 */
public final class NameSet {
    private static final int LINEAR = 24;
    private static final int FIRST = 8;
    private static final long[] NONE = {};

    private long[] names = NONE;
    private int size;
    private Table table;

    /** Opens an object. Returns the mark to give back to {@link #close}. */
    public int open() {
        return size;
    }

    /**
     * Adds a name to the innermost object.
     *
     * @param mark what {@link #open} gave for that object
     * @return false where it has one of that name already
     */
    public boolean add(int mark, long name) {
        int count = size - mark;
        if (count < LINEAR) {
            for (int i = mark; i < size; i++) {
                if (names[i] == name) {
                    return false;
                }
            }
        } else {
            if (table == null || table.mark != mark) {
                table = new Table(mark, table);
                for (int i = mark; i < size; i++) {
                    table.add(names[i]);
                }
            }
            if (!table.add(name)) {
                return false;
            }
        }
        if (size == names.length) {
            names = Arrays.copyOf(names, Math.max(FIRST, size * 2));
        }
        names[size++] = name;
        return true;
    }

    public void close(int mark) {
        size = mark;
        if (table != null && table.mark == mark) {
            table = table.outer;
        }
    }

    /** Open addressing; 0 marks a free slot, so the hash 0 is kept aside. */
    private static final class Table {
        private final int mark;
        private final Table outer;
        private long[] slots = new long[128];
        private int used;
        private boolean zero;

        private Table(int mark, Table outer) {
            this.mark = mark;
            this.outer = outer;
        }

        private boolean add(long name) {
            if (name == 0) {
                boolean added = !zero;
                zero = true;
                return added;
            }
            if (used * 2 >= slots.length) {
                long[] old = slots;
                slots = new long[old.length * 4];
                for (long each : old) {
                    if (each != 0) {
                        slots[slot(each)] = each;
                    }
                }
            }
            int slot = slot(name);
            if (slots[slot] == name) {
                return false;
            }
            slots[slot] = name;
            used++;
            return true;
        }

        private int slot(long name) {
            int mask = slots.length - 1;
            int slot = (int) name & mask;
            while (slots[slot] != 0 && slots[slot] != name) {
                slot = (slot + 1) & mask;
            }
            return slot;
        }
    }
}
