package dev.redoubt.redact.names;

import dev.redoubt.policy.Entity;
import dev.redoubt.redact.names.Phrase.Joiner;
import dev.redoubt.redact.names.Phrase.Shape;

/** Names of companies and institutions: those that everybody knows, and those whose last or first word says so. */
final class Organizations {
    private static final String FORMS = "sa ag nv bv lp kk ";
    private static final int MOST_WORDS_AFTER_CONTEXT = 4;

    private final Phrase phrase;
    private final Surroundings left;
    private final LegalForms forms;

    Organizations(Phrase phrase, Surroundings left, Window window) {
        this.phrase = phrase;
        this.left = left;
        forms = new LegalForms(window);
    }

    /** The organization that the phrase begins with, or null. */
    Claim claim() {
        Claim known = known();
        if (phrase.stopped() && phrase.shape(0) != Shape.CAPITALS) {
            return known;
        }
        Claim named = Claim.better(before(), Claim.better(head(), joined()));
        Claim shaped = Claim.better(dotted(), Claim.better(tail(), named));
        return Claim.better(known, Claim.better(shaped, announced()));
    }

    private Claim known() {
        int most = Math.min(Gazetteer.MOST_WORDS, phrase.run());
        for (int words = most; words > 0; words--) {
            long cues = phrase.cuesOfFirst(words);
            if (Cue.ORG.in(cues) && phrase.shape(words - 1) != Shape.SMALL) {
                boolean before = left.say(Cue.BEFORE_ORG) || left.say(Cue.BEFORE_ORG_HINT) && !left.begins();
                boolean letters = phrase.shape(0) == Shape.CAPITALS && phrase.length(0) < 4; // "SAP"
                boolean doubtful = words == 1 && Cue.WORD.in(cues) && !before && !letters;
                return doubtful ? null : new Claim(Entity.ORGANIZATION, phrase.end(words - 1), words > 1 ? 0.93 : 0.8);
            }
        }
        return null;
    }

    /** "Acme Ltd", "Springfield General Hospital", "Technical University of Munich". */
    private Claim tail() {
        int last = 0;
        boolean company = false;
        int wordsOnly = 0;
        for (int i = 0; i < phrase.count(); i++) {
            boolean form = Cue.COMPANY.in(phrase.cues(i)) && form(i) || i > 0 && letters(i);
            if (phrase.shape(i) == Shape.SMALL && (!phrase.is(i, Cue.PARTICLE) || last > 0 && and(i))
                    || phrase.is(i, Cue.STOP) && !form && phrase.shape(i) != Shape.SMALL && i > 0
                    || phrase.joiner(i) == Joiner.COMMA && !form) {
                break;
            }
            if (i > 0 && (form || phrase.is(i, Cue.ORG_TAIL)) && phrase.shape(i) != Shape.SMALL) {
                last = i;
                company |= form;
                boolean more = i + 1 < phrase.run() && phrase.joiner(i + 1) == Joiner.STOP; // "Co.Ltd"
                if (form && !more) {
                    break;
                }
            }
        }
        if (last == 0) {
            return null;
        }
        for (int i = 0; i < last; i++) {
            wordsOnly += ordinary(i) ? 1 : 0;
        }
        int behind = behindOf(last);
        boolean ordinary = wordsOnly == last && !company && behind == last && (last == 1 || left.begins());
        int end = company ? forms.more(phrase.end(behind)) : phrase.end(behind);
        return ordinary ? null : new Claim(Entity.ORGANIZATION, end, company ? 0.9 : 0.75);
    }

    /** "Acme S.r.l.", "Acme e. V.": forms with full stops in them. */
    private Claim dotted() {
        for (int i = 0; i < phrase.run() && !(i > 0 && stops(i)); i++) {
            int end = phrase.shape(i) == Shape.SMALL ? -1 : forms.dotted(phrase.end(i));
            if (end > 0) {
                return new Claim(Entity.ORGANIZATION, end, 0.9);
            }
        }
        return null;
    }

    /** "Universität Köln", "Hôpital de la Croix-Rouge", "Fratelli Rossi". */
    private Claim before() {
        if (!phrase.is(0, Cue.ORG_BEFORE)) {
            return null;
        }
        int last = 0;
        for (int i = 1; i < phrase.run() && !stops(i); i++) {
            boolean small = phrase.shape(i) == Shape.SMALL;
            if (small && and(i)) {
                break;
            }
            last = small ? last : i;
        }
        return last == 0 ? null : new Claim(Entity.ORGANIZATION, phrase.end(last), 0.85);
    }

