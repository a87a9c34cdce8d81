package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import dev.redoubt.redact.text.Fold;
import java.util.List;

/** Numbers of banks and accounts other than the IBAN. */
final class BankNumbers {
    private static final Context BIC = Context.of(48, "bic", "swift", "iban");
    private static final Context BANK = Context.of(
            48, "bic", "swift", "iban", "bank", "banks", "banking", "beneficiary", "wire", "correspondent", "remit");

    /** What stands before one that could be a word: eight letters behind "SWIFT" may be "CUSTOMER". */
    private static final Context LABELLED = Context.of(12, "bic", "code");

    /** How far behind an IBAN the code of a bank in its country is looked for. */
    private static final int NEAR = 64;

    /** Characters between an IBAN and the code of its bank where there are only marks. */
    private static final int MOST_MARKS = 4;

    private static final Context ROUTING = Context.of(48, "routing", "aba", "rtn", "transit");
    private static final Context ACCOUNT = Context.of(48, "account", "acct", "checking", "savings", "deposit")
            .against("order", "invoice", "ticket", "phone", "routing");

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

    /**
     * A registered bank needs no more. Otherwise something has to speak of banks, and the more so the more the code looks like
     * a word.
     */
    private static boolean bic(Candidate candidate) {
        String code = candidate.text();
        if (!BankCodes.hasCountry(code)) {
            return false;
        }
        if (BankCodes.isKnown(code) || announced(candidate)) {
            return true;
        }
        boolean near = candidate.accountCountry() != null && candidate.accountDistance() <= NEAR;
        if (!BankCodes.looksLikeWord(code)) {
            return near || candidate.supported(BANK);
        }
        boolean likely =
                near && (candidate.accountCountry().equals(BankCodes.country(code)) || adjoinsAccount(candidate))
                        || candidate.supported(BIC);
        return likely && !BankCodes.isWord(code);
    }

    /** Whether it is the value of something that is about banks. */
    private static boolean announced(Candidate candidate) {
        int sign = candidate.before(candidate.before(1) == ' ' ? 2 : 1);
        return candidate.supported(BIC) && (sign == ':' || sign == '=' || candidate.supported(LABELLED));
    }

    /** Whether only marks stand between it and an IBAN. */
    private static boolean adjoinsAccount(Candidate candidate) {
        for (int distance = 1; distance <= candidate.accountDistance(); distance++) {
            if (distance > MOST_MARKS || Fold.word(candidate.before(distance))) {
                return false;
            }
        }
        return true;
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
