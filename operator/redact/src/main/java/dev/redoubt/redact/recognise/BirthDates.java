package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import java.util.List;
import java.util.Set;

/** Dates that a word before them calls somebody's birth. */
final class BirthDates {
    private static final String MONTH =
            "(jan(uary|uar|uari|vier)?|feb(ruary|ruar|ruari|braio)?|f\\Lvr(ier)?|mar(ch|s|t|ts|zo)?|m\\Lrz"
                    + "|maart|mar\\Lo|apr(il|ile)?|avril|abril|ma[iyj]o?|mei|maggio|maio|june?|juni|juin|junio|junho|giugno|july?|juli|juillet"
                    + "|julio|julho|luglio|aug(ust|ustus)?|ao\\Lt|agosto|sep(t|tember|tembre|tiembre)?|settembre|setembro|o[ck]t(ober)?"
                    + "|octobre|octubre|ottobre|outubro|nov(ember|embre|iembre|embro)?|de[cz](ember)?|d\\Lcembre|dicembre|diciembre|dezembro"
                    + "|janeiro|enero|gennaio|febrero|fevereiro)";
    private static final String DAY = "\\d{1,2}(st|nd|rd|th|er|\\L)?";

    private static final Context BIRTH = new Context(
            Set.of(
                    "birth",
                    "born",
                    "dob",
                    "birthdate",
                    "birthday",
                    "birthdates",
                    "geboren",
                    "geborene",
                    "geburtsdatum",
                    "geburtsdatums",
                    "geburtstag",
                    "geb",
                    "geboortedatum",
                    "geboortedag",
                    "né",
                    "née",
                    "naissance",
                    "nacimiento",
                    "nacido",
                    "nacida",
                    "nato",
                    "nata",
                    "nascita",
                    "nascido",
                    "nascida",
                    "nascimento"),
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
                    "death",
                    "wurde",
                    "seit",
                    "bis",
                    "termin",
                    "rechnung",
                    "ausgestellt",
                    "gestorben",
                    "admis",
                    "admise",
                    "depuis",
                    "facture",
                    "décès",
                    "ingresó",
                    "desde",
                    "factura",
                    "cita",
                    "fallecido",
                    "ricoverata",
                    "ricoverato",
                    "dal",
                    "fattura",
                    "scadenza",
                    "werd",
                    "sinds",
                    "factuur",
                    "overleden",
                    "internada",
                    "internado",
                    "fatura",
                    "faleceu"),
            48);

    private BirthDates() {}

    static List<Recogniser> recognisers() {
        return List.of(
                date("\\d{1,2}[./ -]\\d{1,2}[./ -](\\d{4}|\\d{2})").confirmedBy(BirthDates::numeric),
                date("\\d{4}[./-]\\d{1,2}[./-]\\d{1,2}").confirmedBy(BirthDates::numeric),
                date("(?i)" + DAY + "(\\.| of| de)? " + MONTH + "(\\.?,?| de) \\d{4}"),
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
