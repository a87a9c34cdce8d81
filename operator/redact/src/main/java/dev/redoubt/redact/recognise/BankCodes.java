package dev.redoubt.redact.recognise;

import dev.redoubt.redact.text.Fold;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What can be said of a BIC (ISO 9362) from its letters: four of the bank, two of the country, two of the place, three of the
 * branch or none.
 */
final class BankCodes {
    private static final int BANK = 4;
    private static final int BANK_AND_COUNTRY = 6;

    /** ISO 3166 codes, and XK, which banks use for Kosovo. */
    private static final Set<String> COUNTRIES = Stream.concat(Arrays.stream(Locale.getISOCountries()), Stream.of("XK"))
            .collect(Collectors.toUnmodifiableSet());

    private BankCodes() {}

    /** Whether it names a country that there is. */
    static boolean hasCountry(String code) {
        return COUNTRIES.contains(country(code));
    }

    static String country(String code) {
        return code.substring(BANK, BANK_AND_COUNTRY);
    }

    /** Whether that bank of that country is registered; no word begins as one of them does. */
    static boolean isKnown(String code) {
        return Known.BANKS.contains(code.substring(0, BANK_AND_COUNTRY));
    }

    /** Whether it may be read as a word: it has no digit, and does not end as the code of a head office does. */
    static boolean looksLikeWord(String code) {
        return code.chars().noneMatch(Candidate::isDigit) && !code.endsWith("XXX");
    }

    /** Whether it is a word, a name or a place of some list. */
    static boolean isWord(String code) {
        return Known.WORDS.contains(code);
    }

    /** Loaded when the first candidate is there. */
    private static final class Known {
        static final Set<String> BANKS = lines("banks").collect(Collectors.toUnmodifiableSet());

        /** Of the lists of names only what has the form of a code. */
        static final Set<String> WORDS = Stream.of("word", "given", "surname-common", "surname", "place-large", "place")
                .flatMap(list -> lines("/dev/redoubt/redact/names/" + list))
                .filter(word -> word.length() == 8 || word.length() == 11)
                .map(word -> word.toUpperCase(Locale.ROOT))
                .filter(word -> word.chars().allMatch(Fold::word) && hasCountry(word))
                .collect(Collectors.toUnmodifiableSet());

        private static Stream<String> lines(String list) {
            try (InputStream file = BankCodes.class.getResourceAsStream(list + ".txt")) {
                return new String(Objects.requireNonNull(file, list).readAllBytes(), StandardCharsets.US_ASCII).lines();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
