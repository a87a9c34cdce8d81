package dev.redoubt.redact.names;

import dev.redoubt.redact.text.Fold;
import dev.redoubt.redact.text.Letters;

/**
 * Capitalised words in a row, with what joins them: what a name is made of. Reads no further than a {@link Window}, and
 * says where the answer depends on bytes that are not there yet.
 */
final class Phrase {
    static final int MOST_WORDS = 8;

    /** Letters of the longest word that may be a name. */
    private static final int MOST_LETTERS = 24;

    /** How a word is written. */
    enum Shape {
        /** "Anna". */
        CAPITALISED,
        /** "ANNA". */
        CAPITALS,
        /** "J." or "J". */
        INITIAL,
        /** "GitHub". */
        MIXED,
        /** "van", between capitalised ones. */
        SMALL
    }

    /** What stands before a word. */
    enum Joiner {
        NOTHING,
        SPACE,
        HYPHEN,
        /** A full stop that is part of the word before it, with or without a space. */
        STOP,
        COMMA
    }

    private final Gazetteer gazetteer = Gazetteer.get();
    private final Window window;
    private final int[] starts = new int[MOST_WORDS];
    private final int[] ends = new int[MOST_WORDS];
    private final long[] cues = new long[MOST_WORDS];
    private final Shape[] shapes = new Shape[MOST_WORDS];
    private final Joiner[] joiners = new Joiner[MOST_WORDS];
    private final byte[] letters = new byte[Window.MOST_BYTES];
    private final int[] lettersFrom = new int[MOST_WORDS + 1];

    private int count;
    private int run;
    private boolean possessive;
    private long after;

    /** Position behind the word read last; it is no word of a name where this is negative. */
    private int wordEnd;

    private Shape wordShape;
    private int wordLetters;
    private long wordCues;

    Phrase(Window window) {
        this.window = window;
    }

    /**
     * Reads the phrase at a position where a capital begins a word.
     *
     * @return whether there are words, and all bytes to know them; otherwise see {@link Window#open}
     */
    boolean read(int at) {
        count = 0;
        run = 0;
        possessive = false;
        after = 0;
        wordLetters = 0;
        int next = word(at, Joiner.NOTHING);
        boolean list = false;
        while (next >= 0 && count < MOST_WORDS && !window.open()) {
            Joiner joiner = joiners[count];
            if (joiner == Joiner.COMMA) {
                list = true;
            }
            next = word(next, joiner);
            if (list) {
                break;
            }
        }
        while (count > run && shapes[count - 1] == Shape.SMALL) {
            count--;
        }
        return !window.open() && count > 0;
    }

    /** Reads a word into its place, and what joins the next one to it; gives where that begins, -1 where none does. */
    private int word(int at, Joiner joiner) {
        int saved = wordLetters;
        scan(at);
        if (window.open() || wordEnd < 0) {
            wordLetters = saved;
            return -1;
        }
        push(at, wordEnd, joiner, wordShape, wordCues, saved);
        if (joiner != Joiner.COMMA) {
            run = count;
        }
        return possessive ? -1 : join(wordEnd);
    }

    private void push(int start, int end, Joiner joiner, Shape shape, long said, int from) {
        starts[count] = start;
        ends[count] = end;
        joiners[count] = joiner;
        shapes[count] = shape;
        cues[count] = said;
        lettersFrom[count] = from;
        lettersFrom[++count] = wordLetters;
    }

    private int join(int at) {
        int symbol = window.symbol(at);
        Joiner joiner = Joiner.SPACE;
        int next = at;
        if (symbol == '.' && stopBelongs()) {
            next = at + 1;
            symbol = window.symbol(next);
            joiner = Joiner.STOP;
            if (window.capital(next)) {
                boolean one = shapes[count - 1] == Shape.INITIAL || Cue.COMPANY.in(cues[count - 1]); // "Co.Ltd"
                return one ? joined(next, joiner) : -1;
            }
        } else if (symbol == ',') {
            next = at + 1;
            symbol = window.symbol(next);
            joiner = Joiner.COMMA;
        } else if (symbol == '-') {
            return window.capital(at + window.width(at)) ? joined(at + window.width(at), Joiner.HYPHEN) : -1;
        }
        if (symbol != ' ') {
            return -1;
        }
        next += window.width(next);
        if (window.capital(next)) {
            return joined(next, joiner);
        }
        return joiner == Joiner.COMMA || window.open() ? -1 : between(next, joiner);
    }

    private int joined(int next, Joiner joiner) {
        if (count < MOST_WORDS) {
            joiners[count] = joiner;
        }
        return next;
    }

    private boolean stopBelongs() {
        Shape shape = shapes[count - 1];
        long said = cues[count - 1];
        long abbreviated = Cue.mask(Cue.TITLE, Cue.NAME_SUFFIX, Cue.STREET, Cue.COMPANY, Cue.PLACE_HEAD);
        // behind "King" a sentence ends: what is a name too is written out
        boolean name = Cue.TITLE.in(said) && (said & Cue.mask(Cue.GIVEN, Cue.SURNAME)) != 0;
        return shape == Shape.INITIAL || !name && (said & abbreviated) != 0;
    }

