package dev.redoubt.redact.names;

import dev.redoubt.policy.Entity;
import dev.redoubt.redact.names.Phrase.Joiner;
import dev.redoubt.redact.names.Phrase.Shape;

/** Names of people: titles, given names, family names, and words that only their neighbours make a name. */
final class People {
    /** Words of the longest name. */
    private static final int MOST_WORDS = 5;

    private static final long NAME = Cue.mask(Cue.GIVEN, Cue.SURNAME);
    private static final long FOREIGN = Cue.mask(Cue.FOREIGN_WORD, Cue.FOREIGN_STOP, Cue.ARTICLE);
    private static final long ACTS = Cue.mask(Cue.AFTER_PERSON, Cue.ACTS);
    private static final long SOMETHING_ELSE =
            Cue.mask(Cue.ORG_TAIL, Cue.COMPANY, Cue.STREET, Cue.PLACE_TAIL, Cue.PLACE_LARGE);

    private final Phrase phrase;
    private final Surroundings left;

    People(Phrase phrase, Surroundings left) {
        this.phrase = phrase;
        this.left = left;
    }

    /** The person that the phrase begins with, or null. */
    Claim claim() {
        boolean titled = left.title();
        boolean announced = titled || left.say(Cue.BEFORE_PERSON) || left.label(Cue.BEFORE_PERSON_HINT);
        Shape shape = phrase.shape(0);
        boolean stopped = shape == Shape.INITIAL
                ? phrase.run() < 2 || phrase.joiner(1) != Joiner.STOP
                : !nameAllTheSame(announced);
        boolean none = phrase.stopped() && stopped;
        if (none || shape == Shape.MIXED && !announced) {
            return null;
        }
        boolean abbreviated = phrase.count() > 1 && phrase.joiner(1) == Joiner.STOP;
        if (phrase.is(0, Cue.TITLE) && shape != Shape.INITIAL && (abbreviated || !phrase.is(0, Cue.GIVEN))) {
            return null;
        }
        if (phrase.is(0, Cue.BEFORE_PERSON) && (phrase.cues(0) & NAME) == 0) {
            return null; // "Kontoinhaber Anna Weiss"
        }
        // what is no name together with its neighbours may be one when those have been replaced, so it is one at once
        for (int words = words(announced); words > 0; words--) {
            double score = shape == Shape.CAPITALS && phrase.length(0) > 1
                    ? capitals(words, announced)
                    : score(words, titled, announced);
            if (score > 0 && phrase.shape(words - 1) != Shape.SMALL) {
                return new Claim(Entity.PERSON, phrase.end(words - 1), score);
            }
        }
        return reversed();
    }

    /** "van der Pol" where a title stands before it, or null. */
    Claim titled() {
        int first = 0;
        while (first < phrase.run() && phrase.shape(first) == Shape.SMALL && phrase.is(first, Cue.NAME_PARTICLE)) {
            first++;
        }
        boolean name = left.title() && first < phrase.run() && phrase.shape(first) != Shape.SMALL;
        return name ? new Claim(Entity.PERSON, phrase.end(first), 0.95) : null;
    }

    /** "Jan Kowalski", "May Johnson": what is no name alone. */
    private boolean nameAllTheSame(boolean announced) {
        if (!phrase.is(0, Cue.GIVEN) || phrase.length(0) < 3 || phrase.is(0, Cue.ARTICLE)) {
            return false;
        }
        boolean two = phrase.run() > 1 && phrase.joiner(1) == Joiner.SPACE && !phrase.is(1, Cue.STOP);
        boolean surname = two && !phrase.is(1, Cue.WORD) && (phrase.is(1, Cue.SURNAME) || foreign(2));
        return surname || announced;
    }

