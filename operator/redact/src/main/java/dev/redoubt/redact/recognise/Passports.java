package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import java.util.List;

/** Numbers of passports. Few have a check digit, so all need a word that announces them. */
final class Passports {
    private static final Context PASSPORT =
            Context.of(48, "passport", "passports", "reisepass", "pass", "travel", "passportnumber");

    /** Weights of ICAO Doc 9303, part 3. */
    private static final int[] ICAO = {7, 3, 1};

    private Passports() {}

    static List<Recogniser> recognisers() {
        return List.of(
                Recogniser.word(Entity.US_PASSPORT, 0.7, "[A-Z]\\d{8}|\\d{9}").announcedBy(PASSPORT),
                Recogniser.word(Entity.UK_PASSPORT, 0.6, "\\d{9}").announcedBy(PASSPORT),
                Recogniser.word(Entity.IN_PASSPORT, 0.7, "[A-PR-WY][1-9]\\d{6}").announcedBy(PASSPORT),
                Recogniser.word(Entity.DE_PASSPORT, 0.9, "[CFGHJK][CFGHJKLMNPRTVWXYZ0-9]{8}\\d")
                        .announcedBy(PASSPORT)
                        .confirmedBy(Passports::icao));
    }

    private static boolean icao(Candidate candidate) {
        int sum = 0;
        int last = candidate.length() - 1;
        for (int i = 0; i < last; i++) {
            int symbol = candidate.at(i);
            int value = Candidate.isDigit(symbol) ? symbol - '0' : symbol - 'A' + 10;
            sum += value * ICAO[i % ICAO.length];
        }
        return sum % 10 == candidate.at(last) - '0';
    }
}
