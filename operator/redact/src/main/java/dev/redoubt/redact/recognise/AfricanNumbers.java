package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import java.util.List;

/** The identity number of South Africa: day of birth, sequence, citizenship, Luhn's check digit. */
final class AfricanNumbers {
    private static final Context IDENTITY =
            Context.of(48, "id", "identity", "rsa", "identification", "said", "idnumber");

    private AfricanNumbers() {}

    static List<Recogniser> recognisers() {
        return List.of(Recogniser.word(Entity.ZA_ID_NUMBER, 1.0, "\\d{6} ?\\d{4} ?[012]\\d\\d")
                .guardedBy(Guard.NUMBER)
                .announcedBy(IDENTITY)
                .confirmedBy(c -> CheckDigits.day(c.number(2, 4), c.number(4, 6)) && CheckDigits.luhn(c, 0, 13)));
    }
}
