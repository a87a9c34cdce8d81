package dev.redoubt.redact.names;

import dev.redoubt.policy.Entity;
import dev.redoubt.redact.names.Phrase.Joiner;
import dev.redoubt.redact.names.Phrase.Shape;
import dev.redoubt.redact.text.Fold;

/** Names of places: towns, states, countries, what a "County" or a "Lake" makes one, streets with their numbers. */
final class Places {
    /** "Dr" and "Way" mean a street where a number stands before them. */
    private static final int LETTERS_OF_A_CLEAR_STREET = 6;

    private static final int LETTERS_OF_A_POSTAL_CODE = 5;
    private static final int MOST_WORDS_OF_A_STREET = 5;
    private static final int MOST_WORDS_ANNOUNCED = 4;
    private static final long NO_TOWN = Cue.mask(
            Cue.GIVEN, Cue.SURNAME, Cue.WORD, Cue.ORG, Cue.ORG_TAIL, Cue.COMPANY, Cue.STOP, Cue.TITLE, Cue.PLACE_LARGE);

    private static final long NAME = Cue.mask(Cue.GIVEN, Cue.SURNAME);

    private final Phrase phrase;
    private final Surroundings left;
    private final Window window;
    private final Address address;

    Places(Phrase phrase, Surroundings left, Window window) {
        this.phrase = phrase;
        this.left = left;
        this.window = window;
        address = new Address(window);
    }

    /**
     * The place that the phrase begins with, or null.
     *
     * @param before how many bytes before it a number begins that could be that of a house, 0 where none does
     */
    Claim claim(int before) {
        boolean numbered = before > 0;
        Claim street = street(numbered);
        if (street != null || phrase.shape(0) == Shape.SMALL) {
            return street;
        }
        if (numbered) {
            return before == LETTERS_OF_A_POSTAL_CODE + 1 ? behindPostalCode() : null;
        }
        Claim unit = unit();
        if (unit != null) {
            return unit;
        }
        Claim listed = Claim.better(Claim.better(announced(), listed()), beside());
        if (phrase.stopped() && phrase.shape(0) == Shape.CAPITALISED && !phrase.is(0, Cue.PLACE_HEAD)) {
            return listed;
        }
        return Claim.better(listed, Claim.better(Claim.better(tail(), head()), code()));
    }

    /** "28013 Madrid". */
    private Claim behindPostalCode() {
        Claim town = listed();
        return town == null || phrase.is(0, Cue.WORD) ? null : new Claim(Entity.LOCATION, town.end(), 0.6);
    }

    private Claim listed() {
        for (int words = Math.min(Gazetteer.MOST_WORDS, phrase.run()); words > 0; words--) {
            long cues = phrase.cuesOfFirst(words);
            if (Cue.PLACE.in(cues) || Cue.PLACE_LARGE.in(cues)) {
                double score = words > 1 ? 0.92 : town(cues);
                if (score > 0) {
                    return new Claim(Entity.LOCATION, withCode(words - 1), score);
                }
            }
        }
        return null;
    }

    private double town(long cues) {
        Shape shape = phrase.shape(0);
        boolean strong = left.say(Cue.STRONG_BEFORE_PLACE);
        boolean weak = strong || left.say(Cue.BEFORE_PLACE);
        boolean word = Cue.WORD.in(cues) || Cue.FOREIGN_WORD.in(cues);
        if (shape == Shape.CAPITALS) {
            boolean known = Cue.PLACE_LARGE.in(cues) && (phrase.length(0) <= 3 || !word);
            return known && (phrase.length(0) > 2 || !left.begins() || !Cue.STOP.in(cues)) ? 0.8 : 0;
        }
        if (Cue.STOP.in(cues) || shape == Shape.MIXED || shape == Shape.INITIAL) {
            return 0;
        }
        boolean beside = phrase.count() > 1
                && phrase.run() == 1
                && (phrase.is(1, Cue.PLACE_LARGE)
                        || phrase.is(1, Cue.REGION_CODE) && phrase.shape(1) == Shape.CAPITALS);
        if (strong || beside) {
            return 0.8;
        }
        if (Cue.RATHER_PERSON.in(cues)) {
            return weak ? 0.6 : Cue.PLACE_LARGE.in(cues) ? 0.52 : 0;
        }
        if (Cue.PLACE_LARGE.in(cues)) {
            return !word ? 0.75 : weak || !left.begins() ? 0.7 : 0;
        }
        boolean name = (cues & NAME) != 0;
        if (weak && !word) {
            return name ? 0.58 : 0.7;
        }
        return word || name || left.afterCapital() ? 0 : 0.6;
    }

