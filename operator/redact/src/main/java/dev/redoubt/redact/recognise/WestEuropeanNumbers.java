package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import java.util.List;

/** Numbers of persons in France, Belgium, the Netherlands, Switzerland, Portugal and Italy. */
final class WestEuropeanNumbers {
    private static final Context FRENCH =
            Context.of(48, "nir", "insee", "secu", "sociale", "securite", "social", "security", "vitale");
    private static final Context BELGIAN = Context.of(
            48, "rijksregisternummer", "rijksregister", "insz", "niss", "rrn", "national", "nationaal", "registre");
    private static final Context DUTCH =
            Context.of(48, "bsn", "burgerservicenummer", "sofinummer", "sofi", "citizen", "service");
    private static final Context SWISS = Context.of(48, "ahv", "avs", "oasi", "ahvn13", "navs13", "social", "security");
    private static final Context PORTUGUESE = Context.of(48, "nif", "contribuinte", "fiscal", "taxpayer", "tax", "vat")
            .against("file", "tfn", "sin", "insurance", "bsn", "ssn");

    /** Values of digits and letters at odd places of the Italian code (Decreto 12 marzo 1974). */
    private static final int[] ITALIAN_ODD = {
        1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23
    };

    private WestEuropeanNumbers() {}

    static List<Recogniser> recognisers() {
        return List.of(
                Recogniser.word(Entity.FR_NIR, 1.0, "[12] ?\\d{2} ?\\d{2} ?\\d[\\dAaBb] ?\\d{3} ?\\d{3} ?\\d{2}")
                        .guardedBy(Guard.NUMBER)
                        .confirmedBy(WestEuropeanNumbers::french),
                Recogniser.word(Entity.BE_NATIONAL_NUMBER, 1.0, "\\d{2}[ .]?\\d{2}[ .]?\\d{2}[ -]?\\d{3}[ .]?\\d{2}")
                        .guardedBy(Guard.NUMBER)
                        .confirmedBy(WestEuropeanNumbers::belgian),
                Recogniser.word(Entity.NL_BSN, 1.0, "\\d{3}[ .]?\\d{3}[ .]?\\d{3}|\\d{4}[ .]\\d{2}[ .]\\d{3}")
                        .guardedBy(Guard.NUMBER)
                        .announcedBy(DUTCH)
                        .confirmedBy(WestEuropeanNumbers::dutch),
                Recogniser.word(Entity.CH_AHV, 1.0, "756[ .]?\\d{4}[ .]?\\d{4}[ .]?\\d{2}")
                        .guardedBy(Guard.NUMBER)
                        .confirmedBy(WestEuropeanNumbers::swiss),
                Recogniser.word(Entity.PT_NIF, 1.0, "[1-35689]\\d{2}[ .]?\\d{3}[ .]?\\d{3}")
                        .guardedBy(Guard.NUMBER)
                        .announcedBy(PORTUGUESE)
                        .confirmedBy(WestEuropeanNumbers::portuguese),
                Recogniser.word(
                                Entity.IT_FISCAL_CODE,
                                1.0,
                                "(?i)[a-z]{6}[0-9lmnpqrstuv]{2}[abcdehlmprst][0-9lmnpqrstuv]{2}[a-z][0-9lmnpqrstuv]{3}[a-z]")
                        .confirmedBy(WestEuropeanNumbers::italian));
    }

    /** 97 less the first thirteen modulo 97; 2A and 2B (Corsica) stand for 19 and 18. */
    private static boolean french(Candidate candidate) {
        String text = candidate.alphanumerics();
        int letter = "AB".indexOf(text.charAt(6));
        if (letter >= 0 && text.charAt(5) != '2') {
            return false;
        }
        String digits = letter < 0 ? text : text.substring(0, 5) + (letter == 0 ? "19" : "18") + text.substring(7);
        long number = Long.parseLong(digits.substring(0, 13));
        boolean spaced = candidate.length() > 15;
        return 97 - number % 97 == Integer.parseInt(digits.substring(13)) && (spaced || candidate.supported(FRENCH));
    }

    /** 97 less the first nine modulo 97, with a 2 before them for those born since 2000. */
    private static boolean belgian(Candidate candidate) {
        int nine = candidate.number(0, 9);
        int check = candidate.number(9, 11);
        boolean dotted = candidate.length() == 15;
        return candidate.number(2, 4) <= 12
                && candidate.number(4, 6) <= 31
                && (97 - nine % 97 == check || 97 - (2_000_000_000L + nine) % 97 == check)
                && (dotted || candidate.supported(BELGIAN));
    }

    private static boolean dutch(Candidate candidate) {
        return candidate.digitCount() == 9
                && !CheckDigits.alike(candidate)
                && CheckDigits.weighted(candidate, 9, 8, 7, 6, 5, 4, 3, 2, -1) % 11 == 0;
    }

    private static boolean swiss(Candidate candidate) {
        return CheckDigits.gs1(candidate) && (candidate.length() == 16 || candidate.supported(SWISS));
    }

    private static boolean portuguese(Candidate candidate) {
        int rest = CheckDigits.weighted(candidate, 9, 8, 7, 6, 5, 4, 3, 2) % 11;
        return candidate.digit(8) == (rest < 2 ? 0 : 11 - rest) && !CheckDigits.alike(candidate);
    }

    private static boolean italian(Candidate candidate) {
        String code = candidate.alphanumerics();
        int sum = 0;
        for (int i = 0; i < 15; i++) {
            char symbol = code.charAt(i);
            int value = symbol <= '9' ? symbol - '0' : symbol - 'A';
            sum += i % 2 == 0 ? ITALIAN_ODD[value] : value;
        }
        return sum % 26 == code.charAt(15) - 'A';
    }
}
