package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import java.util.List;

/** Numbers of persons and businesses in Australia, India, Singapore and Korea. */
final class AsiaPacificNumbers {
    private static final Context TAX = Context.of(48, "tfn", "tax", "file");
    private static final Context BUSINESS = Context.of(48, "abn", "business", "australian");
    private static final Context MEDICARE = Context.of(48, "medicare", "irn");
    private static final Context AADHAAR = Context.of(48, "aadhaar", "aadhar", "uid", "uidai");
    private static final Context PAN =
            new Context(java.util.Set.of("pan", "income", "tax", "permanent"), java.util.Set.of("sku", "part"), 48);
    private static final Context KOREAN = Context.of(48, "rrn", "resident", "registration", "jumin");

    /** Check letters of Singapore's numbers: citizens S and T, foreigners F and G, then M. */
    private static final String CITIZENS = "JZIHGFEDCBA";

    private static final String FOREIGNERS = "XWUTRQPNMLK";
    private static final String FOREIGNERS_SINCE_2022 = "KLJNPQRTUWX";

    private AsiaPacificNumbers() {}

    static List<Recogniser> recognisers() {
        return List.of(
                Recogniser.word(Entity.AU_TFN, 1.0, "\\d{3} ?\\d{3} ?\\d{3}")
                        .guardedBy(Guard.NUMBER)
                        .announcedBy(TAX)
                        .confirmedBy(c ->
                                CheckDigits.weighted(c, 1, 4, 3, 7, 5, 8, 6, 9, 10) % 11 == 0 && !CheckDigits.alike(c)),
                Recogniser.word(Entity.AU_ABN, 1.0, "\\d{2} ?\\d{3} ?\\d{3} ?\\d{3}")
                        .guardedBy(Guard.NUMBER)
                        .announcedBy(BUSINESS)
                        .confirmedBy(AsiaPacificNumbers::australianBusiness),
                Recogniser.word(Entity.AU_MEDICARE, 1.0, "[2-6]\\d{3} ?\\d{5} ?\\d")
                        .guardedBy(Guard.NUMBER)
                        .announcedBy(MEDICARE)
                        .confirmedBy(c -> CheckDigits.weighted(c, 1, 3, 7, 9, 1, 3, 7, 9) % 10 == c.digit(8)),
                Recogniser.word(Entity.IN_AADHAAR, 1.0, "[2-9]\\d{3}[ -]?\\d{4}[ -]?\\d{4}")
                        .guardedBy(Guard.NUMBER)
                        .confirmedBy(c -> CheckDigits.verhoeff(c, 12)
                                && (c.length() == 14 && c.at(4) == ' ' || c.supported(AADHAAR))),
                Recogniser.word(Entity.IN_PAN, 0.85, "[A-Z]{3}[ABCFGHLJPT][A-Z]\\d{4}[A-Z]")
                        .confirmedBy(c -> !c.opposed(PAN)),
                Recogniser.word(Entity.SG_NRIC_FIN, 1.0, "(?i)[stfgm]\\d{7}[a-z]")
                        .confirmedBy(AsiaPacificNumbers::singaporean),
                Recogniser.word(Entity.KR_RRN, 1.0, "\\d{6}-?[1-8]\\d{6}")
                        .guardedBy(Guard.NUMBER)
                        .confirmedBy(AsiaPacificNumbers::korean));
    }

    /** Modulo 89 with 1 taken from the first digit (Australian Business Register). */
    private static boolean australianBusiness(Candidate candidate) {
        int sum = CheckDigits.weighted(candidate, 10, 1, 3, 5, 7, 9, 11, 13, 15, 17, 19) - 10;
        return candidate.digit(0) > 0 && sum % 89 == 0;
    }

    private static boolean singaporean(Candidate candidate) {
        char kind = Character.toUpperCase((char) candidate.at(0));
        int sum = CheckDigits.weighted(candidate, 2, 7, 6, 5, 4, 3, 2)
                + switch (kind) {
                    case 'T', 'G' -> 4;
                    case 'M' -> 3;
                    default -> 0;
                };
        String letters =
                switch (kind) {
                    case 'S', 'T' -> CITIZENS;
                    case 'M' -> FOREIGNERS_SINCE_2022;
                    default -> FOREIGNERS;
                };
        int rest = kind == 'M' ? 10 - sum % 11 : sum % 11;
        return letters.charAt(rest) == Character.toUpperCase((char) candidate.at(8));
    }

    /** Numbers given since October 2020 have no check digit any more: a hyphen or a word has to speak for those. */
    private static boolean korean(Candidate candidate) {
        int sum = CheckDigits.weighted(candidate, 2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5);
        boolean checked = (11 - sum % 11) % 10 == candidate.digit(12);
        return CheckDigits.day(candidate.number(2, 4), candidate.number(4, 6))
                && (checked && candidate.length() == 14 || candidate.supported(KOREAN));
    }
}