    /** "Orange County". */
    private Claim tail() {
        int last = 0;
        for (int i = 1; i < phrase.run() && phrase.joiner(i) == Joiner.SPACE; i++) {
            if (phrase.shape(i) != Shape.SMALL && phrase.is(i, Cue.STOP)) {
                break;
            }
            if (phrase.is(i, Cue.PLACE_TAIL) && phrase.shape(i) != Shape.SMALL) {
                last = i;
            }
        }
        boolean ordinary = phrase.is(0, Cue.WORD) && !phrase.is(0, Cue.PLACE) && (last == 1 || left.begins());
        return last == 0 || last > 3 || ordinary ? null : new Claim(Entity.LOCATION, withCode(last), 0.8);
    }

    /** "Lake Placid", "North Dakota", "San Marcos". */
    private Claim head() {
        boolean two = phrase.run() > 1 && phrase.shape(1) == Shape.CAPITALISED && !phrase.is(1, Cue.STOP);
        if (!two || !phrase.is(0, Cue.PLACE_HEAD) || phrase.shape(0) != Shape.CAPITALISED) {
            return null;
        }
        boolean certain = phrase.is(1, Cue.PLACE) || left.say(Cue.STRONG_BEFORE_PLACE) && !phrase.stopped();
        boolean nature = phrase.is(0, Cue.WORD) && !phrase.stopped() && !phrase.is(1, Cue.WORD);
        boolean direction = phrase.is(0, Cue.BEFORE_PLACE);
        return certain || nature && !direction && phrase.length(0) < 6
                ? new Claim(Entity.LOCATION, withCode(1), 0.65)
                : null;
    }

    /** "TX 78701", or "TX" behind a comma and a name. */
    private Claim code() {
        if (!phrase.is(0, Cue.REGION_CODE) || phrase.shape(0) != Shape.CAPITALS) {
            return null;
        }
        int zip = zip(phrase.end(0));
        boolean announced = left.afterCommaAndName() && !phrase.stopped();
        return zip > phrase.end(0) || announced ? new Claim(Entity.LOCATION, zip, 0.7) : null;
    }

    /** "Apt. 12", "Suite 400" and what follows; "Highway 61". */
    private Claim unit() {
        boolean unit = phrase.is(0, Cue.UNIT);
        if (!unit && !phrase.is(0, Cue.STREET_HEAD) || phrase.is(0, Cue.PLACE)) {
            return null;
        }
        int end = address.unit(phrase.end(0));
        return end == phrase.end(0) ? null : new Claim(Entity.LOCATION, unit ? address.end(end, false) : end, 0.6);
    }

    /** A word that nobody knows where only a place can stand. */
    private Claim announced() {
        boolean person =
                phrase.possessive() || phrase.run() > 1 && phrase.is(0, Cue.GIVEN) && phrase.is(1, Cue.SURNAME);
        // what was a person's was no place either before the person was replaced
        int behind = phrase.end(phrase.run() - 1);
        boolean replaced = window.symbol(behind) == ' ' && window.symbol(window.behind(behind)) == '<';
        if (!left.say(Cue.PLACE_FOLLOWS) || person || replaced || phrase.stopped() || phrase.is(0, Cue.TITLE)) {
            return null;
        }
        int last = 0;
        boolean plain = phrase.is(0, Cue.WORD) && !phrase.is(0, Cue.PLACE);
        for (int i = 1; i < Math.min(phrase.run(), MOST_WORDS_ANNOUNCED); i++) {
            boolean small = phrase.shape(i) == Shape.SMALL;
            if (phrase.joiner(i) == Joiner.STOP || !small && phrase.is(i, Cue.STOP) || small && connects(i)) {
                break;
            }
            last = small ? last : i;
            plain &= small || phrase.is(i, Cue.WORD);
        }
        return plain || phrase.length(0) < 3 ? null : new Claim(Entity.LOCATION, withCode(last), 0.95);
    }

