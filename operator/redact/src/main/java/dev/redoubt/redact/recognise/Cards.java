package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import java.util.List;

/** Payment card numbers: prefix and length of the networks (ISO/IEC 7812) and Luhn's check digit. */
final class Cards {
    private static final Context CARD =
            Context.of(48, "card", "cards", "credit", "debit", "visa", "mastercard", "maestro", "amex", "pan", "cc");

    private static final int LEAST = 12;
    private static final int MOST = 19;

    /** No network begins otherwise. */
    private static final String FIRST = "[2-68]";

    private Cards() {}

    static List<Recogniser> recognisers() {
        return List.of(Recogniser.word(Entity.CREDIT_CARD, 1.0, FIRST + "([ -]?\\d){11,18}")
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
        boolean maestro = four == 5018
                || four == 5020
                || four == 5038
                || four == 5893
                || four == 6304
                || four == 6759
                || four >= 6761 && four <= 6763;
        return maestro ? length == 16 ? Network.USUAL : rare(true) : Network.NONE;
    }

    private static Network rare(boolean possible) {
        return possible ? Network.RARE : Network.NONE;
    }
}
