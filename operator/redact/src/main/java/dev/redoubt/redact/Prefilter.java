package dev.redoubt.redact;

import dev.redoubt.redact.automaton.Automaton;
import dev.redoubt.redact.text.Fold;
import java.nio.charset.StandardCharsets;

/** Throws out nearly every position by its first two bytes, so that the automaton seldom runs. */
final class Prefilter {
    private final boolean[] pairs = new boolean[1 << 16];
    private final boolean[] firsts = new boolean[1 << 8];

    /** Reads the first moves off an automaton whose start state with number 0 admits every pattern. */
    Prefilter(Automaton automaton) {
        int start = automaton.start(0);
        for (int first = 0; first < 128; first++) {
            int state = automaton.next(start, first);
            if (state == Automaton.DEAD) {
                continue;
            }
            firsts[first] = true;
            for (int second = 0; second < 256; second++) {
                // a second character outside ASCII may be a disguised one, or one without width
                pairs[first << 8 | second] = second >= 128
                        || automaton.next(state, second) != Automaton.DEAD
                        || automaton.accepted(state) != 0;
            }
        }
        for (int codePoint = 128; codePoint < 0x20000; codePoint++) {
            int symbol = Fold.of(codePoint);
            boolean surrogate = codePoint >= 0xD800 && codePoint < 0xE000;
            if (!surrogate && symbol < Fold.ALPHABET && automaton.next(start, symbol) != Automaton.DEAD) {
                byte[] bytes = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
                pairs[(bytes[0] & 0xFF) << 8 | bytes[1] & 0xFF] = true;
            }
        }
    }

    /**
     * The first position from {@code at} on where a match may begin, or {@code limit}.
     *
     * @param end end of the text, not before {@code limit}
     */
    int next(byte[] text, int at, int limit, int end) {
        int stop = Math.min(limit, end - 1);
        int i = at;
        int first = i < end ? text[i] & 0xFF : 0;
        while (i < stop) {
            int second = text[i + 1] & 0xFF;
            if (pairs[first << 8 | second]) {
                return i;
            }
            first = second;
            i++;
        }
        return i < limit && firsts[text[i] & 0xFF] ? i : limit;
    }
}
