package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import java.util.List;
import java.util.Set;

/** Numbers of driving licences. Few have a check digit, so most need a word that announces them. */
final class DrivingLicences {
    private static final Context LICENCE = Context.of(
            48, "driver", "drivers", "driving", "license", "licence", "dl", "dln", "dmv", "permit", "patente");

    private static final Context PAPER =
            Context.of(Context.MOST_REACH, "license", "licenses", "licence", "licences", "permit", "dl", "dln", "dmv");

    /** What is behind a word for some other number is that number. */
    private static final Context DRIVING = new Context(
            Set.of("driver", "drivers", "driving", "dl", "dln", "dmv"),
            Set.of(
                    "plate",
                    "key",
                    "phone",
                    "tel",
                    "mobile",
                    "fax",
                    "ssn",
                    "passport",
                    "account",
                    "card",
                    "order",
                    "invoice",
                    "ticket",
                    "case",
                    "policy",
                    "claim",
                    "vin",
                    "zip",
                    "medical",
                    "npi",
                    "dea"),
            Context.MOST_REACH);

    /** What most states issue, and what looks least like anything else. */
    private static final String USUAL = "[A-Z]\\d{6,8}|[A-Z]{2}\\d{6}|\\d{7,9}";

    /** Of letters and digits without marks, as the states publish them. */
    private static final String OF_STATES = "[A-Z]\\d{4,5}|[A-Z]\\d{9,14}|[A-Z]\\d{18}" // Ohio to New Jersey, New York
            + "|[A-Z]{2}\\d{3,5}|[A-Z]{2}\\d{7}|[A-Z]{2}\\d{6}[A-Z]" // Colorado and Ohio, Idaho
            + "|[A-Z]{3}\\d{6}|[A-Z]\\d{6}R" // North Dakota, Missouri
            + "|\\d{10,14}|\\d{16}" // Indiana to New York
            + "|\\d{7,9}[A-Z]|\\d{8}[A-Z]{2}" // Maine, Vermont and Missouri
            + "|\\d{3}[A-Z]\\d{6}|\\d{3}[A-Z]{2}\\d{4}|\\d{2}[A-Z]{3}\\d{5}" // Missouri, Iowa, New Hampshire
            + "|[A-Z]\\d[A-Z]\\d[A-Z]" // Kansas
            + "|WDL[A-Z0-9]{9}|[A-Z*]{5}[A-Z][A-Z*]\\d{3}[A-Z0-9]{2}"; // Washington, now and before

    /** In groups, as they are printed. */
    private static final String GROUPED = "[A-Z]\\d{3}[ -]\\d{4}[ -]\\d{4}([ -]\\d{2})?" // Illinois, Wisconsin
            + "|[A-Z]\\d{3}[ -]\\d{3}[ -]\\d{2}[ -]\\d{3}[ -]\\d" // Florida
            + "|[A-Z]([ -]\\d{3}){4}" // Maryland, Michigan and Minnesota
            + "|[A-Z]\\d{4}[ -]\\d{5}[ -]\\d{5}" // New Jersey
            + "|[A-Z]\\d{2}[ -]\\d{2,3}[ -]\\d{3,4}" // Kansas, Kentucky, Virginia
            + "|\\d{3} \\d{3} \\d{3}|\\d{2} \\d{3} \\d{3}|\\d{2}-\\d{3}-\\d{4}"; // New York, Pennsylvania, Colorado

    private DrivingLicences() {}

    static List<Recogniser> recognisers() {
        return List.of(
                Recogniser.word(Entity.US_DRIVER_LICENSE, 0.6, USUAL).announcedBy(LICENCE),
                Recogniser.word(Entity.US_DRIVER_LICENSE, 0.6, USUAL + "|" + OF_STATES + "|" + GROUPED)
                        .announcedBy(PAPER)
                        .confirmedBy(candidate -> candidate.supported(DRIVING)),
                // five letters of the surname, then the day of birth with 5 or 6 for the month of a woman (DVLA)
                Recogniser.word(
                        Entity.UK_DRIVING_LICENCE, 0.95, "[A-Z9]{5}\\d[0156]\\d[0-3]\\d\\d[A-Z9]{2}\\d[A-Z]{2}"),
                Recogniser.word(Entity.IT_DRIVER_LICENSE, 0.7, "[A-Z]{2}\\d{7}[A-Z]|U1[A-Z0-9]{7}[A-Z]")
                        .announcedBy(LICENCE));
    }
}
