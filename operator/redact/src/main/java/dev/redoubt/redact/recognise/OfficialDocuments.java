package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import java.util.List;

/** Numbers of passports and driving licences. Few have a check digit, so most need a word that announces them. */
final class OfficialDocuments {
    private static final Context PASSPORT =
            Context.of(48, "passport", "passports", "reisepass", "pass", "travel", "passportnumber");
    private static final Context LICENCE = Context.of(
            48, "driver", "drivers", "driving", "license", "licence", "dl", "dln", "dmv", "permit", "patente");

    /** Weights of ICAO Doc 9303, part 3. */
    private static final int[] ICAO = {7, 3, 1};

    private OfficialDocuments() {}

    static List<Recogniser> recognisers() {
        return List.of(
                Recogniser.word(Entity.US_PASSPORT, 0.7, "[A-Z]\\d{8}|\\d{9}").announcedBy(PASSPORT),
                Recogniser.word(Entity.UK_PASSPORT, 0.6, "\\d{9}").announcedBy(PASSPORT),
                Recogniser.word(Entity.IN_PASSPORT, 0.7, "[A-PR-WY][1-9]\\d{6}").announcedBy(PASSPORT),
                Recogniser.word(Entity.DE_PASSPORT, 0.9, "[CFGHJK][CFGHJKLMNPRTVWXYZ0-9]{8}\\d")
                        .announcedBy(PASSPORT)
                        .confirmedBy(OfficialDocuments::icao),
                Recogniser.word(Entity.US_DRIVER_LICENSE, 0.6, "[A-Z]\\d{6,8}|[A-Z]{2}\\d{6}|\\d{7,9}")
                        .announcedBy(LICENCE),
                // five letters of the surname, then the day of birth with 5 or 6 for the month of a woman (DVLA)
                Recogniser.word(
                        Entity.UK_DRIVING_LICENCE, 0.95, "[A-Z9]{5}\\d[0156]\\d[0-3]\\d\\d[A-Z9]{2}\\d[A-Z]{2}"),
                Recogniser.word(Entity.IT_DRIVER_LICENSE, 0.7, "[A-Z]{2}\\d{7}[A-Z]|U1[A-Z0-9]{7}[A-Z]")
                        .announcedBy(LICENCE));
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
