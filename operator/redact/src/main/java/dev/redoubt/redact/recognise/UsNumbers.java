package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import java.util.List;
import java.util.Set;

/** Numbers of the United States: social security, taxpayer identification, and the DEA number of prescribers. */
final class UsNumbers {
    private static final String NINE = "\\d{3}[ .-]?\\d{2}[ .-]?\\d{4}";

    private static final Context SECURITY = Context.of(48, "ssn", "ssns", "social", "security");
    private static final Context TAXPAYER = Context.of(48, "itin", "itins", "taxpayer", "tax", "tin");
    private static final Context GOODS = new Context(
            Set.of("dea", "license", "licence", "prescriber", "medical", "physician", "doctor", "practitioner"),
            Set.of(
                    "order",
                    "invoice",
                    "ticket",
                    "sku",
                    "part",
                    "serial",
                    "tracking",
                    "ref",
                    "reference",
                    "batch",
                    "model"),
            32);

    /** Once printed on sample cards and in advertisements, used by thousands since. */
    private static final Set<Integer> VOID = Set.of(78051120, 219099999);

    private UsNumbers() {}

    static List<Recogniser> recognisers() {
        return List.of(
                Recogniser.word(Entity.US_SSN, 0.85, NINE)
                        .guardedBy(Guard.NUMBER)
                        .confirmedBy(UsNumbers::socialSecurity),
                Recogniser.word(Entity.US_ITIN, 0.85, NINE)
                        .guardedBy(Guard.NUMBER)
                        .confirmedBy(UsNumbers::taxpayer),
                Recogniser.word(Entity.MEDICAL_LICENSE, 1.0, "[ABCDEFGHJKLMPRSTUX][A-Z9]\\d{7}")
                        .confirmedBy(UsNumbers::prescriber));
    }

    private static boolean socialSecurity(Candidate candidate) {
        if (candidate.digitCount() != 9) {
            return false;
        }
        int area = candidate.number(0, 3);
        return area != 0
                && area != 666
                && area < 900
                && candidate.number(3, 5) != 0
                && candidate.number(5, 9) != 0
                && !VOID.contains(candidate.number(0, 9))
                && written(candidate, SECURITY);
    }

    private static boolean taxpayer(Candidate candidate) {
        if (candidate.digitCount() != 9 || candidate.digit(0) != 9) {
            return false;
        }
        int group = candidate.number(3, 5);
        return (group >= 50 && group <= 65 || group >= 70 && group <= 88 || group >= 90 && group != 93)
                && written(candidate, TAXPAYER);
    }

    /** Set apart by hyphens these are like no other number; all else needs a word that announces them. */
    private static boolean written(Candidate candidate, Context context) {
        int first = candidate.at(3);
        int second = candidate.at(candidate.length() - 5);
        boolean delimited = candidate.length() == 11;
        if (candidate.length() == 10 || delimited && first != second) {
            return false;
        }
        return delimited && first == '-' || candidate.supported(context);
    }

    private static boolean prescriber(Candidate candidate) {
        int sum = 0;
        for (int i = 0; i < 6; i++) {
            sum += (candidate.at(2 + i) - '0') * (i % 2 == 0 ? 1 : 2);
        }
        return sum % 10 == candidate.at(8) - '0' && !candidate.opposed(GOODS);
    }
}
