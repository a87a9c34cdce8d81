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

    /** No network begins otherwise; 1800 is an old prefix of JCB, with fifteen digits. */
    private static final String PATTERN = "[2-68]([ -]?\\d){11,18}|1800[ -]?(\\d[ -]?){10}\\d";

    private Cards() {}

    static List<Recogniser> recognisers() {
        return List.of(Recogniser.word(Entity.CREDIT_CARD, 1.0, PATTERN)
                .guardedBy(Guard.DECIMAL)
                .confirmedBy(Cards::card));
    }

    private static boolean card(Candidate candidate) {
        int digits = candidate.digitCount();
        if (digits < LEAST || digits > MOST) {
            return false;
        }
        Network network = network(candidate, digits);
        return network != Network.NONE
                && CheckDigits.luhn(candidate, 0, digits)
                && (network == Network.USUAL || candidate.supported(CARD));
    }

    private enum Network {
        NONE,
        /** A length that other numbers have too (bar codes, identifiers): asks for context. */
        RARE,
        USUAL
    }

    private static Network network(Candidate candidate, int length) {
        int two = candidate.number(0, 2);
        int four = candidate.number(0, 4);
        int six = candidate.number(0, 6);
        if (candidate.digit(0) == 4) {
            return length == 16 ? Network.USUAL : rare(length == 13 || length == 19);
        }
        if (two >= 51 && two <= 55 || four >= 2221 && four <= 2720 || four >= 2200 && four <= 2204) {
            return length == 16 ? Network.USUAL : Network.NONE;
        }
        if (two == 34 || two == 37) {
            return length == 15 ? Network.USUAL : Network.NONE;
        }
        if (two == 36 || two == 38 || two == 39 || four / 10 >= 300 && four / 10 <= 305) {
            return length == 14 || length == 16 ? Network.USUAL : rare(length > 14);
        }
        if (four == 6011
                || four / 10 >= 644 && four / 10 <= 649
                || two == 65
                || two == 62
                || four >= 3528 && four <= 3589
                || six >= 817200 && six <= 817399) {
            return length == 16 ? Network.USUAL : rare(length > 16);
        }
        if (four == 1800 || four == 2131) {
            return rare(length == 15);
        }
        if (two == 35) {
            return rare(length == 16); // not given out, but test numbers have them
        }
        boolean maestro = four == 5018
                || four == 5020
                || four == 5038
                || four == 5893
                || four == 6304
                || four == 6759
                || four >= 6761 && four <= 6763;
        if (maestro) {
            return length == 16 ? Network.USUAL : rare(true);
        }
        return rare(two >= 56 && two <= 58 || two == 50 || four == 604 || two == 63 || two == 67);
    }

    private static Network rare(boolean possible) {
        return possible ? Network.RARE : Network.NONE;
    }
}
