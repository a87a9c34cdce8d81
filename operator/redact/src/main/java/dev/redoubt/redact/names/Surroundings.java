package dev.redoubt.redact.names;

import dev.redoubt.redact.recognise.Before;
import dev.redoubt.redact.recognise.Context;
import dev.redoubt.redact.text.Letters;

/** What stands to the left of a phrase: one or two words, and what lies between. */
final class Surroundings {
    private static final int MOST_LETTERS = 24;
    private static final int MOST_PARTICLES = 3;
    /** "I'm" is not the German "im". */
    private static final int LETTERS_OF_I_AM = 3;

    private final Gazetteer gazetteer = Gazetteer.get();
    private final byte[] word = new byte[MOST_LETTERS];

    private Before before;
    private int distance;
    /** Bytes of the symbol read last. */
    private int width;

    private int length;
    private boolean capital;

    private long cues;
    private long pair;
    private boolean titled;
    private boolean afterCapital;
    private boolean begins;
    private boolean comma;
    private boolean colon;
    private boolean stop;
    private boolean other;

    /** Reads what a reader of the output sees to the left; the same however the text came. */
    void read(Before newBefore) {
        before = newBefore;
        distance = 1;
        cues = 0;
        pair = 0;
        titled = false;
        afterCapital = false;
        begins = false;
        comma = false;
        colon = false;
        stop = false;
        other = false;
        boolean line = false;
        int symbol = symbol();
        for (; !letter(symbol); symbol = symbol()) {
            if (symbol < 0) {
                begins = true;
                return;
            }
            line |= symbol == '\n';
            comma |= symbol == ',';
            colon |= symbol == ':' || symbol == '=' || symbol == '?';
            stop |= symbol == '.';
            other |= symbol != ' '
                    && symbol != ','
                    && symbol != ':'
                    && symbol != '='
                    && symbol != '?'
                    && symbol != '.'
                    && symbol != '\n';
            distance += width;
        }
        begins = colon || stop || other || line;
        if (!word()) {
            return;
        }
        afterCapital = capital;
        long last = hash(Gazetteer.EMPTY);
        cues = gazetteer.cues(last);
        if (other || stop && !Cue.TITLE.in(cues) || line && !comma && !colon) {
            stop |= line;
            cues = Cue.TITLE.in(cues) && !line && !other ? Cue.TITLE.bit : 0;
            return;
        }
        int lastLength = length;
        byte[] lastWord = new byte[lastLength];
        System.arraycopy(word, MOST_LETTERS - lastLength, lastWord, 0, lastLength);
        int behindLast = distance;
        if (symbol() == ' ' || symbol() == '_') {
            distance++;
            if (letter(symbol()) && word()) {
                long both = Gazetteer.with(hash(Gazetteer.EMPTY), ' ');
                for (byte letter : lastWord) {
                    both = Gazetteer.with(both, letter);
                }
                pair = gazetteer.cues(both);
            }
        }
        boolean small = Cue.TITLE.in(cues) && Cue.BEFORE_PERSON.in(cues); // "de heer"
        titled = afterCapital
                ? Cue.TITLE.in(cues)
                : small || Cue.NAME_PARTICLE.in(cues) && titleBeforeParticles(behindLast);
    }

    /** Whether "Frau" stands before the "von", or the "von der", that ends at a distance. */
    private boolean titleBeforeParticles(int from) {
        distance = from;
        for (int i = 0; i < MOST_PARTICLES && symbol() == ' '; i++) {
            distance++;
            distance += symbol() == '.' ? 1 : 0;
            if (!letter(symbol()) || !word()) {
                return false;
            }
            long said = gazetteer.cues(hash(Gazetteer.EMPTY));
            if (capital || !Cue.NAME_PARTICLE.in(said)) {
                return Cue.TITLE.in(said);
            }
        }
        return false;
    }

    /** A letter as names are compared by, though a capital stays one; any other byte as it is. */
    private int symbol() {
        width = 1;
        if (distance > Context.MOST_REACH) {
            return -1;
        }
        int symbol = before.at(distance);
        int letter = symbol < 0x80 || distance == Context.MOST_REACH
                ? Letters.NONE
                : Letters.of(before.at(distance + 1), symbol);
        if (letter == Letters.NONE) {
            return symbol;
        }
        width = 2;
        return letter >= Letters.CAPITAL ? (letter & 0x7F) - 'a' + 'A' : letter;
    }

    /** Reads a word backwards; false where memory ends within it or it is too long to say anything. */
    private boolean word() {
        length = 0;
        capital = false;
        for (int symbol = symbol(); letter(symbol); symbol = symbol()) {
            if (length == MOST_LETTERS) {
                return false;
            }
            capital = symbol >= 'A' && symbol <= 'Z';
            length++;
            word[MOST_LETTERS - length] = (byte) (capital ? symbol + 32 : symbol);
            distance += width;
        }
        return distance <= Context.MOST_REACH;
    }

    private long hash(long from) {
        long hash = from;
        for (int i = MOST_LETTERS - length; i < MOST_LETTERS; i++) {
            if (word[i] != '\'' || length == LETTERS_OF_I_AM) {
                hash = Gazetteer.with(hash, word[i]);
            }
        }
        return hash;
    }

    private static boolean letter(int symbol) {
        return symbol >= 'a' && symbol <= 'z'
                || symbol >= 'A' && symbol <= 'Z'
                || symbol >= '0' && symbol <= '9'
                || symbol == '\''
                || symbol >= 128;
    }

    /** Whether a capital here may be that of a sentence, a line or a heading. */
    boolean begins() {
        return begins;
    }

    /** Whether the word before is capitalised too, with nothing but a space between. */
    boolean afterCapital() {
        return afterCapital && !begins && !comma;
    }

    /** Whether a comma stands before, and a capitalised word before that. */
    boolean afterCommaAndName() {
        return comma && !begins;
    }

    /** Whether a title such as "Dr." stands directly before. */
    boolean title() {
        return titled && !comma && !colon && !other;
    }

    /** Whether an article stands directly before. */
    boolean article() {
        return Cue.ARTICLE.in(cues) && !comma && !colon && !stop && !other;
    }

    /** Whether the one or two words before say something. */
    boolean say(Cue cue) {
        return cue.in(cues | pair);
    }

    /** Whether the one or two words before say something and end with a colon. */
    boolean label(Cue cue) {
        return colon && say(cue);
    }
}
