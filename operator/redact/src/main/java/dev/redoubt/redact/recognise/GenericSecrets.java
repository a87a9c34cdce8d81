package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import dev.redoubt.redact.text.Fold;
import java.util.List;

/**
 * Secrets of no known form, given away by the name that they are assigned to ({@code password=…}, {@code "api_key": "…"})
 * and by looking random. A name alone is not enough: "password: required" is prose.
 */
final class GenericSecrets {
    /** What settings say before: listed, because a pattern that begins with any letter would be tried at every word. */
    private static final String OF_WHAT =
            "((admin|amqp|app|bot|broker|client|database|db|django|email|ftp|jwt|kafka|ldap|mail"
                    + "|mongo|mongodb|mysql|oauth|pg|postgres|postgresql|proxy|rabbitmq|redis|root|service|session|smtp|user)[_.-])?";

    private static final String NAMES = OF_WHAT
            + "(password|passwd|pwd|passphrase|secret|secret[_-]?key|client_?secret|api[_-]?key|access[_-]?key"
            + "|access[_-]?token|auth[_-]?token|credential)";

    /** Bits a symbol (Shannon, over the symbols of the value itself). */
    private static final double LEAST_ENTROPY = 2.75;

    private static final int LEAST_LENGTH = 8;
    /** Symbols of the value that are judged; the rest of it goes with them. */
    private static final int MOST_LENGTH = 32;

    private static final String MARKS = "!#$%&*+,./:?@^_~=-";

    /** What the rest of a value is. */
    static final Tail VALUE = new Tail() {
        @Override
        public int step(int state, int symbol) {
            return Fold.alphanumeric(symbol) || MARKS.indexOf(symbol) >= 0 ? 0 : STOPPED;
        }

        @Override
        public boolean settled(int state) {
            return true;
        }
    };

    /** n log2 n. */
    private static final double[] TIMES_LOG = timesLog();

    private static final int LEAST_KINDS = 2;
    private static final int DIGIT = 4;

    private GenericSecrets() {}

    static List<Recogniser> recognisers() {
        return List.of(Recogniser.token(
                        Entity.GENERIC_SECRET,
                        0.5,
                        "(?i)" + NAMES + "[\"']?\\s{0,2}[:=]\\s{0,2}[\"']?[a-z0-9" + MARKS.replaceAll("[*+]", "\\\\$0")
                                + "]{" + LEAST_LENGTH + "," + MOST_LENGTH + "}")
                .confirmedBy(GenericSecrets::random)
                .followedBy(VALUE));
    }

    private static boolean random(Candidate candidate) {
        int start = value(candidate);
        int length = candidate.length() - start;
        if (length < LEAST_LENGTH) {
            return false;
        }
        int kinds = 0;
        for (int i = start; i < candidate.length(); i++) {
            kinds |= kind(candidate.at(i));
        }
        return Integer.bitCount(kinds) >= LEAST_KINDS
                && (kinds & DIGIT) != 0
                && entropy(candidate, start, length) >= LEAST_ENTROPY;
    }

    /** From the counts c of n symbols: log n - sum(c log c) / n, kept up symbol by symbol. */
    private static double entropy(Candidate candidate, int start, int length) {
        byte[] counts = new byte[128];
        double sum = 0;
        for (int i = start; i < start + length; i++) {
            int count = ++counts[candidate.at(i) & 127];
            sum += TIMES_LOG[count] - TIMES_LOG[count - 1];
        }
        return (TIMES_LOG[length] - sum) / length;
    }

    private static double[] timesLog() {
        double[] table = new double[MOST_LENGTH + 1];
        for (int n = 1; n < table.length; n++) {
            table[n] = n * Math.log(n) / Math.log(2);
        }
        return table;
    }

    private static int kind(int symbol) {
        if (Candidate.isDigit(symbol)) {
            return DIGIT;
        }
        if (symbol >= 'a' && symbol <= 'z') {
            return 1;
        }
        return symbol >= 'A' && symbol <= 'Z' ? 2 : 8;
    }

    /** Where the value begins: behind the first sign of assignment, white space and a quote. */
    private static int value(Candidate candidate) {
        int at = 0;
        while (candidate.at(at) != ':' && candidate.at(at) != '=') {
            at++;
        }
        at++;
        while (at < candidate.length()
                && (candidate.at(at) <= ' ' || candidate.at(at) == '"' || candidate.at(at) == '\'')) {
            at++;
        }
        return at;
    }
}
