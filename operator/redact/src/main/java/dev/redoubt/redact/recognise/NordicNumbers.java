package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import java.util.List;

/** Personal identity numbers of Sweden, Norway, Denmark and Finland; all begin with the day of birth. */
final class NordicNumbers {
    private static final String FINNISH_CHECK = "0123456789ABCDEFHJKLMNPRSTUVWXY";

    private static final Context SWEDISH =
            Context.of(48, "personnummer", "personnr", "samordningsnummer", "personal", "identity", "ssn");
    private static final Context NORWEGIAN =
            Context.of(48, "fodselsnummer", "personnummer", "fnr", "dnr", "nummer", "personal", "identity", "national");
    private static final Context DANISH =
            Context.of(48, "cpr", "cprnr", "personnummer", "personal", "identity", "identification");

    private NordicNumbers() {}

    static List<Recogniser> recognisers() {
        return List.of(
                Recogniser.word(Entity.SE_PERSONNUMMER, 1.0, "(\\d{2})?\\d{6}[\\+-]?\\d{4}")
                        .guardedBy(Guard.NUMBER)
                        .confirmedBy(NordicNumbers::swedish),
                Recogniser.word(Entity.NO_FODSELSNUMMER, 1.0, "\\d{6} ?\\d{5}")
                        .guardedBy(Guard.NUMBER)
                        .announcedBy(NORWEGIAN)
                        .confirmedBy(NordicNumbers::norwegian),
                Recogniser.word(Entity.DK_CPR, 0.8, "\\d{6}[ -]?\\d{4}")
                        .guardedBy(Guard.NUMBER)
                        .announcedBy(DANISH)
                        .confirmedBy(NordicNumbers::danish),
                Recogniser.word(Entity.FI_PERSONAL_IDENTITY_CODE, 1.0, "(?i)\\d{6}[\\+yxwvua-f-]\\d{3}[0-9a-fhj-npr-y]")
                        .guardedBy(Guard.NUMBER)
                        .confirmedBy(NordicNumbers::finnish));
    }

    /** Luhn over the last ten digits; days of coordination numbers are raised by 60. */
    private static boolean swedish(Candidate candidate) {
        int digits = candidate.digitCount();
        int start = digits - 10;
        int century = start == 2 ? candidate.number(0, 2) : 19;
        int day = candidate.number(start + 4, start + 6);
        boolean marked = !Candidate.isDigit(candidate.at(candidate.length() - 5));
        return (century == 19 || century == 20)
                && CheckDigits.day(candidate.number(start + 2, start + 4), day > 60 ? day - 60 : day)
                && CheckDigits.luhn(candidate, start, digits)
                && (marked || candidate.supported(SWEDISH));
    }

    /** Two check digits modulo 11 (Skatteetaten); days of D numbers are raised by 40. */
    private static boolean norwegian(Candidate candidate) {
        int day = candidate.number(0, 2);
        return CheckDigits.day(candidate.number(2, 4), day > 40 ? day - 40 : day)
                && CheckDigits.weighted(candidate, 3, 7, 6, 1, 8, 9, 4, 5, 2, 1) % 11 == 0
                && CheckDigits.weighted(candidate, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1) % 11 == 0;
    }

    /** Without a check digit since 2007: only a word tells it from a telephone number. */
    private static boolean danish(Candidate candidate) {
        return CheckDigits.day(candidate.number(2, 4), candidate.number(0, 2));
    }

    private static boolean finnish(Candidate candidate) {
        int nine = candidate.number(0, 9);
        return CheckDigits.day(candidate.number(2, 4), candidate.number(0, 2))
                && candidate.number(6, 9) >= 2
                && FINNISH_CHECK.charAt(nine % FINNISH_CHECK.length())
                        == Character.toUpperCase((char) candidate.at(10));
    }
}
