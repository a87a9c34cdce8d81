package dev.redoubt.redact.names;

import dev.redoubt.redact.text.Fold;
import dev.redoubt.redact.text.Utf8;

/**
 * Capitalised words in a row, with what joins them: what a name is made of. Reads no further than {@link #MOST_BYTES}, and
 * says where the answer depends on bytes that are not there yet.
 */
final class Phrase {
    /** Bytes of the longest phrase, its number and the word behind it included. */
    static final int MOST_BYTES = 160;

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
    private final int[] starts = new int[MOST_WORDS];
    private final int[] ends = new int[MOST_WORDS];
    private final int[] cues = new int[MOST_WORDS];
    private final Shape[] shapes = new Shape[MOST_WORDS];
    private final Joiner[] joiners = new Joiner[MOST_WORDS];
    private final byte[] letters = new byte[MOST_BYTES];
    private final int[] lettersFrom = new int[MOST_WORDS + 1];

    private byte[] text;
    private int limit;
    /** Whether no more text comes, or none that would be read. */
    private boolean cut;

    /** Whether the text goes on, or may, behind what is read. */
    private boolean limited;

    private boolean open;
    private int count;
    private int run;
    private boolean possessive;
    private int after;

    /** Position behind the word read last; it is no word of a name where this is negative. */
    private int wordEnd;

    private Shape wordShape;
    private int wordLetters;
    private int wordCues;

