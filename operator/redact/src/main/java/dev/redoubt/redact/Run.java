package dev.redoubt.redact;

import dev.redoubt.redact.automaton.Automaton;
import dev.redoubt.redact.recognise.Before;
import dev.redoubt.redact.recognise.Candidate;
import dev.redoubt.redact.recognise.Recogniser;
import dev.redoubt.redact.recognise.WordsBefore;
import dev.redoubt.redact.text.Fold;
import dev.redoubt.redact.text.Utf8;
import java.nio.charset.StandardCharsets;

/** One run of the automaton from a position: what it read, where it could have stopped, and what of that is confirmed. */
final class Run {
    private final Tables tables;
    private final Automaton automaton;
    private final byte[] symbols;
    /** By symbol: where it ends, counted from the position of the run. */
    private final int[] ends;

    private final int[] acceptedLengths;
    private final int[] acceptances;
    /** By recogniser: the last choice in which it was tried, where it needs no other try. */
    private final long[] tried;
    /** By recogniser: the last choice in which it was asked about what its candidates begin with. */
    private final long[] asked;

    private final Candidate candidate;
    private int length;
    private int accepted;
    private long choice;

    /** Whether every symbol is a byte of the text, and none of them was written down. */
    private boolean plain;

    private boolean unfinished;
    private int state;
    private int consumed;
    private int skipped;
    private long steps;
    private long checks;

    private Recogniser best;
    private int bestLength;

    Run(Tables tables, Before before, WordsBefore words) {
        this.tables = tables;
        this.automaton = tables.automaton();
        int most = tables.longest() + 1;
        symbols = new byte[most];
        ends = new int[most];
        acceptedLengths = new int[most];
        acceptances = new int[most];
        tried = new long[tables.size()];
        asked = new long[tables.size()];
        candidate = new Candidate(symbols, ends, before, words);
    }

    /**
     * Reads as far as something may still match. After a run that read all bytes there were, the next one goes on from
     * there: it must be at the same position.
     *
     * @return whether it read up to the end of the bytes, so that more of them could change the outcome
     */
    boolean read(byte[] text, int from, int end, int start) {
        int before = unfinished ? length : 0;
        boolean more = reads(text, from, end, start);
        // the symbol that ended it was looked at too
        steps += length - before + 1;
        return more;
    }

