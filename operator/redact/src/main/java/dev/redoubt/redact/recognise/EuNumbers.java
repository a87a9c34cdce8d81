package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import java.util.List;

/** The Spanish NIF with NIE, the German tax identification number, the Polish PESEL. */
final class EuNumbers {
    private static final String NIF_LETTERS = "TRWAGMYFPDXBNJZSQVHLCKE";

    private static final Context TAX = Context.of(
            64,
            "steuer",
            "steueridentifikationsnummer",
            "steuerid",
            "steuernummer",
            "identifikationsnummer",
            "idnr",
            "idno",
            "tax",
            "tin",
            "taxpayer");

    private static final Context POLISH = Context.of(48, "pesel", "identity", "ewidencyjny");

    private EuNumbers() {}

    static List<Recogniser> recognisers() {
        return List.of(
                Recogniser.word(Entity.ES_NIF, 1.0, "(?i)(\\d{8}|[xyz][ -]?\\d{7})[ -]?[a-hj-np-tv-z]")
                        .confirmedBy(EuNumbers::nif),
                Recogniser.word(Entity.DE_TAX_ID, 1.0, "\\d{2}[ /]?\\d{3}[ /]?\\d{3}[ /]?\\d{3}")
                        .announcedBy(TAX)
                        .confirmedBy(EuNumbers::germanTax),
                Recogniser.word(Entity.PL_PESEL, 1.0, "\\d{11}")
                        .guardedBy(Guard.NUMBER)
                        .announcedBy(POLISH)
                        .confirmedBy(EuNumbers::polish));
    }

    /** Months of other centuries than the twentieth are raised by 20, 40, 60 or 80. */
    private static boolean polish(Candidate candidate) {
        return CheckDigits.day(candidate.number(2, 4) % 20, candidate.number(4, 6))
                && CheckDigits.weighted(candidate, 1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1) % 10 == 0;
    }

    private static boolean nif(Candidate candidate) {
        if (candidate.alphanumericCount() != 9) {
            return false;
        }
        String text = candidate.alphanumerics();
        int prefix = "XYZ".indexOf(text.charAt(0));
        String digits = prefix < 0 ? text.substring(0, 8) : prefix + text.substring(1, 8);
        return NIF_LETTERS.charAt(Integer.parseInt(digits) % NIF_LETTERS.length()) == text.charAt(8);
    }

    /** ISO 7064 MOD 11,10; of the first ten digits exactly one occurs twice or three times. */
    private static boolean germanTax(Candidate candidate) {
        if (candidate.digitCount() != 11 || candidate.digit(0) == 0) {
            return false;
        }
        int[] counts = new int[10];
        int product = 10;
        for (int i = 0; i < 10; i++) {
            int digit = candidate.digit(i);
            counts[digit]++;
            int sum = (digit + product) % 10;
            product = (sum == 0 ? 10 : sum) * 2 % 11;
        }
        int repeated = 0;
        for (int count : counts) {
            repeated += count > 3 ? 2 : count > 1 ? 1 : 0;
        }
        return repeated == 1 && (11 - product) % 10 == candidate.digit(10);
    }
}