    /** How many words may belong to the name. */
    private int words(boolean announced) {
        int words = 1;
        int most = Math.min(phrase.run(), MOST_WORDS);
        boolean anything = announced || (phrase.cues(0) & ~NAME) == 0 || (phrase.cues(0) & NAME) != 0;
        for (int i = 1; i < most && belongs(i, anything); i++) {
            if (phrase.shape(i) != Shape.SMALL) {
                words = i + 1;
            }
        }
        return words;
    }

    private boolean belongs(int word, boolean anything) {
        long cues = phrase.cues(word);
        Shape shape = phrase.shape(word);
        if (phrase.joiner(word) == Joiner.STOP && phrase.shape(word - 1) != Shape.INITIAL) {
            return false;
        }
        if (shape == Shape.SMALL) {
            return Cue.NAME_PARTICLE.in(cues);
        }
        if (shape == Shape.INITIAL || Cue.NAME_SUFFIX.in(cues)) {
            return true;
        }
        if (Cue.STOP.in(cues) || Cue.UNIT.in(cues) || (cues & NAME) == 0 && (cues & SOMETHING_ELSE) != 0) {
            return false;
        }
        if (Cue.PLACE.in(cues) && afterVan(word)) {
            return true;
        }
        if (Cue.PLACE_LARGE.in(cues) && !Cue.RATHER_PERSON.in(cues) && !Cue.COMMON_SURNAME.in(cues)) {
            return false;
        }
        if ((cues & NAME) != 0) {
            return !Cue.ORG_TAIL.in(cues) && !Cue.COMPANY.in(cues) && shape != Shape.MIXED;
        }
        return anything && (cues & ~FOREIGN) == 0;
    }

    /** Whether "van", "von", "der" or "ter" stands before a word: of such names places are part. */
    private boolean afterVan(int word) {
        boolean small = phrase.shape(word - 1) == Shape.SMALL;
        int last = phrase.letter(word - 1, 2);
        return small
                && (phrase.letter(word - 1, 0) == 'v' || last == 'r' || last == 'n')
                && phrase.length(word - 1) == 3;
    }

    private double score(int words, boolean titled, boolean announced) {
        long first = phrase.cues(0);
        boolean given = Cue.GIVEN.in(first);
        boolean place = Cue.PLACE_LARGE.in(first) && !Cue.RATHER_PERSON.in(first);
        boolean foreignWord = Cue.FOREIGN_WORD.in(first);
        boolean word = Cue.WORD.in(first) || foreignWord && (words == 1 || !given);
        if (announced && ((first & NAME) != 0 || !word && !place && (first & SOMETHING_ELSE) == 0)) {
            return titled ? 0.95 : 0.85;
        }
        if (words == 1) {
            return single(first, given, place, word);
        }
        boolean foreign = (first & ~Cue.SURNAME.bit) == 0 && phrase.length(0) > 2 && foreign(words);
        if (foreign) {
            return 0.65;
        }
        if (phrase.shape(0) == Shape.INITIAL) {
            return phrase.joiner(1) == Joiner.STOP && surname(words) ? 0.8 : 0;
        }
        if (given && foreignWord && phrase.is(1, Cue.FOREIGN_WORD)) {
            return 0;
        }
        if (given && !word && !place) {
            return 0.9;
        }
        if (given && surname(words)) {
            return word && left.begins() && Cue.WORD.in(phrase.cues(1)) ? 0 : 0.7;
        }
        if (word || Cue.PLACE.in(first) || !surname(words) || phrase.is(words - 1, Cue.FOREIGN_WORD)) {
            return 0;
        }
        if (first == 0
                && phrase.length(0) > 3
                && words == 2
                && !phrase.is(1, Cue.PLACE_LARGE)
                && (!phrase.is(1, Cue.FOREIGN_WORD) || phrase.is(1, Cue.COMMON_SURNAME))) {
            return 0.55;
        }
        boolean known = Cue.SURNAME.in(first) || phrase.is(words - 1, Cue.COMMON_SURNAME) || !left.begins();
        return known && !left.afterCapital() ? 0.6 : 0;
    }

