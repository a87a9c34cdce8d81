package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import java.util.List;

/** Numbers of persons in Canada and Brazil; those of the United States are {@link UsNumbers}. */
final class AmericanNumbers {
    private static final Context CANADIAN = Context.of(48, "sin", "sins", "social", "insurance", "nas", "assurance");
    private static final Context BRAZILIAN = Context.of(48, "cpf", "cadastro", "pessoa", "contribuinte");

    private AmericanNumbers() {}

    static List<Recogniser> recognisers() {
        return List.of(
                Recogniser.word(Entity.CA_SIN, 1.0, "[1-79]\\d{2}[ -]?\\d{3}[ -]?\\d{3}")
                        .guardedBy(Guard.NUMBER)
                        .announcedBy(CANADIAN)
                        .confirmedBy(AmericanNumbers::canadian),
                Recogniser.word(Entity.BR_CPF, 1.0, "\\d{3}[ .]?\\d{3}[ .]?\\d{3}[ -]?\\d{2}")
                        .guardedBy(Guard.NUMBER)
                        .confirmedBy(AmericanNumbers::brazilian));
    }

    private static boolean canadian(Candidate candidate) {
        return CheckDigits.luhn(candidate, 0, 9) && !CheckDigits.alike(candidate);
    }

    /** Two check digits modulo 11 (Receita Federal). */
    private static boolean brazilian(Candidate candidate) {
        int first = CheckDigits.weighted(candidate, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
        int second = CheckDigits.weighted(candidate, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2) * 10 % 11 % 10;
        boolean dotted = candidate.length() == 14 && candidate.at(3) == '.' && candidate.at(11) == '-';
        return candidate.digit(9) == first
                && candidate.digit(10) == second
                && !CheckDigits.alike(candidate)
                && (dotted || candidate.supported(BRAZILIAN));
    }
}
