package dev.redoubt.redact;

import dev.redoubt.redact.automaton.Automaton;
import dev.redoubt.redact.text.Fold;
import java.nio.charset.StandardCharsets;

/** Throws out nearly every position by its first three bytes and the one before, so that the automaton seldom runs. */
final class Prefilter {
    private static final int UNDECIDED = -1;
    private static final boolean[] WORD = words();

    private final Automaton automaton;
    /** By two ASCII bytes: the state they lead to, {@link Automaton#DEAD}, or {@link #UNDECIDED} where they match. */
    private final int[] pairs = new int[1 << 14];

    private final boolean[] firsts = new boolean[1 << 7];
    /** By the low six bits of the two first bytes of a character outside ASCII. */
    private final boolean[] disguised = new boolean[1 << 12];

    /** Reads the first moves off an automaton whose start state with number 0 admits every pattern. */
    Prefilter(Automaton automaton) {
        this.automaton = automaton;
        int start = automaton.start(0);
        for (int first = 0; first < 128; first++) {
            int state = automaton.next(start, first);
            firsts[first] = state != Automaton.DEAD;
            for (int second = 0; second < 128 && firsts[first]; second++) {
                int next = automaton.next(state, second);
                boolean matches = automaton.acceptance(state) != 0 || automaton.acceptance(next) != 0;
                pairs[first << 7 | second] = matches ? UNDECIDED : next;
            }
        }
        for (int codePoint = 128; codePoint < 0x20000; codePoint++) {
            int symbol = Fold.of(codePoint);
            boolean surrogate = codePoint >= 0xD800 && codePoint < 0xE000;
            if (!surrogate && symbol < Fold.ALPHABET && automaton.next(start, symbol) != Automaton.DEAD) {
                byte[] bytes = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
                disguised[(bytes[0] & 0x3F) << 6 | bytes[1] & 0x3F] = true;
            }
        }
    }

    /**
     * The first position from {@code at} on where a match may begin, or {@code limit}. At {@code at} itself the byte before
     * does not count, because it may have been replaced.
     *
     * @param end end of the text, not before {@code limit}
     */
    int next(byte[] text, int at, int limit, int end) {
        int stop = Math.min(limit, end - 1);
        boolean inWord = false;
        for (int i = at; i < stop; i++) {
            int first = text[i];
            if (first < 0) {
                inWord = false;
                if (first >= (byte) 0xC0 && disguised[(first & 0x3F) << 6 | text[i + 1] & 0x3F]) {
                    return i;
                }
                continue;
            }
            boolean word = WORD[first];
            if (!(word && inWord) && begins(text, i, first, end)) {
                return i;
            }
            inWord = word;
        }
        // The last byte of all: a character outside ASCII has more than one, so it was looked at above.
        return stop < limit && at <= stop && text[stop] >= 0 && firsts[text[stop]] ? stop : limit;
    }

    private boolean begins(byte[] text, int at, int first, int end) {
        int second = text[at + 1];
        if (second < 0) {
            return firsts[first]; // perhaps a disguised character, or one without width
        }
        int state = pairs[first << 7 | second];
        if (state <= 0 || at + 2 >= end) {
            return state != Automaton.DEAD;
        }
        int third = text[at + 2];
        return third < 0 || automaton.next(state, third) != Automaton.DEAD;
    }

    private static boolean[] words() {
        boolean[] words = new boolean[128];
        for (int symbol = 0; symbol < 128; symbol++) {
            words[symbol] = Fold.word(symbol);
        }
        return words;
    }
}
