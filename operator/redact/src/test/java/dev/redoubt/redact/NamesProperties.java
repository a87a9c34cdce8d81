package dev.redoubt.redact;

import static dev.redoubt.redact.Redactors.redacted;
import static dev.redoubt.redact.Redactors.streamed;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.policy.Action;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Texts full of what names and addresses are made of, and of what breaks them. */
class NamesProperties {
    private static final String[] NAMES = {"PERSON", "LOCATION", "ORGANIZATION"};

    private static final Map<Action, Redactor> REDACTORS = Map.of(
            Action.Tokenize, Redactors.with(Action.Tokenize, NAMES),
            Action.Replace, Redactors.with(Action.Replace, NAMES));

    private static final List<String> PARTS = List.of(
            "Anna",
            "Kowalska",
            "Smith",
            "Johnson",
            "Jan",
            "May",
            "Will",
            "Zdzimir",
            "Wyrobkowski",
            "Gunvaldsson",
            "J.",
            "B",
            "O'Brien",
            "José",
            "Müller",
            "van",
            "de",
            "la",
            "von der",
            "Mr.",
            "Dr",
            "Mrs",
            "St.",
            "King",
            "Jr.",
            "PhD",
            "Paris",
            "London",
            "Springfield",
            "Leeds",
            "Snyder",
            "Brumovice",
            "New York",
            "Saint Vincent and the Grenadines",
            "Poland",
            "France",
            "TX",
            "IL",
            "SD",
            "North",
            "Lake",
            "County",
            "San",
            "12",
            "221B",
            "5",
            "75397",
            "62701-1234",
            "LS1 4DY",
            "N6W 5QY",
            "906",
            "Main",
            "Mill",
            "Street",
            "Lane",
            "Rd.",
            "Court",
            "Rue",
            "Via",
            "Ackerweg",
            "Hauptstrasse",
            "Apt.",
            "Suite",
            "Flat",
            "Unit",
            "Box",
            "#",
            "Acme",
            "Ltd",
            "Ltd.",
            "plc",
            "S.A.",
            "CO.LTD.",
            "GmbH",
            "Inc.",
            "Bank",
            "University",
            "of",
            "Hospital",
            "and",
            "&",
            "the",
            "lives in",
            "works at",
            "born in",
            "said",
            "moved here from",
            "Dear",
            "Grace",
            "Rose",
            "Mark",
            "Heather",
            "visited",
            "to",
            "asked",
            "Hello",
            "name is",
            "Thanks",
            "Please",
            "The",
            "Target",
            "Shell",
            "I",
            "<PERSON>",
            "<LOCATION>",
            "é",
            "rue",
            "calle",
            "via de",
            "van",
            "von der",
            "Frau",
            "Señora",
            "de heer",
            "der",
            "im",
            "Universität",
            "wohnt in",
            "d'Angers",
            "dell'Aquila",
            "S.r.l.",
            "e. V.",
            "GmbH & Co. KG",
            "50667",
            "1200-192",
            "1015 CJ",
            "2.º A",
            "nº 7",
            "(RM)",
            "字");

    private static final List<String> JOINTS = List.of(
            " ", " ", " ", ", ", "\n", "\n ", "-", ". ", ": ", "? ", "'s ", "", ",\n", "\u00a0", " (", ") ", "\n> ",
            " in ", "’");

    @Provide
    Arbitrary<String> texts() {
        Arbitrary<String> piece =
                Arbitraries.of(PARTS).flatMap(part -> Arbitraries.of(JOINTS).map(joint -> part + joint));
        return piece.list().ofMinSize(1).ofMaxSize(14).map(pieces -> String.join("", pieces));
    }

    @Property(tries = 3000)
    void everySplitGivesTheOutputOfTheWhole(@ForAll("texts") String text, @ForAll long seed) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        Redactor redactor = REDACTORS.get(Action.Tokenize);
        String whole = redacted(redactor, text);
        for (int cut = 0; cut <= utf8.length; cut += 1 + utf8.length / 40) {
            assertThat(streamed(redactor, utf8, cut)).isEqualTo(whole);
        }
        int[] cuts = new Random(seed).ints(5, 0, utf8.length + 1).sorted().toArray();
        assertThat(streamed(redactor, utf8, cuts)).isEqualTo(whole);
    }

    @Property(tries = 3000)
    void redactingTwiceChangesNothing(@ForAll("texts") String text) {
        REDACTORS.forEach((action, redactor) -> {
            String once = redacted(redactor, text);
            assertThat(redacted(redactor, once)).isEqualTo(once);
        });
    }
}
