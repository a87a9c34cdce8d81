package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** Numbers of banks and accounts other than the IBAN. */
final class BankNumbers {
    private static final Context BIC = Context.of(48, "bic", "swift", "iban");

    /** What stands before one that could be a word: eight letters behind "SWIFT" may be "CUSTOMER". */
    private static final Context LABELLED = Context.of(12, "bic", "code");

    private static final Context ROUTING = Context.of(48, "routing", "aba", "rtn", "transit");
    private static final Context ACCOUNT = Context.of(48, "account", "acct", "checking", "savings", "deposit")
            .against("order", "invoice", "ticket", "phone", "routing");

    /** ISO 3166 codes, and XK, which banks use for Kosovo. */
    private static final Set<String> COUNTRIES = java.util.stream.Stream.concat(
                    Arrays.stream(Locale.getISOCountries()), java.util.stream.Stream.of("XK"))
            .collect(Collectors.toUnmodifiableSet());

    private BankNumbers() {}

    static List<Recogniser> recognisers() {
        return List.of(
                Recogniser.word(Entity.BIC, 0.9, "[A-Z]{6}[A-Z2-9][A-NP-Z0-9]([A-Z0-9]{3})?")
                        .confirmedBy(BankNumbers::bic),
                Recogniser.word(Entity.ABA_ROUTING_NUMBER, 1.0, "[0123678]\\d{3}-?\\d{4}-?\\d")
                        .guardedBy(Guard.NUMBER)
                        .announcedBy(ROUTING)
                        .confirmedBy(BankNumbers::routing),
                Recogniser.word(Entity.US_BANK_NUMBER, 0.6, "\\d{8,17}")
                        .guardedBy(Guard.NUMBER)
                        .announcedBy(ACCOUNT));
    }

    /** ISO 9362: four letters of the bank, two of the country, two of the place, three of the branch. */
    private static boolean bic(Candidate candidate) {
        String code = candidate.text();
        if (!COUNTRIES.contains(code.substring(4, 6)) || !candidate.supported(BIC)) {
            return false;
        }
        boolean likeWord = code.chars().noneMatch(Candidate::isDigit) && !code.endsWith("XXX");
        int sign = candidate.before(candidate.before(1) == ' ' ? 2 : 1);
        return !likeWord || sign == ':' || sign == '=' || candidate.supported(LABELLED);
    }

    /** ABA, Key to Routing Numbers: weights 3, 7, 1 modulo 10; first two digits of a Federal Reserve district. */
    private static boolean routing(Candidate candidate) {
        int district = candidate.number(0, 2);
        boolean known = district <= 12
                || district >= 21 && district <= 32
                || district >= 61 && district <= 72
                || district == 80;
        return known
                && !CheckDigits.alike(candidate)
                && CheckDigits.weighted(candidate, 3, 7, 1, 3, 7, 1, 3, 7, 1) % 10 == 0;
    }
}
