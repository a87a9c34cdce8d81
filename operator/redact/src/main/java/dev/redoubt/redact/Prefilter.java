package dev.redoubt.redact;

import static dev.redoubt.redact.text.EightBytes.HIGHS;
import static dev.redoubt.redact.text.EightBytes.ONES;

import dev.redoubt.redact.automaton.Automaton;
import dev.redoubt.redact.recognise.Opening;
import dev.redoubt.redact.recognise.Recogniser;
import dev.redoubt.redact.text.EightBytes;
import dev.redoubt.redact.text.Fold;
import dev.redoubt.redact.text.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.List;

/**
 * Throws out nearly every position of a text before the automaton runs: by the byte before, the first two bytes, the
 * length of the word that begins there, and at last the first few symbols. Immutable.
 */
final class Prefilter {
    /** Symbols that are looked at. */
    private static final int DEPTH = 8;

    /** Patterns that begin with a longer word need not be looked for in the ordinary words of a text. */
    private static final int LONG_WORD = 12;

    /** A match may begin in any word, in a long one. */
    private static final int ANY = 1;

    private static final int LONG = 2;

    /** Gathers the lowest bits of eight bytes in the highest byte. */
    private static final long GATHER = 0x0102040810204080L;

    private static final BitSet WORD = words();
    private static final boolean[] IS_WORD = new boolean[128];
    /** By ASCII byte: whether something does not begin behind it. */
    private static final boolean[] CLOSES = new boolean[128];

    private static final int FREE = Opening.FREE.start(true);
    /** By ASCII byte, 0 to 63: the letter whatever its case, a digit, or the mark; control characters are like a space. */
    private static final byte[] GROUP = new byte[128];

    static {
        for (int symbol = 0; symbol < 128; symbol++) {
            IS_WORD[symbol] = WORD.get(symbol);
            CLOSES[symbol] = Opening.behind(symbol, '0') != Opening.FREE;
            GROUP[symbol] = (byte) (grouped(symbol) - ' ');
        }
    }

    /** A symbol from the space to the underscore that stands for a group; nine of the digits stand for other marks. */
    private static int grouped(int symbol) {
        if (symbol < ' ' || symbol == 127) {
            return ' ';
        }
        if (symbol >= '0' && symbol <= '9') {
            return '0';
        }
        if (symbol >= 'a' && symbol <= 'z') {
            return symbol - 'a' + 'A';
        }
        int mark = "`{|}~".indexOf(symbol);
        return mark >= 0 ? '1' + mark : symbol;
    }

    /** Of all patterns but those that begin with a long word. */
    private final Automaton anywhere;
    /** Of those. */
    private final Automaton inLongWords;
    /** By the groups of three ASCII bytes, as bits: whether a match may begin with them in any word. */
    private final long[] anywhereTriples = new long[1 << 12];

    /** The same for matches that begin with a long word. */
    private final long[] longTriples = new long[1 << 12];

    private final boolean[] firsts = new boolean[1 << 7];
    /** By the low six bits of the two first bytes of a character outside ASCII. */
    private final boolean[] disguised = new boolean[1 << 12];
    /** Bytes that are no part of a word and may begin a match, each eight times. */
    private final long[] marks;

    /** @param automaton that of the recognisers, whose start state with number 0 admits all of them */
    Prefilter(Automaton automaton, List<Recogniser> recognisers) {
        int[] others = new int[recognisers.size()];
        int[] longs = new int[recognisers.size()];
        for (int i = 0; i < recognisers.size(); i++) {
            boolean isLong = recognisers.get(i).pattern().leastLead(WORD) >= LONG_WORD;
            others[i] = isLong ? -1 : i;
            longs[i] = isLong ? i : -1;
        }
        anywhere = automaton.only(others).beginnings(DEPTH);
        inLongWords = automaton.only(longs).beginnings(DEPTH);
        for (int first = 0; first < firsts.length; first++) {
            firsts[first] = begins(first);
        }
        fill(anywhereTriples, anywhere);
        fill(longTriples, inLongWords);
        for (int codePoint = 128; codePoint < 0x20000; codePoint++) {
            int symbol = Fold.of(codePoint);
            boolean surrogate = codePoint >= 0xD800 && codePoint < 0xE000;
            if (!surrogate && symbol < Fold.ALPHABET && begins(symbol)) {
                byte[] bytes = Character.toString(codePoint).getBytes(StandardCharsets.UTF_8);
                disguised[(bytes[0] & 0x3F) << 6 | bytes[1] & 0x3F] = true;
            }
        }
        marks = java.util.stream.IntStream.range(0, 128)
                .filter(symbol -> firsts[symbol] && !IS_WORD[symbol])
                .mapToLong(symbol -> symbol * ONES)
                .toArray();
    }

