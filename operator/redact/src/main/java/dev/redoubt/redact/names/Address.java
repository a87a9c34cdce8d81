package dev.redoubt.redact.names;

import dev.redoubt.redact.text.Fold;
import dev.redoubt.redact.text.Letters;

/**
 * What follows the name of a street: the number of the house, the flat, the town, the state and the postal code, each behind
 * a comma, a line break or a space. A word that could be a town belongs to it where a list knows the town, where a state or a
 * postal code follows, or where nothing but a town can stand there.
 */
final class Address {
    private static final int MOST_PARTS = 9;
    private static final int MOST_WORDS = 4;
    private static final int MOST_LETTERS = 24;
    private static final int LEAST_LETTERS_OF_A_TOWN = 3;
    private static final int MOST_BLANKS = 12;
    private static final int MOST_LETTERS_OF_A_DOOR = 4;

    private enum Part {
        NONE,
        /** The number of a house, a flat or a box. */
        NUMBER,
        /** A postal code before its town. */
        POSTAL,
        /** A state, a postal code, or a town or country that a list knows. */
        CERTAIN,
        /** What could be a town. */
        TOWN,
        /** What could be one if something certain follows. */
        PERHAPS
    }

    private final Window window;
    private final Gazetteer gazetteer = Gazetteer.get();

    /** Where the part read last ends. */
    private int partEnd;

    private boolean broken;
    private boolean comma;
    /** Whether the number of the house may stand behind a comma. */
    private boolean headed;

    private long wordHash;
    /** Of the word and those before it in its part. */
    private long phraseHash;

    private int wordLetters;
    private int wordCapitals;
    private int wordEnd;

    Address(Window window) {
        this.window = window;
    }

    /**
     * The end of the address whose street ends at a position.
     *
     * @param head whether the street began with "Calle" or the like, and so has its number behind it
     */
    int end(int street, boolean head) {
        headed = head;
        int sure = street;
        int at = street;
        boolean perhaps = false;
        Part previous = Part.NONE;
        for (int i = 0; i < MOST_PARTS && !window.open(); i++) {
            int next = separated(at);
            if (next < 0) {
                break;
            }
            Part part = part(next, previous);
            headed = false;
            if (part == Part.NONE || perhaps && part == Part.PERHAPS) {
                break;
            }
            perhaps = part == Part.PERHAPS;
            at = partEnd;
            sure = perhaps ? sure : at;
            previous = part;
        }
        return previous == Part.CERTAIN || previous == Part.TOWN ? province(sure) : sure;
    }

    /** Behind " (RM)", which Italian towns have behind them. */
    private int province(int at) {
        int open = window.behind(at, " (");
        if (open < 0 || !window.capital(open) || !window.capital(window.behind(open))) {
            return at;
        }
        return Math.max(at, window.behind(window.behind(window.behind(open)), ")"));
    }

    /** The end of the state, postal code, town or country that follows a town on its own; the position where none does. */
    int certain(int town) {
        int next = separated(town);
        boolean apart = next >= 0 && (comma || broken) && window.capital(next);
        return apart && words(next, Part.TOWN) == Part.CERTAIN ? end(town, false) : town;
    }

    /** Where the number of a flat ends that a word such as "Apt." before a position announces; the position if none does. */
    int unit(int at) {
        int next = window.symbol(at) == '.' ? window.behind(at) : at;
        next = window.symbol(next) == ' ' ? window.behind(next) : next;
        next = window.symbol(next) == '#' ? window.behind(next) : next;
        int end = window.digits(next, 5);
        if (next == at || end == next || end - next > 5) {
            return at;
        }
        end = lettered(end);
        return window.ends(end) ? end : at;
    }

    /**
     * Whether the number of a house follows a space at a position, and nothing that would make it another number.
     *
     * @param head as for {@link #end}: a comma may stand before the number, and "nº"
     */
    boolean numberFollows(int at, boolean head) {
        int next = head && window.symbol(at) == ',' ? window.behind(at) : at;
        return window.symbol(next) == ' ' && house(head ? behindSign(window.behind(next)) : window.behind(next)) > 0;
    }

    /** Behind "nº " or "n. ", or the position. */
    private int behindSign(int at) {
        int sign = window.behind(at);
        int next = window.behind(sign);
        boolean numero = window.letter(at) == 'n' && window.symbol(next) == ' ' && !window.digit(sign);
        return numero && window.letter(sign) == Letters.NONE ? window.behind(next) : at;
    }

