package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import java.util.List;

/** Health care in the United States: providers (NPI) and beneficiaries of Medicare (MBI). */
final class HealthNumbers {
    private static final Context PROVIDER = Context.of(48, "npi", "provider", "physician", "prescriber");

    /** What Luhn's method makes of 80840, the prefix that an NPI is checked with (45 CFR 162.406). */
    private static final int PREFIX_SUM = 24;

    private HealthNumbers() {}

    static List<Recogniser> recognisers() {
        return List.of(
                Recogniser.word(Entity.US_NPI, 1.0, "[12]\\d{9}")
                        .guardedBy(Guard.NUMBER)
                        .announcedBy(PROVIDER)
                        .confirmedBy(c -> (CheckDigits.luhnSum(c, 0, 10) + PREFIX_SUM) % 10 == 0),
                // letters S, L, O, I, B, Z are not used (CMS, Understanding the MBI format)
                Recogniser.word(
                        Entity.US_MBI,
                        0.9,
                        "[1-9][AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\\d-?[AC-HJKMNP-RT-Y][0-9AC-HJKMNP-RT-Y]\\d-?"
                                + "[AC-HJKMNP-RT-Y]{2}\\d{2}"));
    }
}