    private boolean reads(byte[] text, int from, int end, int start) {
        if (!unfinished) {
            state = start;
            consumed = 0;
            skipped = 0;
            length = 0;
            accepted = 0;
            plain = true;
        }
        unfinished = false;
        int now = state;
        int at = from + consumed;
        if (plain) {
            // nothing is written down as long as the text itself can be looked at
            while (at < end && text[at] >= 0) {
                now = automaton.next(now, text[at]);
                if (now == Automaton.DEAD) {
                    length = at - from;
                    return false;
                }
                at++;
                if (automaton.accepts(now)) {
                    int acceptance = automaton.acceptance(now);
                    boolean wordGoesOn = at < end && Fold.word(text[at]) && Fold.word(text[at - 1]);
                    if (!wordGoesOn || !tables.isWordEnd(acceptance)) {
                        accept(acceptance, at - from);
                    }
                }
            }
            length = at - from;
            if (at < end) {
                writeDown(text, from);
                plain = false;
            }
        }
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
            now = automaton.next(now, symbol);
            if (now == Automaton.DEAD) {
                return false;
            }
            at += width;
            symbols[length] = (byte) symbol;
            ends[length++] = at - from;
            if (automaton.accepts(now)) {
                accept(automaton.acceptance(now), length);
            }
        }
        state = now;
        consumed = at - from;
        unfinished = true;
        return true;
    }

    /** What was read so far is the text itself, symbol by symbol. */
    private void writeDown(byte[] text, int from) {
        System.arraycopy(text, from, symbols, 0, length);
        System.arraycopy(tables.ascending(), 0, ends, 0, length);
    }

    private void accept(int acceptance, int length) {
        // of what takes as much as it can, only the longest is a candidate
        boolean longer = accepted > 0 && acceptances[accepted - 1] == acceptance && tables.isGreedy(acceptance);
        if (longer) {
            acceptedLengths[accepted - 1] = length;
        } else {
            acceptedLengths[accepted] = length;
            acceptances[accepted++] = acceptance;
        }
    }

    /** Tells candidates of the last IBAN, as {@link Candidate#behindAccount} does. */
    void behindAccount(String country, int distance) {
        candidate.behindAccount(country, distance);
    }

    /** The next run is a new one. */
    void settle() {
        unfinished = false;
    }

    /**
     * Chooses the longest confirmed candidate that reaches beyond a position; of equally long ones that with the highest
     * score. One that goes on without a bound counts as equally long, however little of it was read.
     *
     * @return whether there is one
     */
    boolean choose(byte[] text, int from, int end, int beyond) {
        best = null;
        if (accepted == 0) {
            return false;
        }
        if (plain) {
            writeDown(text, from);
        }
        candidate.begin(text, from, length);
        choice++;
        for (int i = accepted - 1; i >= 0; i--) {
            int patternEnd = from + ends[acceptedLengths[i] - 1];
            if (patternEnd <= beyond) {
                return best != null;
            }
            boolean wordGoesOn = Fold.word(symbols[acceptedLengths[i] - 1] & 0xFF) && word(text, patternEnd, end);
            for (int number : automaton.accepted(acceptances[i])) {
                Recogniser recogniser = tables.recogniser(number);
                if (tried[number] == choice
                        || recogniser.wordEnd() && wordGoesOn
                        || best != null && bestLength > acceptedLengths[i] && recogniser.tail() == null) {
                    continue;
                }
                if (asked[number] != choice) {
                    asked[number] = choice;
                    if (!begins(recogniser)) {
                        tried[number] = choice;
                        continue;
                    }
                }
                // what takes as much as it can: less of it is no candidate of its own
                if (!recogniser.wordEnd()) {
                    tried[number] = choice;
                }
                consider(recogniser, acceptedLengths[i], from, beyond);
            }
        }
        return best != null;
    }

    /** Whether some candidate of a recogniser may be confirmed at this position. */
    private boolean begins(Recogniser recogniser) {
        return (recogniser.announced() == null || candidate.supported(recogniser.announced()))
                && recogniser.beginning().confirms(candidate);
    }

    /** Whether what a reader sees next is part of a word; the run has read so far. */
    private static boolean word(byte[] text, int from, int end) {
        int at = from;
        for (int skipped = 0; at < end && skipped <= Plan.MOST_SKIPPED_AT_EDGES; skipped++) {
            int symbol = Fold.of(Utf8.decode(text, at));
            if (symbol != Fold.SKIP) {
                return Fold.word(symbol);
            }
            at += Utf8.length(text[at]);
        }
        return false;
    }

    private void consider(Recogniser recogniser, int candidateLength, int from, int beyond) {
        boolean beaten = best != null && best.score() >= recogniser.score();
        if (beaten || from + ends[candidateLength - 1 - recogniser.trail()] <= beyond) {
            return;
        }
        candidate.set(candidateLength);
        checks++;
        if (recogniser.check().confirms(candidate)) {
            best = recogniser;
            bestLength = candidateLength;
        }
    }

    long steps() {
        return steps;
    }

    long checks() {
        return checks;
    }

    Recogniser recogniser() {
        return best;
    }

    /** The first symbols of the chosen match. */
    String beginning(int count) {
        return new String(symbols, 0, count, StandardCharsets.ISO_8859_1);
    }

    /** Where the chosen match begins and ends, counted from the position of the run. */
    int start() {
        return best.lead() == 0 ? 0 : ends[best.lead() - 1];
    }

    int end() {
        return ends[bestLength - 1 - best.trail()];
    }

    /** Where the pattern ended, which is behind {@link #end} where the pattern asks for something that follows. */
    int patternEnd() {
        return ends[bestLength - 1];
    }
}