    /** Behind a storey and a door such as "2.º A" or "3º Dto" at a position, or the position. */
    private int storey(int at) {
        int next = window.digits(at, 2);
        next = window.symbol(next) == '.' ? window.behind(next) : next;
        int sign = next < at + 1 ? 0 : window.character(next);
        if (sign != 0xBA && sign != 0xAA && sign != 0xB0) {
            return at;
        }
        next = window.behind(next);
        int door = next;
        if (window.symbol(next) == ' ' && window.capital(window.behind(next))) {
            door = window.behind(next);
            for (int i = 0; i < MOST_LETTERS_OF_A_DOOR && window.letterAt(door); i++) {
                door = window.behind(door);
            }
        }
        return window.ends(door) ? door : next;
    }

    /** Behind the single letter that may follow the number of a house. */
    private int lettered(int at) {
        return window.letterAt(at) && !Fold.word(window.symbol(window.behind(at))) ? window.behind(at) : at;
    }

    /** Where the next part begins, -1 where none can; remembers a comma and a line break. */
    private int separated(int at) {
        int next = at;
        comma = false;
        broken = false;
        int in = behindIn(at);
        if (in > at) {
            comma = true;
            return in;
        }
        for (int i = 0; i < MOST_BLANKS; i++) {
            int symbol = window.symbol(next);
            boolean quoted = broken && (symbol == '>' || symbol == '|'); // as mails quote each other
            boolean once = symbol == ',' && !comma || symbol == '\n' && !broken || quoted;
            if (!once && symbol != ' ' && symbol != '\r') {
                return next == at ? -1 : next;
            }
            comma |= symbol == ',';
            broken |= symbol == '\n';
            next = window.behind(next);
        }
        return -1;
    }

    /** Behind " in " where a postal code follows, as in "Ackerweg 3 in 50667 Köln"; or the position. */
    private int behindIn(int at) {
        int next = window.behind(at, " in ");
        return next > 0 && window.digits(next, 5) == next + 5 ? next : at;
    }

    private Part part(int at, Part previous) {
        int from = headed ? behindSign(at) : at;
        if (window.digit(from)) {
            int storey = storey(at);
            if (storey > at) {
                partEnd = storey;
                return previous == Part.NUMBER ? Part.NUMBER : Part.NONE;
            }
            return number(from, previous);
        }
        return window.capital(at) ? words(at, previous) : Part.NONE;
    }

    private Part number(int at, Part previous) {
        boolean postal = previous == Part.CERTAIN || previous == Part.TOWN || previous == Part.PERHAPS;
        int end = window.digits(at, 6);
        int digits = end - at;
        boolean house = headed && comma && digits < 4;
        if ((postal || comma || broken) && !house) {
            int extended = window.symbol(end) == '-' ? window.digits(window.behind(end), 4) : end;
            int more = extended - end - 1; // 80202-1234, 1200-192, 30840-123
            end = digits == 5 && more == 4 || digits >= 4 && more == 3
                    ? extended
                    : digits == 4 ? lettersOfCode(end) : end;
            boolean code = digits >= 4 && digits <= 6 && window.ends(end);
            partEnd = end;
            return !code ? Part.NONE : postal ? Part.CERTAIN : Part.POSTAL;
        }
        partEnd = house(at);
        return previous == Part.NONE && partEnd > 0 ? Part.NUMBER : Part.NONE;
    }

    /** Behind the two letters of a Dutch postal code such as "1015 CJ", or the position. */
    private int lettersOfCode(int at) {
        int first = window.behind(at, " ");
        if (first < 0 || !window.capital(first) || !window.capital(window.behind(first))) {
            return at;
        }
        int end = window.behind(window.behind(first));
        return window.ends(end) ? end : at;
    }

    /** Where the number of a house ends behind the name of its street, with a sign of the end of the line behind it; or -1. */
    private int house(int at) {
        int end = window.digits(at, 4);
        if (end == at || end - at > 4) {
            return -1;
        }
        end = lettered(end);
        int symbol = window.symbol(end);
        boolean last = symbol == ',' || symbol == '\n' || symbol == '\r' || symbol == Fold.OTHER || symbol == ')';
        boolean stop = symbol == '.' && !Fold.word(window.symbol(window.behind(end)));
        boolean more = symbol == ' ' && window.capital(window.behind(end)) || behindIn(end) > end;
        return last || stop || more ? end : -1;
    }

