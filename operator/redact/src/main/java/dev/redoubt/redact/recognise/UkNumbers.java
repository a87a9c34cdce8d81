package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import java.util.List;
import java.util.Set;

/** Numbers of the United Kingdom: National Health Service and National Insurance. */
final class UkNumbers {
    private static final Context HEALTH = new Context(
            Set.of("nhs", "patient", "patients", "health", "hospital", "gp", "surgery"),
            Set.of(
                    "phone",
                    "telephone",
                    "tel",
                    "call",
                    "mobile",
                    "fax",
                    "order",
                    "invoice",
                    "ticket",
                    "ref",
                    "account"),
            48);

    private static final Set<String> UNUSED_PREFIXES = Set.of("BG", "GB", "KN", "NK", "NT", "TN", "ZZ");

    private UkNumbers() {}

    static List<Recogniser> recognisers() {
        return List.of(
                Recogniser.word(Entity.UK_NHS, 1.0, "\\d{3}[ -]?\\d{3}[ -]?\\d{4}")
                        .confirmedBy(UkNumbers::health),
                Recogniser.word(
                                Entity.UK_NINO,
                                0.9,
                                "(?i)[a-ceghj-prstw-z][a-ceghj-nprstw-z][ -]?\\d{2}[ -]?\\d{2}[ -]?\\d{2}[ -]?[a-d]")
                        .confirmedBy(
                                c -> !UNUSED_PREFIXES.contains(c.alphanumerics().substring(0, 2))));
    }

    private static boolean health(Candidate candidate) {
        if (candidate.digitCount() != 10) {
            return false;
        }
        int sum = CheckDigits.weighted(candidate, 10, 9, 8, 7, 6, 5, 4, 3, 2);
        if ((11 - sum % 11) % 11 != candidate.digit(9) || CheckDigits.alike(candidate)) {
            return false;
        }
        boolean spaced = candidate.length() == 12 && candidate.at(3) == ' ' && candidate.at(7) == ' ';
        return spaced && !candidate.opposed(HEALTH) || candidate.supported(HEALTH);
    }
}
