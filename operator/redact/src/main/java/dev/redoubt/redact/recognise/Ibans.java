package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** International bank account numbers (ISO 13616): length by country and the remainder modulo 97. */
final class Ibans {
    /** Country and length, from the SWIFT IBAN registry. */
    private static final Map<String, Integer> LENGTHS = lengths("AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29"
            + " BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18"
            + " GR27 GT28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 LI21 LT20 LU20 LV21 LY25 MC27"
            + " MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 RS22 RU33 SA24"
            + " SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30");

    private Ibans() {}

    static List<Recogniser> recognisers() {
        return List.of(Recogniser.word(Entity.IBAN_CODE, 1.0, "(?i)[a-z]{2}[ -]?\\d{2}([ -]?[a-z0-9]){11,29}")
                .confirmedBy(Ibans::iban));
    }

    private static boolean iban(Candidate candidate) {
        // the length is looked up before anything is copied: a long run of words offers many ends
        String country = new String(
                new char[] {Character.toUpperCase((char) candidate.at(0)), Character.toUpperCase((char) candidate.at(1))
                });
        Integer length = LENGTHS.get(country);
        if (length == null || candidate.length() < length || candidate.length() > 2 * length) {
            return false;
        }
        String text = candidate.alphanumerics();
        return text.length() == length && remainder(text) == 1;
    }

    private static int remainder(String text) {
        int remainder = 0;
        for (int i = 0; i < text.length(); i++) {
            char symbol = text.charAt((i + 4) % text.length());
            int value = Character.digit(symbol, 36);
            remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
        }
        return remainder;
    }

    private static Map<String, Integer> lengths(String list) {
        Map<String, Integer> lengths = new HashMap<>();
        for (String entry : list.split(" ")) {
            lengths.put(entry.substring(0, 2), Integer.parseInt(entry.substring(2)));
        }
        return Map.copyOf(lengths);
    }
}