    /** Names that no list knows: an initial stands between them, or the last ends as family names do. */
    private boolean foreign(int words) {
        boolean initial = words == 3 && phrase.shape(1) == Shape.INITIAL;
        long cues = phrase.cues(words - 1);
        boolean word = (cues & ~NAME) != 0;
        return !word && (initial || Endings.SURNAME.of(phrase, words - 1));
    }

    /** Whether the last word that is no suffix is a family name and not just a word. */
    private boolean surname(int words) {
        for (int i = words - 1; i > 0; i--) {
            long cues = phrase.cues(i);
            if ((cues & NAME) != 0 && phrase.shape(i) != Shape.SMALL) {
                return !Cue.WORD.in(cues) || Cue.COMMON_SURNAME.in(cues) || Cue.NAME_TOO.in(cues);
            }
        }
        return false;
    }

    private double single(long first, boolean given, boolean place, boolean word) {
        boolean acts = (phrase.after() & ACTS) != 0 || phrase.possessive();
        boolean hinted = left.say(Cue.BEFORE_PERSON_HINT);
        if (phrase.shape(0) == Shape.INITIAL || left.afterCapital()) {
            return 0;
        }
        if (Cue.ARTICLE.in(first) && Cue.BEFORE_PERSON.in(phrase.after())) {
            return 0; // "Mia madre"
        }
        if (given && !word) {
            boolean taken = place || Cue.PLACE.in(first) && left.say(Cue.STRONG_BEFORE_PLACE);
            return taken ? 0 : Cue.PLACE.in(first) ? 0.55 : 0.7;
        }
        if (given) {
            boolean name = Cue.NAME_TOO.in(first) && !left.begins();
            return name && (hinted || acts) || name && !left.say(Cue.STOP) ? 0.55 : 0;
        }
        if (left.article()) {
            return 0;
        }
        if (Cue.COMMON_SURNAME.in(first) && !word && !Cue.PLACE_LARGE.in(first) && acts && !place(left)) {
            return 0.5;
        }
        if (Cue.SURNAME.in(first) && !word && !Cue.PLACE.in(first)) {
            return Cue.COMMON_SURNAME.in(first) || acts || hinted && !left.begins() ? 0.5 : 0;
        }
        if (first == 0 && phrase.length(0) > 4 && Endings.SURNAME_ALONE.of(phrase, 0)) {
            return 0.5;
        }
        return first == 0 && acts && (hinted && !left.begins() || Cue.ACTS.in(phrase.after())) ? 0.5 : 0;
    }

    private static boolean place(Surroundings left) {
        return left.say(Cue.BEFORE_PLACE) || left.say(Cue.STRONG_BEFORE_PLACE);
    }

    private double capitals(int words, boolean announced) {
        for (int i = 1; i < words; i++) {
            if (phrase.shape(i) == Shape.CAPITALISED) {
                return 0;
            }
        }
        boolean known = phrase.is(0, Cue.GIVEN) && words > 1 && surname(words);
        boolean single = announced && (phrase.cues(0) & NAME) != 0 && !phrase.is(0, Cue.WORD);
        return known || single ? 0.7 : 0;
    }

    /** "Smith, John". */
    private Claim reversed() {
        int behind = phrase.run();
        if (behind != 1 || phrase.count() == 1 || !phrase.is(0, Cue.SURNAME) || !phrase.is(1, Cue.GIVEN)) {
            return null;
        }
        boolean words = phrase.is(0, Cue.WORD) && !phrase.is(0, Cue.COMMON_SURNAME)
                || phrase.is(1, Cue.WORD) && !phrase.is(1, Cue.NAME_TOO);
        boolean place = phrase.is(0, Cue.PLACE_LARGE) || phrase.is(1, Cue.PLACE_LARGE);
        return words || place ? null : new Claim(Entity.PERSON, phrase.end(1), 0.6);
    }
}