    /**
     * Reads the phrase at a position where a capital begins a word.
     *
     * @param from where all of what is looked at begins, a number before the phrase included
     * @param last whether no more text follows
     * @return whether there are words, and all bytes to know them; otherwise see {@link #open}
     */
    boolean read(byte[] newText, int from, int at, int end, boolean last) {
        text = newText;
        limit = Math.min(end, from + MOST_BYTES);
        limited = end - from >= MOST_BYTES;
        cut = last || limited;
        open = false;
        count = 0;
        run = 0;
        possessive = false;
        after = 0;
        wordLetters = 0;
        int next = word(at, Joiner.NOTHING);
        boolean list = false;
        while (next >= 0 && count < MOST_WORDS && !open) {
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
        return !open && count > 0;
    }

    /** Reads a word into its place, and what joins the next one to it; gives where that begins, -1 where none does. */
    private int word(int at, Joiner joiner) {
        int saved = wordLetters;
        scan(at);
        if (open || wordEnd < 0) {
            wordLetters = saved;
            return -1;
        }
        push(at, wordEnd, joiner, wordShape, wordCues, saved);
        if (joiner != Joiner.COMMA) {
            run = count;
        }
        return possessive ? -1 : join(wordEnd);
    }

    private void push(int start, int end, Joiner joiner, Shape shape, int said, int from) {
        starts[count] = start;
        ends[count] = end;
        joiners[count] = joiner;
        shapes[count] = shape;
        cues[count] = said;
        lettersFrom[count] = from;
        lettersFrom[++count] = wordLetters;
    }

    private int join(int at) {
        int symbol = symbol(at);
        Joiner joiner = Joiner.SPACE;
        int next = at;
        if (symbol == '.' && stopBelongs()) {
            next = at + 1;
            symbol = symbol(next);
            joiner = Joiner.STOP;
            if (capital(next)) {
                return shapes[count - 1] == Shape.INITIAL ? joined(next, joiner) : -1;
            }
        } else if (symbol == ',') {
            next = at + 1;
            symbol = symbol(next);
            joiner = Joiner.COMMA;
        } else if (symbol == '-') {
            return capital(at + width(at)) ? joined(at + width(at), Joiner.HYPHEN) : -1;
        }
        if (symbol != ' ') {
            return -1;
        }
        next += width(next);
        if (capital(next)) {
            return joined(next, joiner);
        }
        return joiner == Joiner.COMMA || open ? -1 : between(next, joiner);
    }

    private int joined(int next, Joiner joiner) {
        if (count < MOST_WORDS) {
            joiners[count] = joiner;
        }
        return next;
    }

    private boolean stopBelongs() {
        Shape shape = shapes[count - 1];
        int abbreviated = Cue.mask(Cue.TITLE, Cue.NAME_SUFFIX, Cue.STREET, Cue.COMPANY, Cue.PLACE_HEAD);
        return shape == Shape.INITIAL || (cues[count - 1] & abbreviated) != 0;
    }

    /** Small words between capitalised ones, at most two of them; the first is remembered as what follows. */
    private int between(int at, Joiner joiner) {
        int words = count;
        int saved = wordLetters;
        int next = at;
        for (int i = 0; i < 2 && count < MOST_WORDS; i++) {
            int start = next;
            if (symbol(start) == '&' && symbol(start + 1) == ' ') {
                wordEnd = start + 1;
                letters[wordLetters++] = '&';
                wordCues = Cue.PARTICLE.bit;
            } else {
                scan(start);
            }
            if (open || wordEnd < 0) {
                break;
            }
            if (i == 0) {
                after = wordCues;
            }
            if (!Cue.PARTICLE.in(wordCues)) {
                break;
            }
            push(start, wordEnd, i == 0 ? joiner : Joiner.SPACE, Shape.SMALL, wordCues, lettersFrom[count]);
            int symbol = symbol(wordEnd);
            next = wordEnd + width(wordEnd);
            if (symbol == '-' && capital(next)) {
                return joined(next, Joiner.HYPHEN);
            }
            if (symbol != ' ') {
                break;
            }
            if (capital(next)) {
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
            int symbol = symbol(at);
            if (open) {
                return;
            }
            int letter = at < limit ? Letters.at(text, at) : Letters.NONE;
            if (letter != Letters.NONE) {
                if (wordLetters - begin == MOST_LETTERS) {
                    return;
                }
                capitals += letter >= Letters.CAPITAL ? 1 : 0;
                first |= at == from && letter >= Letters.CAPITAL;
                letters[wordLetters++] = (byte) (letter & 0x7F);
                hash = Gazetteer.with(hash, letter & 0x7F);
                at += width(at);
            } else if (symbol == Fold.SKIP) {
                at += width(at);
            } else if (apostrophe(at) && wordLetters > begin && letterAt(at + width(at))) {
                int behind = at + width(at);
                if ((Letters.at(text, behind) & 0x7F) == 's' && !letterAt(behind + width(behind))) {
                    possessive = true;
                    break;
                }
                at += width(at);
            } else {
                break;
            }
        }
        int length = wordLetters - begin;
        if (open || length == 0 || limited && at >= limit || goesOn(at, length == 1)) {
            return;
        }
        wordCues = gazetteer.cues(hash);
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

    /** Whether what stands behind a word makes it part of something else: an address, an identifier, a number. */
    private boolean goesOn(int at, boolean single) {
        int symbol = symbol(at);
        if (Fold.word(symbol) || symbol == '@' || symbol == '=') {
            return true;
        }
        if (symbol == '.' || symbol == '-' || symbol == ':') {
            int next = symbol(at + width(at));
            boolean digit = next >= '0' && next <= '9';
            return symbol == '.' && Fold.word(next) && !single
                    || symbol == '-' && digit
                    || symbol == ':' && next == '/';
        }
        return false;
    }

    private boolean apostrophe(int at) {
        return at < limit && (text[at] == '\'' || text[at] == (byte) 0xE2 && Utf8.decode(text, at) == 0x2019);
    }

    private boolean capital(int at) {
        symbol(at);
        return at < limit && Letters.at(text, at) >= Letters.CAPITAL;
    }

    private boolean letterAt(int at) {
        symbol(at);
        return at < limit && Letters.at(text, at) != Letters.NONE;
    }

    /** The symbol at a position, {@link Fold#OTHER} behind the end; remembers where more text could change it. */
    private int symbol(int at) {
        if (at >= limit) {
            open |= !cut;
            return Fold.OTHER;
        }
        return Fold.of(Utf8.decode(text, at));
    }

    private int width(int at) {
        return at < limit ? Utf8.length(text[at]) : 1;
    }

    /** Whether more text is needed. */
    boolean open() {
        return open;
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
    int cues(int word) {
        return cues[word];
    }

    /** Whether a word of the phrase says something. */
    boolean is(int word, Cue cue) {
        return cue.in(cues[word]);
    }

    /** What the first words say together. */
    int cuesOfFirst(int words) {
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

    /** Letters of a word. */
    int length(int word) {
        return lettersFrom[word + 1] - lettersFrom[word];
    }

    /** What the word behind the phrase says, where it is a small one. */
    int after() {
        return after;
    }

    /** Whether the last word is followed by "'s". */
    boolean possessive() {
        return possessive;
    }

    /** Where a number of some digits ends that follows a space at a position; the position where there is none. */
    int number(int at, int least, int most) {
        int next = at + 1;
        if (symbol(at) != ' ') {
            return at;
        }
        next += symbol(next) == '#' ? 1 : 0;
        int from = next;
        while (next - from <= most && symbol(next) >= '0' && symbol(next) <= '9' && next < limit && text[next] > 0) {
            next++;
        }
        int digits = next - from;
        boolean whole = digits >= least && digits <= most && !Fold.word(symbol(next));
        return whole ? next : at;
    }
}
