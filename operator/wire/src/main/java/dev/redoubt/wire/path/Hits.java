package dev.redoubt.wire.path;

import java.util.Arrays;
import java.util.BitSet;

/**
 * What a walk found, in the order of the document. Columns instead of objects: a message may have many. May be used for one
 * document after the other, so that a body of many little ones needs one.
 */
public final class Hits {
    private static final int INTS = 5;
    private static final int LONGS = 2;

    /** Room for the first hits; a document without any needs none, and there may be a line of them in three bytes. */
    private static final int FIRST = 8;

    private Rule[] rules = {};
    private Kind[] kinds = {};
    private int[] ints = {};
    private long[] longs = {};
    /** Which of them are compared with their fields. */
    private final BitSet compared = new BitSet(0);

    private int size;

    private int marks;
    private int foreign = -1;
    private boolean rootIsObject;
    private int rootMembers;
    private long rootName;
    private int rootClose;

    /** Nothing is found yet. */
    public Hits() {}

    /** Forgets all, for another document. */
    public void clear() {
        size = 0;
        compared.clear();
        marks = 0;
        foreign = -1;
        rootIsObject = false;
        rootMembers = 0;
        rootName = 0;
        rootClose = 0;
    }

    /** Adds a hit. Returns its number. */
    public int add(Rule rule, Kind kind, int start, int end, int outer, int inner, long field, long path) {
        if (size == rules.length) {
            int room = Math.max(FIRST, size * 2);
            rules = Arrays.copyOf(rules, room);
            kinds = Arrays.copyOf(kinds, room);
            ints = Arrays.copyOf(ints, room * INTS);
            longs = Arrays.copyOf(longs, room * LONGS);
        }
        rules[size] = rule;
        kinds[size] = kind;
        int i = size * INTS;
        ints[i] = start;
        ints[i + 1] = end;
        ints[i + 2] = outer;
        ints[i + 3] = inner;
        ints[i + 4] = 0;
        longs[size * LONGS] = field;
        longs[size * LONGS + 1] = path;
        return size++;
    }

    /** Tells where a hit ends after all. */
    public void end(int hit, int end) {
        ints[hit * INTS + 1] = end;
    }

    /** Tells the {@link #count(int)} of a hit. */
    public void count(int hit, int count) {
        ints[hit * INTS + 4] = count;
    }

    /** A hit of a filter is a value that its field is compared with for equality. */
    public void compare(int hit) {
        compared.set(hit);
    }

    /** A hit belongs to a field after all. */
    public void name(int hit, long field) {
        longs[hit * LONGS] = field;
    }

    /** Something stands at marked places, told as bits. */
    public void mark(int bits) {
        marks |= bits;
    }

    /** A scalar that no rule names stands at a place. */
    public void foreign(int at) {
        if (foreign < 0) {
            foreign = at;
        }
    }

    /** The root is an object; the name is that of its last member. */
    public void root(int members, long name, int close) {
        rootIsObject = true;
        rootName = name;
        rootMembers = members;
        rootClose = close;
    }

    public int size() {
        return size;
    }

    /** The rule that was met; {@code null} for a text that no rule names. */
    public Rule rule(int hit) {
        return rules[hit];
    }

    public Kind kind(int hit) {
        return kinds[hit];
    }

    /** First byte, quotes and brackets included. */
    public int start(int hit) {
        return ints[hit * INTS];
    }

    /** The place behind the last byte. */
    public int end(int hit) {
        return ints[hit * INTS + 1];
    }

    /** Position in the outermost array on the way to it, 0 where there is none. */
    public int outerIndex(int hit) {
        return ints[hit * INTS + 2];
    }

    /** Position in the second outermost array on the way to it, 0 where there is none. */
    public int innerIndex(int hit) {
        return ints[hit * INTS + 3];
    }

    /**
     * For a container that was counted: how many items, or members that are not cut, it has. For vectors one behind
     * the other: how many numbers each has, 0 where that is not told. For a message of gRPC that
     * others look into: its number in the nesting. For a name: the place of its object, which tells it
     * apart.
     */
    public int count(int hit) {
        return ints[hit * INTS + 4];
    }

    /** Whether it is a value of a filter that its field is compared with for equality. */
    public boolean isCompared(int hit) {
        return compared.get(hit);
    }

    /** Hash of the name of the record field it belongs to, 0 where it belongs to no record. */
    public long field(int hit) {
        return longs[hit * LONGS];
    }

    /** A number for the path that leads to it, positions in arrays left out: equal for equal paths. */
    public long path(int hit) {
        return longs[hit * LONGS + 1];
    }

    /**
     * Whether something stands at a marked place: a scalar other than null, or an array with an item other than null.
     */
    public boolean present(int mark) {
        return (marks & 1 << mark) != 0;
    }

    /**
     * Offset of the first scalar other than null that no rule names, or of the first empty object or array where no rule
     * leads; −1 for none, and always where those are not refused.
     */
    public int foreign() {
        return foreign;
    }

    public boolean rootIsObject() {
        return rootIsObject;
    }

    /** How many members the root object has, those that are cut left out. */
    public int rootMembers() {
        return rootMembers;
    }

    /** Hash of the name of the root object's last member, 0 where it has none. */
    public long rootName() {
        return rootName;
    }

    /** The place of the root object's closing brace. */
    public int rootClose() {
        return rootClose;
    }

    /** What stands at a hit. */
    public enum Kind {
        String,
        /** A string with at least one escape. */
        EscapedString,
        Number,
        True,
        False,
        Null,
        /** Nothing, where a value has a default that servers take then. Told only by forms that know where it belongs. */
        Absent,
        Array,
        Object,
        /** The name of a member that no pattern names. */
        Name,
        /** Such a name with at least one escape. */
        EscapedName,
        /** Bytes that are to be taken out: a member with one of the commas beside it. */
        Cut;

        public boolean isString() {
            return this == String || this == EscapedString;
        }

        public boolean isName() {
            return this == Name || this == EscapedName;
        }
    }
}
