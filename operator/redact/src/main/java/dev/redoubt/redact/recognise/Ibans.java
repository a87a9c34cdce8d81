package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import dev.redoubt.redact.text.Fold;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** International bank account numbers (ISO 13616): length by country and the remainder modulo 97. */
final class Ibans {
    /** Countries and lengths, from the SWIFT IBAN registry. */
    private static final String REGISTRY = "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29"
            + " BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18"
            + " GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27"
            + " MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24"
            + " SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30";

    private static final int[] LENGTHS = lengths();

    private Ibans() {}

    static List<Recogniser> recognisers() {
        return List.of(
                Recogniser.word(Entity.IBAN_CODE, 1.0, "(?i)" + pattern()).confirmedBy(Ibans::iban));
    }

    /** Every length with its countries: of a number without end only that many characters are read. */
    private static String pattern() {
        Map<Integer, List<String>> countries = new TreeMap<>();
        for (String entry : REGISTRY.split(" ")) {
            countries
                    .computeIfAbsent(Integer.parseInt(entry.substring(2)), any -> new ArrayList<>())
                    .add(entry.substring(0, 2));
        }
        return countries.entrySet().stream()
                .map(entry -> "(" + String.join("|", entry.getValue()) + ")[ -]?\\d{2}([ -]?[a-z0-9]){"
                        + (entry.getKey() - 4) + "}")
                .collect(Collectors.joining("|"));
    }

    private static boolean iban(Candidate candidate) {
        int length = LENGTHS[letter(candidate.at(0)) * 26 + letter(candidate.at(1))];
        // before anything is copied: a run of words offers many ends
        return length > 0 && candidate.alphanumericCount() == length && remainder(candidate) == 1;
    }

    private static int letter(int symbol) {
        return (symbol | 0x20) - 'a';
    }

    /** Of the country and check digits behind the rest, letters as numbers from 10 on. */
    private static int remainder(Candidate candidate) {
        int behindCheck = 0;
        for (int kept = 0; kept < 4; behindCheck++) {
            kept += Fold.alphanumeric(candidate.at(behindCheck)) ? 1 : 0;
        }
        int rest = CheckDigits.mod97(candidate, behindCheck, candidate.length(), 0);
        return CheckDigits.mod97(candidate, 0, behindCheck, rest);
    }

    private static int[] lengths() {
        int[] lengths = new int[26 * 26];
        for (String entry : REGISTRY.split(" ")) {
            lengths[letter(entry.charAt(0)) * 26 + letter(entry.charAt(1))] = Integer.parseInt(entry.substring(2));
        }
        return lengths;
    }
}