    /** Small words between capitalised ones, at most two of them; the first is remembered as what follows. */
    private int between(int at, Joiner joiner) {
        int words = count;
        int saved = wordLetters;
        int next = at;
        for (int i = 0; i < 2 && count < MOST_WORDS; i++) {
            int start = next;
            if (window.symbol(start) == '&' && window.symbol(start + 1) == ' ') {
                wordEnd = start + 1;
                letters[wordLetters++] = '&';
                wordCues = Cue.PARTICLE.bit;
            } else {
                scan(start);
            }
            if (window.open() || wordEnd < 0) {
                break;
            }
            if (i == 0) {
                after = wordCues;
            }
            boolean ascii = wordEnd - start == wordLetters - lettersFrom[count]; // "saß" is no "sas"
            if (i == 0 && Cue.COMPANY.in(wordCues) && wordEnd - start > 2 && ascii) {
                push(start, wordEnd, joiner, Shape.CAPITALISED, wordCues, lettersFrom[count]); // "plc"
                run = count;
                return -1;
            }
            if (!Cue.PARTICLE.in(wordCues)) {
                break;
            }
            push(start, wordEnd, i == 0 ? joiner : Joiner.SPACE, Shape.SMALL, wordCues, lettersFrom[count]);
            int symbol = window.symbol(wordEnd);
            next = wordEnd + window.width(wordEnd);
            if (symbol == '-' && window.capital(next)) {
                return joined(next, Joiner.HYPHEN);
            }
            if (symbol != ' ' && !elided(wordEnd)) {
                break;
            }
            if (window.capital(next)) {
                return joined(next, Joiner.SPACE);
            }
        }
        possessive = false;
        count = words;
        wordLetters = saved;
        return -1;
    }

    /** Reads the letters of one word, and what comes directly behind it as far as that tells whether it is one. */
    private void scan(int from) {
        int at = from;
        int begin = wordLetters;
        int capitals = 0;
        long hash = Gazetteer.EMPTY;
        boolean first = false;
        possessive = false;
        wordEnd = -1;
        while (true) {
            int symbol = window.symbol(at);
            if (window.open()) {
                return;
            }
            int letter = window.letter(at);
            if (letter != Letters.NONE) {
                if (wordLetters - begin == MOST_LETTERS) {
                    return;
                }
                capitals += letter >= Letters.CAPITAL ? 1 : 0;
                first |= at == from && letter >= Letters.CAPITAL;
                letters[wordLetters++] = (byte) (letter & 0x7F);
                hash = Gazetteer.with(hash, letter & 0x7F);
                at += window.width(at);
            } else if (symbol == Fold.SKIP) {
                at += window.width(at);
            } else if (capitals == 0 && elided(at)) {
                break;
            } else if (window.apostrophe(at) && wordLetters > begin && window.letterAt(at + window.width(at))) {
                int behind = at + window.width(at);
                if ((window.letter(behind) & 0x7F) == 's' && !window.letterAt(behind + window.width(behind))) {
                    possessive = true;
                    break;
                }
                at += window.width(at);
            } else {
                break;
            }
        }
        int length = wordLetters - begin;
        wordCues = gazetteer.cues(hash);
        if (window.open() || length == 0 || window.beyond(at) || goesOn(at, length == 1 || Cue.COMPANY.in(wordCues))) {
            return;
        }
        if (length == 1 && first) {
            wordShape = Shape.INITIAL;
        } else if (first && capitals == length) {
            wordShape = Shape.CAPITALS;
        } else if (capitals > 1) {
            boolean name = (wordCues & Cue.mask(Cue.GIVEN, Cue.SURNAME)) != 0;
            wordShape = name ? Shape.CAPITALISED : Shape.MIXED;
        } else {
            wordShape = first ? Shape.CAPITALISED : Shape.SMALL;
        }
        wordEnd = at;
    }

    /** Whether a small word such as "l'" or "dell'" ends at a position and a capital goes on from there. */
    private boolean elided(int at) {
        return window.apostrophe(at) && window.capital(window.behind(at));
    }

    /** Whether what stands behind a word makes it part of something else: an address, an identifier, a number. */
    private boolean goesOn(int at, boolean abbreviated) {
        int symbol = window.symbol(at);
        if (Fold.word(symbol) || symbol == '@' || symbol == '=') {
            return true;
        }
        if (symbol == '.' || symbol == '-' || symbol == ':') {
            int next = window.symbol(at + window.width(at));
            boolean digit = next >= '0' && next <= '9';
            return symbol == '.' && Fold.word(next) && !abbreviated
                    || symbol == '-' && digit
                    || symbol == ':' && next == '/';
        }
        return false;
    }

    /** Words without a comma before them. */
    int run() {
        return run;
    }

    /** All words. */
    int count() {
        return count;
    }

    int start(int word) {
        return starts[word];
    }

    int end(int word) {
        return ends[word];
    }

    Shape shape(int word) {
        return shapes[word];
    }

    Joiner joiner(int word) {
        return joiners[word];
    }

    /** Bits of {@link Cue} of one word. */
    long cues(int word) {
        return cues[word];
    }

    /** Whether a word of the phrase says something. */
    boolean is(int word, Cue cue) {
        return cue.in(cues[word]);
    }

    /** Whether no name begins with the first word. */
    boolean stopped() {
        return is(0, Cue.STOP) || is(0, Cue.FOREIGN_STOP);
    }

    /** What the first words say together. */
    long cuesOfFirst(int words) {
        long hash = Gazetteer.EMPTY;
        for (int word = 0; word < words; word++) {
            if (word > 0) {
                hash = Gazetteer.with(hash, ' ');
            }
            for (int i = lettersFrom[word]; i < lettersFrom[word + 1]; i++) {
                hash = Gazetteer.with(hash, letters[i]);
            }
        }
        return gazetteer.cues(hash);
    }

    /** The letters of a word from one on as {@link Letters} has them, 0 behind the last. */
    int letter(int word, int index) {
        return index < length(word) ? letters[lettersFrom[word] + index] : 0;
    }

    /** Letters of a word. */
    int length(int word) {
        return lettersFrom[word + 1] - lettersFrom[word];
    }

    /** What the word behind the phrase says, where it is a small one. */
    long after() {
        return after;
    }

    /** Whether the last word is followed by "'s". */
    boolean possessive() {
        return possessive;
    }
}
