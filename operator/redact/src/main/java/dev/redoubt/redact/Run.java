package dev.redoubt.redact;

import dev.redoubt.redact.automaton.Automaton;
import dev.redoubt.redact.recognise.Before;
import dev.redoubt.redact.recognise.Candidate;
import dev.redoubt.redact.recognise.Recogniser;
import dev.redoubt.redact.text.Fold;
import dev.redoubt.redact.text.Utf8;

/** One run of the automaton from a position: what it read, where it could have stopped, and what of that is confirmed. */
final class Run {
    private final Plan plan;
    private final byte[] symbols;
    private final int[] ends;
    private final int[] acceptedLengths;
    private final long[] acceptedMasks;
    private final Candidate candidate;
    private int length;
    private int accepted;

    private Recogniser best;
    private int bestStart;
    private int bestEnd;
    private int bestPatternEnd;

    Run(Plan plan, Before before) {
        this.plan = plan;
        int most = plan.longest() + 1;
        symbols = new byte[most];
        ends = new int[most];
        acceptedLengths = new int[most];
        acceptedMasks = new long[most];
        candidate = new Candidate(symbols, before);
    }

    /**
     * Reads as far as something may still match.
     *
     * @return whether it read up to the end of the bytes, so that more of them could change the outcome
     */
    boolean read(byte[] text, int from, int end, int start) {
        Automaton automaton = plan.automaton();
        int state = start;
        int at = from;
        int skipped = 0;
        length = 0;
        accepted = 0;
        while (at < end) {
            int symbol = text[at];
            int width = 1;
            if (symbol < 0) {
                symbol = Fold.of(Utf8.decode(text, at));
                width = Utf8.length(text[at]);
                if (symbol == Fold.SKIP) {
                    if (++skipped > Plan.MOST_SKIPPED) {
                        return false;
                    }
                    at += width;
                    continue;
                }
            }
            state = automaton.next(state, symbol);
            if (state == Automaton.DEAD) {
                return false;
            }
            at += width;
            symbols[length] = (byte) symbol;
            ends[length++] = at;
            long mask = automaton.accepted(state);
            if (mask != 0) {
                acceptedLengths[accepted] = length;
                acceptedMasks[accepted++] = mask;
            }
        }
        return true;
    }

    /**
     * Chooses the longest confirmed candidate that reaches beyond a position; of equally long ones that with the highest
     * score.
     *
     * @return whether there is one
     */
    boolean choose(byte[] text, int from, int end, int beyond) {
        best = null;
        for (int i = accepted - 1; i >= 0 && best == null; i--) {
            int patternEnd = ends[acceptedLengths[i] - 1];
            if (patternEnd <= beyond) {
                return false;
            }
            boolean wordGoesOn = patternEnd < end && Fold.word(Fold.of(Utf8.decode(text, patternEnd)));
            for (long mask = acceptedMasks[i]; mask != 0; mask &= mask - 1) {
                consider(
                        plan.recogniser(Long.numberOfTrailingZeros(mask)),
                        acceptedLengths[i],
                        from,
                        wordGoesOn,
                        beyond);
            }
        }
        return best != null;
    }

    private void consider(Recogniser recogniser, int candidateLength, int from, boolean wordGoesOn, int beyond) {
        if (recogniser.wordEnd() && wordGoesOn || best != null && best.score() >= recogniser.score()) {
            return;
        }
        int end = ends[candidateLength - 1 - recogniser.trail()];
        if (end <= beyond) {
            return;
        }
        candidate.set(candidateLength, length);
        if (recogniser.check().confirms(candidate)) {
            best = recogniser;
            bestStart = recogniser.lead() == 0 ? from : ends[recogniser.lead() - 1];
            bestEnd = end;
            bestPatternEnd = ends[candidateLength - 1];
        }
    }

    Recogniser recogniser() {
        return best;
    }

    int start() {
        return bestStart;
    }

    int end() {
        return bestEnd;
    }

    /** Where the pattern ended, which is behind {@link #end} where the pattern asks for something that follows. */
    int patternEnd() {
        return bestPatternEnd;
    }
}