    private boolean begins(int first) {
        return anywhere.next(anywhere.start(0), first) != Automaton.DEAD
                || inLongWords.next(inLongWords.start(0), first) != Automaton.DEAD;
    }

    private static void fill(long[] triples, Automaton beginnings) {
        for (int first = 0; first < 128; first++) {
            int one = beginnings.next(beginnings.start(0), first);
            for (int second = 0; second < 128 && one != Automaton.DEAD; second++) {
                int two = beginnings.accepts(one) ? one : beginnings.next(one, second);
                for (int third = 0; third < 128 && two != Automaton.DEAD; third++) {
                    if (beginnings.accepts(two) || beginnings.next(two, third) != Automaton.DEAD) {
                        int triple = triple(first, second, third);
                        triples[triple >>> 6] |= 1L << triple;
                    }
                }
            }
        }
    }

    private static int triple(int first, int second, int third) {
        return GROUP[first] << 12 | GROUP[second] << 6 | GROUP[third];
    }

    /** Goes through one text. */
    Positions positions() {
        return new Positions();
    }

    /** In which words a match may begin as the text at a position does: {@link #ANY}, {@link #LONG}, both or 0. */
    private int admits(byte[] text, int at, int end) {
        int first = text[at];
        if (first < 0) {
            return first >= (byte) 0xC0 && disguised[(first & 0x3F) << 6 | text[at + 1] & 0x3F] ? ANY | LONG : 0;
        }
        if (at + 2 >= end || (text[at + 1] | text[at + 2]) < 0) {
            return firsts[first] ? ANY | LONG : 0;
        }
        int triple = triple(first, text[at + 1], text[at + 2]);
        long any = anywhereTriples[triple >>> 6] >>> triple & 1;
        long inLong = longTriples[triple >>> 6] >>> triple & 1;
        return (int) (any * ANY | inLong * LONG);
    }

    /** Whether a word is long, or not known to be short. */
    private static boolean isLongWord(byte[] text, int at, int end) {
        int stop = Math.min(end, at + LONG_WORD);
        for (int i = at; i < stop; i++) {
            if (text[i] < 0) {
                return true; // perhaps a letter, or nothing that a reader sees
            }
            if (!IS_WORD[text[i]]) {
                return false;
            }
        }
        return true;
    }

    /** The start of matches at a position, negative where none begins because it is inside of a word. */
    private static int opening(byte[] text, int at, int fresh) {
        int previous = at > fresh ? text[at - 1] : ' ';
        if ((previous | text[at]) < 0) {
            return at > fresh && inWord(text, at, fresh) ? -1 : FREE;
        }
        return CLOSES[previous] && at - 2 >= fresh
                ? Opening.behind(previous, text[at - 2]).start(true)
                : FREE;
    }

    /**
     * Whether words have both the character at a position and the one that a reader sees before, as far as that is known to
     * begin no earlier than another position.
     */
    private static boolean inWord(byte[] text, int at, int from) {
        if (!Fold.word(Fold.of(Utf8.decode(text, at)))) {
            return false;
        }
        int end = at;
        for (int skipped = 0; end > from && skipped <= Plan.MOST_SKIPPED_AT_EDGES; skipped++) {
            int begin = end - 1;
            while (begin > from && (text[begin] & 0xC0) == 0x80) {
                begin--;
            }
            int symbol = begin + Utf8.length(text[begin]) == end ? Fold.of(Utf8.decode(text, begin)) : Fold.OTHER;
            if (symbol != Fold.SKIP) {
                return Fold.word(symbol);
            }
            end = begin;
        }
        return false;
    }

    private static boolean goesOn(byte[] text, int at, int end, Automaton beginnings, int opening) {
        int state = beginnings.start(opening);
        for (int i = at; state != Automaton.DEAD && i < end; i++) {
            int symbol = text[i];
            if (symbol < 0) {
                symbol = Fold.of(Utf8.decode(text, i));
                i += Utf8.length(text[i]) - 1;
                if (symbol == Fold.SKIP) {
                    return true;
                }
            }
            state = beginnings.next(state, symbol);
            if (beginnings.accepts(state)) {
                return true;
            }
        }
        return state != Automaton.DEAD;
    }

    private static BitSet words() {
        BitSet words = new BitSet();
        for (int symbol = 0; symbol < 128; symbol++) {
            words.set(symbol, Fold.word(symbol));
        }
        return words;
    }

