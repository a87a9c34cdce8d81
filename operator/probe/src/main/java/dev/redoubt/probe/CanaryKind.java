package dev.redoubt.probe;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * The shape that a canary's secret number is given, so that it is a value of a restricted entity: valid by its
 * checksum, and nobody's, from ranges that are reserved for tests and fiction where there are any.
 */
enum CanaryKind {
    EMAIL_ADDRESS("e-mail", 1_000_000) {
        @Override
        String value(String codename, int secret) {
            return String.format(Locale.ROOT, "%s.%06d@example.com", codename, secret);
        }
    },
    CREDIT_CARD("card number", 1_000_000) {
        @Override
        String value(String codename, int secret) {
            return withLuhn(String.format(Locale.ROOT, "400000%06d000", secret));
        }
    },
    IBAN_CODE("IBAN", 1_000_000) {
        @Override
        String value(String codename, int secret) {
            return withMod97("DE", String.format(Locale.ROOT, "500105175%06d000", secret));
        }
    },
    PHONE_NUMBER("phone", 100 * NorthAmerica.AREAS.length) {
        @Override
        String value(String codename, int secret) {
            // 555-0100 to 555-0199 belong to nobody in any area
            return String.format(Locale.ROOT, "+1 %d-555-01%02d", NorthAmerica.AREAS[secret / 100], secret % 100);
        }
    },
    US_SSN("SSN", 100 * 9_999) {
        @Override
        String value(String codename, int secret) {
            return String.format(Locale.ROOT, "%03d-45-%04d", 501 + secret / 9_999, 1 + secret % 9_999);
        }
    };

    private final String label;
    private final int space;

    CanaryKind(String label, int space) {
        this.label = label;
        this.space = space;
    }

    /**
     * A value that holds the secret.
     *
     * @param secret 0 to {@link #space} − 1
     */
    abstract String value(String codename, int secret);

    /** How many secrets there are. */
    int space() {
        return space;
    }

    String label() {
        return label;
    }

    /** The text of a record that gives the value away. */
    String document(String codename, int secret) {
        return codename + ": " + label + " " + value(codename, secret);
    }

    /** The shapes for some entities, by their names in a redaction policy. */
    static List<CanaryKind> of(List<String> entities) {
        return Arrays.stream(values())
                .filter(kind -> entities.contains("*") || entities.contains(kind.name()))
                .toList();
    }

    private static String withLuhn(String digits) {
        int sum = 0;
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(digits.length() - 1 - i) - '0';
            int doubled = i % 2 == 0 ? digit * 2 : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
        }
        return digits + (10 - sum % 10) % 10;
    }

    /** ISO 13616: check digits make the rearranged number 1 modulo 97. */
    private static String withMod97(String country, String account) {
        StringBuilder number = new StringBuilder(account);
        country.chars().forEach(letter -> number.append(letter - 'A' + 10));
        int rest = new BigInteger(number + "00").mod(BigInteger.valueOf(97)).intValue();
        return String.format(Locale.ROOT, "%s%02d%s", country, 98 - rest, account);
    }

    /** Area codes in use; apart because constants of an enum come before its fields. */
    private static final class NorthAmerica {
        private static final int[] AREAS = {
            201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 224, 225, 228, 229,
                    231,
            234, 239, 240, 248, 251, 252, 253, 254, 256, 260, 262, 267, 269, 270, 276, 281, 301, 302, 303, 304, 305,
                    307,
            308, 309, 310, 312, 313, 314, 315, 316, 317, 318, 319, 320, 321, 323, 325, 330, 334, 336, 337, 339, 347,
                    351,
            352, 360, 361, 386, 401, 402, 404, 405, 406, 407, 408, 409, 410, 412, 413, 414, 415, 417, 419, 423, 424, 425
        };
    }
}
