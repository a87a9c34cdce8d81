package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import java.util.List;
import java.util.Set;

/** Dates that a word before them calls somebody's birth. */
final class BirthDates {
    private static final String MONTH = "(jan(uary)?|feb(ruary)?|mar(ch)?|apr(il)?|may|june?|july?|aug(ust)?"
            + "|sep(t|tember)?|oct(ober)?|nov(ember)?|dec(ember)?)";
    private static final String DAY = "\\d{1,2}(st|nd|rd|th)?";

    private static final Context BIRTH = new Context(
            Set.of(
                    "birth",
                    "born",
                    "dob",
                    "birthdate",
                    "birthday",
                    "birthdates",
                    "geboren",
                    "geburtsdatum",
                    "geburtstag",
                    "geb",
                    "nacimiento",
                    "nacido",
                    "nacida",
                    "naissance",
                    "nato",
                    "nata",
                    "nascita"),
            Set.of(
                    "expires",
                    "expiry",
                    "issued",
                    "due",
                    "invoice",
                    "invoiced",
                    "created",
                    "since",
                    "until",
                    "updated",
                    "started",
                    "deadline",
                    "joined",
                    "hired",
                    "ordered",
                    "delivered",
                    "appointment",
                    "died",
                    "death"),
            48);

    private BirthDates() {}

    static List<Recogniser> recognisers() {
        return List.of(
                date("\\d{1,2}[./ -]\\d{1,2}[./ -](\\d{4}|\\d{2})").confirmedBy(BirthDates::numeric),
                date("\\d{4}[./-]\\d{1,2}[./-]\\d{1,2}").confirmedBy(BirthDates::numeric),
                date("(?i)" + DAY + "(\\.| of)? " + MONTH + "\\.?,? \\d{4}"),
                date("(?i)" + MONTH + "\\.? " + DAY + ",? \\d{4}"));
    }

    private static Recogniser date(String pattern) {
        return Recogniser.word(Entity.DATE_OF_BIRTH, 0.8, pattern).announcedBy(BIRTH);
    }

    /** Day and month in either order, year first or last. */
    private static boolean numeric(Candidate candidate) {
        int first = group(candidate, 0);
        int second = group(candidate, 1);
        int third = group(candidate, 2);
        boolean yearFirst = first > 31;
        int one = second;
        int other = yearFirst ? third : first;
        int year = yearFirst ? first : third;
        return one >= 1
                && other >= 1
                && Math.min(one, other) <= 12
                && Math.max(one, other) <= 31
                && (year < 100 || year >= 1880 && year < 2100);
    }

    /** The value of one of its three numbers. */
    private static int group(Candidate candidate, int index) {
        int value = 0;
        int group = 0;
        for (int i = 0; i < candidate.length() && group <= index; i++) {
            if (!Candidate.isDigit(candidate.at(i))) {
                group++;
            } else if (group == index) {
                value = value * 10 + candidate.at(i) - '0';
            }
        }
        return value;
    }
}
