package dev.redoubt.redact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.policy.Action;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamesTest {
    private static final Redactor NAMES = Redactors.with(Action.Replace, "PERSON", "LOCATION", "ORGANIZATION");

    private static String redacted(String text) {
        return Redactors.redacted(NAMES, text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12 Main Street, Springfield, IL 62701",
                "4 Mill Lane, Leeds LS1 4DY",
                "1740 Spring Court Apt. 31, Snyder, SD 75397",
                "221B Baker Street\nLondon\nUnited Kingdom",
                "16 Queen Square, Flat 4, Bristol",
                "Hauptstrasse 12, Berlin",
                "12 King Court, London N6W 5QY",
                "Suite 400, Denver, CO 80202-1234"
            })
    void anAddressIsOnePlaceFromTheHouseToThePostalCode(String address) {
        assertThat(redacted("Please send it to " + address + ".")).isEqualTo("Please send it to <LOCATION>.");
    }

    @ParameterizedTest
    @ValueSource(strings = {"The name is: King. Anna ", "Hospital in AnnaAnna Anna Anna's "})
    void aReplacedNeighbourMakesNoNameOfWhatWasNoneBeside(String text) {
        String once = redacted(text);
        assertThat(redacted(once)).isEqualTo(once);
    }

    @Test
    void anAddressEndsBeforeWhoeverIsNamedAfterIt() {
        assertThat(redacted("It is at 12 Main Street, Anna Kowalska said."))
                .isEqualTo("It is at <LOCATION>, <PERSON> said.");
        assertThat(redacted("12 Main Street\nThanks,\nPeter Parker")).isEqualTo("<LOCATION>\nThanks,\n<PERSON>");
        assertThat(redacted("12 Main Street, 5 people came.")).isEqualTo("<LOCATION>, 5 people came.");
        assertThat(redacted("12 Main Street\nPhone: none")).isEqualTo("<LOCATION>\nPhone: none");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Mrs. Anna Kowalska Apt. 7", "Ms. Petra Novak Suite 12"})
    void aTitleBeginsNoStreetAndAFlatEndsNoName(String text) {
        assertThat(redacted(text)).contains("<PERSON> <LOCATION>").doesNotContain("Anna", "Petra");
    }

    @ParameterizedTest
    @CsvSource({
        "Zdzimir Wyrobkowski called.",
        "Ask Qorban Tashkentov about it.",
        "I met Xylo B. Gunvaldsson there.",
        "The letter was from Thjodolfsdottir.",
    })
    void namesThatNoListKnowsAreToldByTheirEndings(String text) {
        assertThat(redacted(text)).contains("<PERSON>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"She lives in Zyxwburg now.", "He grew up in Puerto Qualto.", "our office in Brumovice"})
    void aWordThatNobodyKnowsIsAPlaceWhereOnlyAPlaceCanStand(String text) {
        assertThat(redacted(text)).contains("<LOCATION>");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Brumtor plc and Zolgal S.A. merged.|<ORGANIZATION> and <ORGANIZATION> merged.",
                "NIPPON SHINDO CO.LTD. grew.|<ORGANIZATION>. grew.",
                "She works at Target now.|She works at <ORGANIZATION> now.",
                "Brumtor Credit Union and Acme Ltd|<ORGANIZATION> and <ORGANIZATION>"
            })
    void aCompanyEndsWithItsLegalFormAndTwoAreTwo(String text, String expected) {
        assertThat(redacted(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Jan Kowalski is here.|<PERSON> is here.",
                "Hello Jan, thanks.|Hello <PERSON>, thanks.",
                "May Johnson called.|<PERSON> called.",
                "The bill of Jan 5 is paid.|The bill of Jan 5 is paid.",
                "Will you come in May?|Will you come in May?"
            })
    void aMonthIsAPersonOnlyBesideAFamilyNameOrWhenAddressed(String text, String expected) {
        assertThat(redacted(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Hello I moved, when I called.",
                "Summer Sale! Half price on Garden Furniture.",
                "The Icelandic sagas are old.",
                "deployed in Kubernetes with Docker and GraphQL",
                "The Advisory Committee meets in Room 12.",
                "It costs 12 Euro, 5 Pounds or 300 Yen.",
                "Chapter 7 describes the Garbage Collector; see Figure 3 and Table 12.",
                "Terms and Conditions apply. See the Help Center."
            })
    void ordinaryWordsWithCapitalsAreLeftAlone(String text) {
        assertThat(redacted(text)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sie wohnt in der Gartenstraße 12, 50667 Köln.|Sie wohnt in der <LOCATION>.",
                "Elle habite 12 rue des Lilas, 69003 Lyon.|Elle habite <LOCATION>.",
                "Vive en la calle Mayor, 12, 2.º A, 28013 Madrid.|Vive en la <LOCATION>.",
                "Abita in via Garibaldi 3, 20121 Milano (MI).|Abita in <LOCATION>.",
                "Zij woont op Keizersgracht 3, 1015 CJ Amsterdam.|Zij woont op <LOCATION>.",
                "Mora na rua da Fonte nº 7, 1200-192 Lisboa.|Mora na <LOCATION>.",
                "Goethestraße 4 in 99423 Weimar|<LOCATION>"
            })
    void anAddressIsReadAsItsCountryWritesIt(String text, String expected) {
        assertThat(redacted(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Sehr geehrte Frau von der Xylen, danke.|Sehr geehrte Frau <PERSON>, danke.",
                "Estimada señora Xyletti:|Estimada señora <PERSON>:",
                "De heer van Xylen belde.|De heer <PERSON> belde.",
                "Kontoinhaber Anna Xylen|Kontoinhaber <PERSON>",
                "Xyltor S.r.l. e Xylmann e. V.|<ORGANIZATION> e <ORGANIZATION>",
                "Xyltor GmbH & Co. KG wächst.|<ORGANIZATION> wächst.",
                "Sparkasse Köln, Université de Lyon|<ORGANIZATION>, <ORGANIZATION>",
                "les environs d'Angers|les environs d'<LOCATION>"
            })
    void whatStandsBeforeANameAndInItIsKnownInOtherLanguages(String text, String expected) {
        assertThat(redacted(text)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Der Koch gibt die Bescheinigung der Krankenkasse ab, im Winter liegt Schnee.",
                "Am Abend saß der Wirt auf der Bank und las.",
                "Cliquez sur Enregistrer, puis choisissez Exporter dans le menu Fichier.",
                "El Acuerdo de Nivel de Servicio cubre las incidencias.",
                "De Commissie vergadert in de Grote Zaal."
            })
    void ordinaryWordsOfOtherLanguagesAreLeftAlone(String text) {
        assertThat(redacted(text)).isEqualTo(text);
    }
}
