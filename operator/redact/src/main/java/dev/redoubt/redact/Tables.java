package dev.redoubt.redact;

import dev.redoubt.redact.automaton.Automaton;
import dev.redoubt.redact.recognise.Announcements;
import dev.redoubt.redact.recognise.Combined;
import dev.redoubt.redact.recognise.Opening;
import dev.redoubt.redact.recognise.Recogniser;
import dev.redoubt.redact.text.Fold;
import java.lang.ref.SoftReference;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What a list of recognisers is compiled to: megabytes for all of them, and a fraction of a second. Stages, targets and
 * revisions of a policy that look for the same therefore share one. Immutable.
 */
final class Tables {
    private static final int MOST_KEPT = 16;

    private static final Map<List<Recogniser>, SoftReference<Tables>> KEPT =
            new LinkedHashMap<>(MOST_KEPT, 0.75f, true) {
                @Override
                protected boolean removeEldestEntry(Map.Entry<List<Recogniser>, SoftReference<Tables>> eldest) {
                    return size() > MOST_KEPT;
                }
            };

    private final Recogniser[] recognisers;
    private final Automaton automaton;
    private final Prefilter prefilter;
    private final int longest;
    private final Announcements announcements;
    /** 1, 2, 3 and so on. */
    private final int[] ascending;
    /** By the automaton's acceptances: whether all its recognisers take as much as they can. */
    private final boolean[] greedy;
    /** Likewise: whether none of them matches where a word goes on. */
    private final boolean[] wordEnd;

    private Tables(List<Recogniser> recognisers) {
        this.recognisers = recognisers.toArray(Recogniser[]::new);
        this.longest = recognisers.stream()
                .mapToInt(recogniser -> recogniser.pattern().maxLength())
                .max()
                .orElse(0);
        this.ascending = IntStream.rangeClosed(1, longest + 1).toArray();
        this.announcements = Announcements.of(recognisers);
        this.automaton = Combined.of(recognisers);
        this.prefilter = new Prefilter(automaton, recognisers);
        this.greedy = new boolean[automaton.acceptances()];
        this.wordEnd = new boolean[automaton.acceptances()];
        for (int acceptance = 0; acceptance < greedy.length; acceptance++) {
            greedy[acceptance] = Arrays.stream(automaton.accepted(acceptance))
                    .noneMatch(number -> recognisers.get(number).wordEnd());
            wordEnd[acceptance] = Arrays.stream(automaton.accepted(acceptance))
                    .allMatch(number -> recognisers.get(number).wordEnd());
        }
    }

    /** @throws IllegalArgumentException where the patterns of custom entities are too large together */
    static synchronized Tables of(List<Recogniser> recognisers) {
        SoftReference<Tables> kept = KEPT.get(recognisers);
        Tables tables = kept == null ? null : kept.get();
        if (tables == null) {
            List<Recogniser> key = List.copyOf(recognisers);
            tables = new Tables(key);
            KEPT.put(key, new SoftReference<>(tables));
        }
        return tables;
    }

    Recogniser recogniser(int number) {
        return recognisers[number];
    }

    /** How many recognisers there are. */
    int size() {
        return recognisers.length;
    }

    Automaton automaton() {
        return automaton;
    }

    Prefilter prefilter() {
        return prefilter;
    }

    /** Whether some pattern matches in a text of ASCII; what is confirmed is not asked. */
    boolean matchIn(byte[] text, int from, int to) {
        // without a letter before it, a match is not announced
        boolean letters = false;
        boolean inWord = false;
        for (int at = from; at < to; at++) {
            boolean word = Fold.word(text[at]);
            if (!(inWord && word) && matchesAt(text, at, to, Opening.FREE.start(letters))) {
                return true;
            }
            inWord = word;
            letters |= word && text[at] > '9';
        }
        return false;
    }

    private boolean matchesAt(byte[] text, int from, int to, int start) {
        int state = automaton.start(start);
        for (int at = from; at < to; at++) {
            state = automaton.next(state, text[at]);
            if (state == Automaton.DEAD) {
                return false;
            }
            if (automaton.accepts(state)) {
                return true;
            }
        }
        return false;
    }

    /** Symbols of the longest candidate. */
    int longest() {
        return longest;
    }

    Announcements announcements() {
        return announcements;
    }

    /** 1, 2, 3 and so on, for each symbol of a candidate; not to be changed. */
    int[] ascending() {
        return ascending;
    }

    /** Whether all recognisers of an acceptance take as much as they can, so that only their longest match counts. */
    boolean isGreedy(int acceptance) {
        return greedy[acceptance];
    }

    /** Whether no recogniser of an acceptance matches where a word goes on. */
    boolean isWordEnd(int acceptance) {
        return wordEnd[acceptance];
    }
}