    /** A town that no list knows before a state or a country that one does: "Beltinci, Slovenia". */
    private Claim beside() {
        int last = 0;
        for (int i = 0; i < phrase.run(); i++) {
            boolean small = phrase.shape(i) == Shape.SMALL;
            if (!small && (phrase.cues(i) & NO_TOWN) != 0 || i == MOST_WORDS_ANNOUNCED) {
                return null;
            }
            last = small ? last : i;
        }
        if (last != phrase.run() - 1 || phrase.length(0) < 3 || Endings.SURNAME.of(phrase, last)) {
            return null;
        }
        int end = address.certain(phrase.end(last));
        return end == phrase.end(last) ? null : new Claim(Entity.LOCATION, end, 0.8);
    }

    private boolean connects(int word) {
        return phrase.length(word) == 1 || phrase.length(word) == 3 && phrase.letter(word, 0) == 'a';
    }

    private Claim street(boolean numbered) {
        int last = lastOfStreet(numbered);
        boolean head = phrase.is(0, Cue.STREET_HEAD);
        boolean name = phrase.shape(0) != Shape.SMALL && !phrase.stopped() && !phrase.is(0, Cue.TITLE);
        if (last < 0 && (head || name)) {
            last = ofItsForm(numbered);
        }
        boolean ordinary = !numbered && last == 1 && phrase.is(0, Cue.WORD) && left.begins();
        return last < 0 || ordinary
                ? null
                : new Claim(Entity.LOCATION, address.end(phrase.end(last), head && !numbered), 0.85);
    }

    /** The word that makes the phrase a street, -1 where none does. */
    private int lastOfStreet(boolean numbered) {
        int last = -1;
        if (!numbered && phrase.is(0, Cue.TITLE) && !phrase.is(0, Cue.PLACE_HEAD)) {
            return last;
        }
        for (int i = 1; i < phrase.run() && phrase.joiner(i) != Joiner.HYPHEN && !phrase.is(i, Cue.UNIT); i++) {
            boolean small = phrase.shape(i) == Shape.SMALL;
            if (phrase.is(i, Cue.STREET) && !small) {
                boolean clear = phrase.length(i) >= LETTERS_OF_A_CLEAR_STREET || phrase.is(i, Cue.STREET_HEAD);
                last = numbered || clear && !phrase.stopped() || roadOrLane(i) ? i : last;
            } else if (!small && phrase.is(i, Cue.STOP) && !numbered) {
                break;
            }
        }
        return last;
    }

    /**
     * The last word of a street that its form tells: "Rue de Rivoli 12", "Ackerweg 32" and, with a number before it and
     * another behind it, anything.
     */
    private int ofItsForm(boolean numbered) {
        int last = 0;
        boolean plain = phrase.is(0, Cue.WORD);
        for (int i = 1; i < Math.min(phrase.run(), MOST_WORDS_OF_A_STREET) && !phrase.is(i, Cue.UNIT); i++) {
            last = phrase.shape(i) == Shape.SMALL ? last : i;
            plain &= phrase.is(i, Cue.WORD) || phrase.shape(i) == Shape.SMALL;
        }
        boolean head = phrase.is(0, Cue.STREET_HEAD) && last > 0;
        boolean follows = address.numberFollows(phrase.end(last), head);
        if (head && (numbered || follows)) {
            return last;
        }
        boolean suffix = Endings.STREET.of(phrase, last)
                || last > 0 && phrase.joiner(last) == Joiner.HYPHEN && phrase.is(last, Cue.STREET);
        return follows && (suffix || numbered && !plain) ? last : -1;
    }

    private boolean roadOrLane(int word) {
        int first = phrase.letter(word, 0);
        return phrase.length(word) == 4
                && (first == 'r' || first == 'l')
                && !phrase.stopped()
                && !phrase.is(0, Cue.WORD);
    }

    /** The end of a word with ", TX" and ", TX 78701" behind it. */
    private int withCode(int word) {
        int code = phrase.run();
        if (word != code - 1
                || phrase.count() == code
                || !phrase.is(code, Cue.REGION_CODE)
                || phrase.shape(code) != Shape.CAPITALS) {
            return phrase.end(word);
        }
        return zip(phrase.end(code));
    }

    private int zip(int at) {
        int from = window.behind(at);
        int end = window.symbol(at) == ' ' ? window.digits(from, 5) : at;
        return end - from == 5 && !Fold.word(window.symbol(end)) ? end : at;
    }
}
