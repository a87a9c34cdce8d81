package dev.redoubt.redact.names;

import dev.redoubt.policy.Entity;
import dev.redoubt.redact.recognise.Before;
import dev.redoubt.redact.text.Fold;
import dev.redoubt.redact.text.Letters;
import dev.redoubt.redact.text.Utf8;
import java.util.Set;

/**
 * People, places and organizations, found by lists of names, capitals and the words around, without a model. A claim rests
 * on what stands to the left in the output and on at most {@link #LONGEST} bytes from the position on.
 *
 * <p>One for each text. Names in scripts other than Latin and names in small letters are not recognised.
 */
public final class Names {
    /** What is recognised here. */
    public static final Set<Entity> ENTITIES = Set.of(Entity.PERSON, Entity.LOCATION, Entity.ORGANIZATION);

    /** Bytes that are looked at from the beginning of a name on, at most. */
    public static final int LONGEST = Window.MOST_BYTES;

    private static final int MOST_DIGITS_OF_A_HOUSE = 5;
    private static final int LETTERS_OF_DELL = 4;

    private final Set<Entity> wanted;
    private final Window window = new Window();
    private final Phrase phrase = new Phrase(window);
    private final Surroundings left = new Surroundings();
    private final People people = new People(phrase, left);
    private final Places places = new Places(phrase, left, window);
    private final Organizations organizations = new Organizations(phrase, left, window);
    private Claim claim;

    /** @param wanted those that are claimed; what is another of {@link #ENTITIES} is not taken for one of them */
    public Names(Set<Entity> wanted) {
        this.wanted = wanted;
    }

    /**
     * The first position from {@code at} on where a name may begin, or the end.
     *
     * @param floor where the bytes begin that still stand as they were
     */
    public static int next(byte[] text, int floor, int at, int end) {
        boolean inWord = at > floor && text[at - 1] >= 0 && Fold.word(text[at - 1]);
        for (int i = at; i < end; i++) {
            int first = text[i];
            if (first < 0) {
                if (Letters.at(text, i) >= Letters.CAPITAL && !inWord) {
                    return i;
                }
                inWord = Fold.word(Fold.of(Utf8.decode(text, i)));
                i += Utf8.length(text[i]) - 1;
                continue;
            }
            boolean capital = first >= 'A' && first <= 'Z';
            boolean digit = first >= '0' && first <= '9';
            if (!inWord && (capital || digit && houseNumber(text, i, end) != i || SmallWords.begins(text, i, end))) {
                return i;
            }
            inWord = capital || digit || first >= 'a' && first <= 'z' || first == '_';
        }
        return end;
    }

    /** Where a capital or "rue" may follow a number such as "12" or "12b", perhaps not there yet; the position if none does. */
    private static int houseNumber(byte[] text, int at, int end) {
        int next = at;
        while (next < end && next - at < MOST_DIGITS_OF_A_HOUSE && text[next] >= '0' && text[next] <= '9') {
            next++;
        }
        if (next < end && (text[next] >= 'a' && text[next] <= 'd' || text[next] >= 'A' && text[next] <= 'D')) {
            next++;
        }
        boolean comma = next < end && text[next] == ',';
        next += comma ? 1 : 0;
        if (next < end && text[next] != ' ') {
            return at;
        }
        boolean follows = next + 1 >= end
                || !comma && Letters.at(text, next + 1) >= Letters.CAPITAL
                || SmallWords.begins(text, next + 1, end);
        return follows ? next + 1 : at;
    }

    /**
     * Looks for a name that begins at a position.
     *
     * @param previous the symbol before, as {@link Fold} has it
     * @param last whether no more text follows
     * @return false where that depends on text to come
     */
    public boolean read(byte[] text, int at, int end, boolean last, int previous, Before before) {
        claim = null;
        boolean numbered = text[at] >= '0' && text[at] <= '9';
        int from = numbered ? houseNumber(text, at, end) : at;
        if (numbered && from == at || Fold.word(previous) || !admits(previous, before)) {
            return true;
        }
        if (from >= end) {
            return last;
        }
        window.set(text, at, end, last);
        if (!phrase.read(from)) {
            return !window.open();
        }
        left.read(before);
        Claim best = places.claim(numbered ? from - at : 0);
        if (!numbered && phrase.shape(0) == Phrase.Shape.SMALL) {
            best = best == null ? people.titled() : best;
        } else if (!numbered) {
            best = Claim.better(organizations.claim(), Claim.better(best, people.claim()));
        }
        if (window.open()) {
            return false;
        }
        claim = best != null && wanted.contains(best.entity()) ? best : null;
        return true;
    }

    /** Not inside of an address, a path, a handle or a word with an apostrophe or a hyphen, nor in a replacement. */
    private static boolean admits(int previous, Before before) {
        return switch (previous) {
            case '@', '/', '\\', '.', '#', '$', '&', '%', '~', '<' -> false;
            case '\'' -> before.at(1) >= 128 || !inWord(before.at(2)) || elided(before, 2);
            case '-' -> before.at(1) >= 128 || !inWord(before.at(2));
            default ->
                !(before.at(1) == 0x99 && before.at(2) == 0x80 && before.at(3) == 0xE2)
                        || !inWord(before.at(4))
                        || elided(before, 4);
        };
    }

    /**
     * Whether the word that ends at a distance is "d", "l", or one such as "dell", of which an apostrophe takes the rest. Only
     * in small letters: with a capital it could be a name itself once what follows has been replaced.
     */
    private static boolean elided(Before before, int distance) {
        int length = 0;
        for (; length <= LETTERS_OF_DELL && inWord(before.at(distance + length)); length++) {
            int letter = before.at(distance + length);
            if (letter < 'a' || letter > 'z') {
                return false;
            }
        }
        int last = before.at(distance);
        boolean one = length == 1 && (last == 'd' || last == 'l');
        return one || (length == 3 || length == LETTERS_OF_DELL) && last == 'l' && before.at(distance + 1) == 'l';
    }

    private static boolean inWord(int symbol) {
        return symbol >= 128 || symbol >= 0 && Fold.word(symbol);
    }

    /** What was found. */
    public boolean found() {
        return claim != null;
    }

    public Entity entity() {
        return claim.entity();
    }

    /** Where it ends. */
    public int end() {
        return claim.end();
    }
}