    /** "and" and its like between two names: "&", "y", "et", "en", "und"; not "l" of "l'Aquila". */
    private boolean and(int word) {
        int last = phrase.letter(word, phrase.length(word) - 1);
        return switch (phrase.length(word)) {
            case 1 -> last != 'l' && last != 'd';
            case 2 -> phrase.letter(word, 0) == 'e' && (last == 't' || last == 'n');
            case 3 -> phrase.letter(word, 1) == 'n' && last == 'd';
            default -> false;
        };
    }

    /** The second letter of "S.A.", "N.V." and "L.P.". */
    private boolean letters(int word) {
        boolean two = phrase.shape(word) == Shape.INITIAL
                && phrase.shape(word - 1) == Shape.INITIAL
                && phrase.joiner(word) == Joiner.STOP;
        return two && FORMS.indexOf((char) phrase.letter(word - 1, 0) + "" + (char) phrase.letter(word, 0) + " ") >= 0;
    }

    private boolean ordinary(int word) {
        return phrase.is(word, Cue.WORD) || phrase.shape(word) == Shape.SMALL;
    }

    /** A legal form; those of two letters are written in capitals. */
    private boolean form(int word) {
        return phrase.length(word) > 2
                || phrase.shape(word) == Shape.CAPITALS
                || phrase.is(word, Cue.NAME_SUFFIX)
                || phrase.joiner(word) == Joiner.SPACE && phrase.shape(word) == Shape.CAPITALISED && company(word);
    }

    private boolean company(int word) {
        return word > 0 && !phrase.is(word, Cue.WORD) && !phrase.is(word, Cue.STOP);
    }

    /** The last word of "… of X Y" behind a word, or the word itself. */
    private int behindOf(int word) {
        if (word + 2 >= phrase.run() || phrase.shape(word + 1) != Shape.SMALL || phrase.length(word + 1) > 3) {
            return word;
        }
        boolean of = phrase.shape(word + 2) != Shape.SMALL || word + 3 < phrase.run();
        boolean head = phrase.is(word, Cue.ORG_HEAD);
        return of && head ? reach(word + 2) : word;
    }

    private int reach(int from) {
        int last = from;
        for (int i = from; i < phrase.run() && !stops(i); i++) {
            if (phrase.shape(i) != Shape.SMALL) {
                last = i;
            }
        }
        return last;
    }

    private boolean stops(int word) {
        return phrase.is(word, Cue.STOP) && phrase.shape(word) != Shape.SMALL;
    }

    /** "University of Oxford", "Bank of New South Wales". */
    private Claim head() {
        int last = phrase.is(0, Cue.ORG_HEAD) ? behindOf(0) : 0;
        return last == 0 ? null : new Claim(Entity.ORGANIZATION, phrase.end(last), 0.85);
    }

    /** "Johnson & Johnson". */
    private Claim joined() {
        if (phrase.run() < 3 || phrase.shape(1) != Shape.SMALL || phrase.length(1) != 1 || phrase.letter(1, 0) != '&') {
            return null;
        }
        boolean ordinary = phrase.is(0, Cue.WORD) && phrase.is(2, Cue.WORD);
        return ordinary || stops(2) || !Cue.PARTICLE.in(phrase.cues(1))
                ? null
                : new Claim(Entity.ORGANIZATION, phrase.end(2), 0.7);
    }

    /** What stands where an employer, a firm or a vendor is named. */
    private Claim announced() {
        boolean person = phrase.is(0, Cue.GIVEN) && !phrase.is(0, Cue.WORD);
        if (!left.say(Cue.BEFORE_ORG) || person || phrase.is(0, Cue.PLACE_LARGE) && phrase.run() == 1) {
            return null;
        }
        int last = -1;
        for (int i = 0; i < Math.min(phrase.run(), MOST_WORDS_AFTER_CONTEXT) && !stops(i); i++) {
            if (phrase.shape(i) != Shape.SMALL) {
                last = i;
            } else if (phrase.length(i) > 1) {
                break;
            }
        }
        return last < 0 ? null : new Claim(Entity.ORGANIZATION, phrase.end(last), 0.7);
    }
}
