package dev.redoubt.redact.recognise;

import dev.redoubt.redact.text.Fold;
import java.util.EnumSet;
import java.util.Set;

/**
 * What stands before a position, as far as it keeps matches from beginning there: the automaton has a start state for each,
 * so that what could not be confirmed is not even read.
 */
public enum Opening {
    FREE,
    WORD(Guard.TOKEN, Guard.ADDRESS),
    COLON(Guard.ADDRESS),
    HYPHEN(Guard.TOKEN),
    HYPHEN_IN_NUMBER(Guard.TOKEN, Guard.NUMBER),
    SLASH_IN_NUMBER(Guard.NUMBER),
    POINT_IN_NUMBER(Guard.NUMBER, Guard.DECIMAL);

    private static final Opening[] ALL = values();

    /** How many start states there are. */
    static final int STARTS = 2 * ALL.length;

    private final Set<Guard> closed = EnumSet.noneOf(Guard.class);

    Opening(Guard... closed) {
        this.closed.addAll(Set.of(closed));
    }

    static Opening[] all() {
        return ALL;
    }

    /**
     * The number of the automaton's start state, of which the first admits every pattern.
     *
     * @param announced whether a word stands near that announces something
     */
    public int start(boolean announced) {
        return announced ? ordinal() : ALL.length + ordinal();
    }

    /** Whether a match under a guard may begin here. */
    public boolean admits(Guard guard) {
        return !closed.contains(guard);
    }

    /**
     * The opening behind a symbol.
     *
     * @param previous the symbol directly before
     * @param second the byte before the last one, -1 where there is none
     */
    public static Opening behind(int previous, int second) {
        if (Fold.word(previous)) {
            return WORD;
        }
        return switch (previous) {
            case ':' -> COLON;
            case '-' -> Candidate.isDigit(second) ? HYPHEN_IN_NUMBER : HYPHEN;
            case '/' -> Candidate.isDigit(second) ? SLASH_IN_NUMBER : FREE;
            case '.' -> Candidate.isDigit(second) ? POINT_IN_NUMBER : FREE;
            default -> FREE;
        };
    }
}