    private Part words(int at, Part previous) {
        int next = at;
        int words = 0;
        phraseHash = Gazetteer.EMPTY;
        int listed = at; // what is known by itself stays so whatever its neighbours are replaced with
        boolean plain = true;
        long firstCues = 0;
        int end = at;
        while (words < MOST_WORDS) {
            if (!word(next, words > 0)) {
                break;
            }
            long cues = gazetteer.cues(wordHash);
            if (words == 0) {
                Part special = special(at, cues);
                if (special != Part.NONE || window.open()) {
                    return special;
                }
                firstCues = cues;
            }
            if (Cue.STOP.in(cues) || Cue.TITLE.in(cues) && !Cue.PLACE_HEAD.in(cues) || wordLetters < 2) {
                break;
            }
            plain &= Cue.WORD.in(cues);
            long together = gazetteer.cues(phraseHash);
            end = wordEnd;
            listed = Cue.PLACE.in(together) || Cue.PLACE_LARGE.in(together) ? end : listed;
            words++;
            int symbol = window.symbol(end);
            next = window.behind(end);
            if (symbol != ' ' && symbol != '-' || !window.capital(next) || british(next) > next) {
                break;
            }
        }
        partEnd = end;
        boolean given = Cue.GIVEN.in(firstCues);
        if (listed > at && (!given || previous == Part.POSTAL) && window.symbol(listed) != ':' && window.ends(listed)) {
            partEnd = listed;
            return Part.CERTAIN;
        }
        if (words == 0 || window.symbol(end) == ':' || !window.ends(end)) {
            return Part.NONE;
        }
        boolean alone = (comma || broken) && !given && !plain && (firstCues & Cue.mask(Cue.SURNAME, Cue.ORG)) == 0;
        if (previous == Part.POSTAL && !given && !plain) {
            return Part.TOWN;
        }
        boolean behind = previous == Part.NUMBER || comma;
        return alone && behind && wordLetters >= LEAST_LETTERS_OF_A_TOWN && lineEnds(end) ? Part.TOWN : Part.PERHAPS;
    }

    private boolean lineEnds(int at) {
        int symbol = window.symbol(at);
        return symbol == ','
                || symbol == '\n'
                || symbol == '\r'
                || symbol == '.'
                || symbol == Fold.OTHER
                || symbol == ' ';
    }

    /** A flat, a state or a British postal code. */
    private Part special(int at, long cues) {
        if (Cue.UNIT.in(cues)) {
            int end = unit(wordEnd);
            partEnd = end;
            return end > wordEnd ? Part.NUMBER : Part.NONE;
        }
        int capitals = wordCapitals;
        if (capitals == wordLetters && capitals <= 3 && Cue.REGION_CODE.in(cues) && window.ends(wordEnd)) {
            partEnd = wordEnd;
            return Part.CERTAIN;
        }
        int british = british(at);
        if (british > at) {
            partEnd = british;
            return Part.CERTAIN;
        }
        return Part.NONE;
    }

    /** The end of a postal code such as "LS1 4DY" (BS 7666), or the position. */
    private int british(int at) {
        int next = at;
        for (int i = 0; i < 2 && window.capital(next); i++) {
            next = window.behind(next);
        }
        if (next == at || !window.digit(next)) {
            return at;
        }
        next++;
        next = window.digit(next) || window.capital(next) ? window.behind(next) : next;
        int inward = window.behind(next);
        if (window.symbol(next) != ' ' || !window.digit(inward) || !window.capital(inward + 1)) {
            return at;
        }
        int last = window.behind(inward + 1);
        return window.capital(last) && window.ends(window.behind(last)) ? window.behind(last) : at;
    }

    /** Reads one word of letters; false where there is none or text is missing. */
    private boolean word(int at, boolean continued) {
        int next = at;
        phraseHash = continued ? Gazetteer.with(phraseHash, ' ') : Gazetteer.EMPTY;
        wordHash = Gazetteer.EMPTY;
        wordLetters = 0;
        wordCapitals = 0;
        while (window.letterAt(next) || window.apostrophe(next) && window.letterAt(window.behind(next))) {
            int letter = window.letter(next);
            if (letter != Letters.NONE) {
                wordHash = Gazetteer.with(wordHash, letter & 0x7F);
                phraseHash = Gazetteer.with(phraseHash, letter & 0x7F);
                wordLetters++;
                wordCapitals += letter >= Letters.CAPITAL ? 1 : 0;
            }
            next = window.behind(next);
            if (wordLetters > MOST_LETTERS) {
                return false;
            }
        }
        wordEnd = next;
        return wordLetters > 0 && !window.open() && !window.beyond(next);
    }
}
