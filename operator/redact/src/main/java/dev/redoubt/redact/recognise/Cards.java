package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import java.util.List;

/** Payment card numbers: prefix and length of the networks (ISO/IEC 7812) and Luhn's check digit. */
final class Cards {
    private static final Context CARD = Context.of(
            48,
            "karte",
            "kreditkarte",
            "carte",
            "tarjeta",
            "carta",
            "kaart",
            "creditcard",
            "cartão",
            "card",
            "cards",
            "credit",
            "debit",
            "visa",
            "mastercard",
            "maestro",
            "amex",
            "pan",
            "cc");

    private static final int LEAST = 12;
    private static final int MOST = 19;
    /** Digits that tell the network. */
    private static final int PREFIX = 6;

    /**
     * No network begins otherwise. In groups of the same size, as American Express and Diners print them, in two parts, or
     * without any: other rows of digits are cards only where a word says so, and reading them to the end costs time.
     */
    private static final String PRINTED =
            "[2-68](\\d{3}([ -]?\\d{4}){2}([ -]?\\d{1,4}|[ -]?\\d{4}[ -]?\\d{1,3})?|\\d{3}[ -]?\\d{6}[ -]?\\d{4,5}"
                    + "|([ -]\\d){11,18}|\\d([ -]\\d\\d){5,8}([ -]\\d)?|\\d\\d([ -]\\d{3}){3,5}([ -]\\d\\d?)?"
                    + "|\\d{4}([ -]\\d{5}){1,2}[ -]\\d{2,6}|\\d{5}[ -]\\d{6,13}|\\d{7}[ -]\\d{5,11})";

    /** In groups of any size; 1800 is an old prefix of JCB, with fifteen digits. */
    private static final String ANNOUNCED = "[2-68]([ -]?\\d){11,18}|1800[ -]?(\\d[ -]?){10}\\d";

    private Cards() {}

    static List<Recogniser> recognisers() {
        return List.of(card(PRINTED), card(ANNOUNCED).announcedBy(CARD));
    }

    private static Recogniser card(String pattern) {
        return Recogniser.word(Entity.CREDIT_CARD, 1.0, pattern)
                .guardedBy(Guard.DECIMAL)
                .beginningWith(Cards::begins)
                .confirmedBy(Cards::card);
    }

    /** Whether some length of it may be one of a network. */
    private static boolean begins(Candidate candidate) {
        Lengths lengths = lengths(candidate.leading(PREFIX));
        return lengths.usual != 0 || lengths.rare != 0 && candidate.supported(CARD);
    }

    private static boolean card(Candidate candidate) {
        Lengths lengths = lengths(candidate.leading(PREFIX));
        int digits = candidate.digitCount();
        boolean usual = (lengths.usual >>> digits & 1) != 0;
        return (usual || (lengths.rare >>> digits & 1) != 0 && candidate.supported(CARD))
                && CheckDigits.luhn(candidate, 0, digits);
    }

    /**
     * How many digits the cards of a network have, as bits.
     *
     * @param rare those that other numbers have too (bar codes, identifiers): they ask for context
     */
    private record Lengths(int usual, int rare) {
        private static final int ANY = (2 << MOST) - (1 << LEAST);

        private static final Lengths NONE = new Lengths(0, 0);
        private static final Lengths FIFTEEN = new Lengths(1 << 15, 0);
        private static final Lengths SIXTEEN = new Lengths(1 << 16, 0);
        private static final Lengths VISA = new Lengths(1 << 16, 1 << 13 | 1 << 19);
        private static final Lengths DINERS = new Lengths(1 << 14 | 1 << 16, ANY & -1 << 15);
        private static final Lengths SIXTEEN_OR_MORE = new Lengths(1 << 16, ANY & -1 << 17);
        private static final Lengths OLD_JCB = new Lengths(0, 1 << 15);
        /** Not given out, but test numbers have them. */
        private static final Lengths LIKE_JCB = new Lengths(0, 1 << 16);

        private static final Lengths MAESTRO = new Lengths(1 << 16, ANY);
        private static final Lengths UNCERTAIN = new Lengths(0, ANY);
    }

    /** By the first six digits. */
    private static Lengths lengths(int six) {
        int two = six / 10_000;
        int four = six / 100;
        if (two / 10 == 4) {
            return Lengths.VISA;
        }
        if (two >= 51 && two <= 55 || four >= 2221 && four <= 2720 || four >= 2200 && four <= 2204) {
            return Lengths.SIXTEEN;
        }
        if (two == 34 || two == 37) {
            return Lengths.FIFTEEN;
        }
        if (two == 36 || two == 38 || two == 39 || four / 10 >= 300 && four / 10 <= 305) {
            return Lengths.DINERS;
        }
        if (four == 6011
                || four / 10 >= 644 && four / 10 <= 649
                || two == 65
                || two == 62
                || four >= 3528 && four <= 3589
                || six >= 817200 && six <= 817399) {
            return Lengths.SIXTEEN_OR_MORE;
        }
        if (four == 1800 || four == 2131) {
            return Lengths.OLD_JCB;
        }
        if (two == 35) {
            return Lengths.LIKE_JCB;
        }
        boolean maestro = four == 5018
                || four == 5020
                || four == 5038
                || four == 5893
                || four == 6304
                || four == 6759
                || four >= 6761 && four <= 6763;
        if (maestro) {
            return Lengths.MAESTRO;
        }
        boolean uncertain = two >= 56 && two <= 58 || two == 50 || four == 604 || two == 63 || two == 67;
        return uncertain ? Lengths.UNCERTAIN : Lengths.NONE;
    }
}