    /** Eight bytes: in the lowest bit of each whether it is an ASCII letter, digit or underscore. */
    private static long words(long bytes) {
        long ascii = bytes & ~HIGHS;
        long lower = ascii | 0x20 * ONES;
        long letters = lower + (0x80 - 'a') * ONES & ~(lower + (0x7F - 'z') * ONES);
        long digits = ascii + (0x80 - '0') * ONES & ~(ascii + (0x7F - '9') * ONES);
        return ((letters | digits | equal(ascii, '_' * ONES)) & ~bytes & HIGHS) >>> 7;
    }

    /** The highest bit of each byte below 128 that is that of the other. */
    private static long equal(long ascii, long other) {
        return ~((ascii ^ other) + 0x7F * ONES);
    }

    private long marks(long bytes) {
        long ascii = bytes & ~HIGHS;
        long found = 0;
        for (long mark : marks) {
            found |= equal(ascii, mark);
        }
        // a byte that begins a character outside of ASCII has its two highest bits set
        return (found & ~bytes & HIGHS | bytes & bytes << 1 & HIGHS) >>> 7;
    }

    /** The positions of one text at which a match may begin, looked for in blocks of 64 bytes. */
    final class Positions {
        private int from;
        private int to;
        /** By distance from {@link #from}: beginnings of words, and what else may begin a match. */
        private long open;

        private long words;

        private Positions() {}

        /**
         * The first position from {@code at} on where a match may begin, or {@code limit}.
         *
         * @param end end of the text, not before {@code limit}
         * @param fresh a position whose byte before may have been replaced and does not count; behind it bytes are as they are
         */
        int next(byte[] text, int at, int limit, int end, int fresh) {
            if (fresh < at || fresh >= limit) {
                return search(text, at, limit, end, fresh);
            }
            int position = search(text, at, fresh, end, fresh);
            if (position < fresh || begins(text, fresh, end, admits(text, fresh, end), FREE)) {
                return position;
            }
            return search(text, fresh + 1, limit, end, fresh);
        }

        private int search(byte[] text, int at, int limit, int end, int fresh) {
            for (int i = at; i < limit; i = to) {
                if (i < from || i >= to) {
                    load(text, i, end);
                }
                for (long rest = open & -1L << i - from; rest != 0; rest &= rest - 1) {
                    int position = from + Long.numberOfTrailingZeros(rest);
                    if (position >= limit) {
                        return limit;
                    }
                    // most words are thrown out here
                    int words = admits(text, position, end);
                    if (words != 0) {
                        int opening = opening(text, position, fresh);
                        if (opening >= 0 && begins(text, position, end, words, opening)) {
                            return position;
                        }
                    }
                }
            }
            return limit;
        }

        private boolean begins(byte[] text, int at, int end, int words, int opening) {
            return (words & ANY) != 0 && goesOn(text, at, end, anywhere, opening)
                    || (words & LONG) != 0 && isLongWord(text, at, end) && goesOn(text, at, end, inLongWords, opening);
        }

        /** {@link Prefilter#isLongWord}, for the word at a distance from {@link #from}. */
        private boolean isLongWord(byte[] text, int at, int end) {
            if (at < from || at >= to) {
                return Prefilter.isLongWord(text, at, end);
            }
            int length = Long.numberOfTrailingZeros(~(words >>> at - from));
            int stop = at + length;
            return stop < to ? length >= LONG_WORD || text[stop] < 0 : Prefilter.isLongWord(text, at, end);
        }

        /** The bytes are no longer where they were. */
        void moved() {
            to = 0;
        }

        private void load(byte[] text, int at, int end) {
            from = at;
            to = Math.min(at + Long.SIZE, end);
            words = 0;
            long others = 0;
            int i = 0;
            for (; from + i + Long.BYTES <= to; i += Long.BYTES) {
                long bytes = EightBytes.at(text, from + i);
                words |= words(bytes) * GATHER >>> 56 << i;
                others |= marks(bytes) * GATHER >>> 56 << i;
            }
            for (; from + i < to; i++) {
                int symbol = text[from + i];
                boolean word = symbol >= 0 && IS_WORD[symbol];
                boolean other = symbol >= 0 ? !word && firsts[symbol] : symbol >= (byte) 0xC0;
                words |= (word ? 1L : 0L) << i;
                others |= (other ? 1L : 0L) << i;
            }
            long inWord = text[at - 1] >= 0 && IS_WORD[text[at - 1]] ? 1 : 0;
            open = words & ~(words << 1 | inWord) | others;
        }
    }
}
