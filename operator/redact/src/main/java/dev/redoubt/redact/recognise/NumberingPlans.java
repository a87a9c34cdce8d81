package dev.redoubt.redact.recognise;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.ValidationResult;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;

/**
 * What libphonenumber knows, in tables: asking it costs microseconds, and a text of digits asks at every byte. A number is
 * possible by its country code and length, valid by its first four digits and length.
 */
final class NumberingPlans {
    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();
    private static final int MOST_DIGITS = 15;
    /** Digits that decide, trunk zero included, and how many values they have. */
    private static final int PREFIX = 4;

    private static final int PREFIXES = 10_000;
    private static final String[] FILLS = {"01234567890", "23456789012", "67890123456", "90012345678"};

    private static final byte UNKNOWN = 0;
    private static final byte VALID = 1;
    private static final byte INVALID = 2;

    /** By country code: bit n is set where a number may have n digits after it. */
    private static final short[] LENGTHS = lengths();

    /** Regions whose numbers are known without a country code, by ISO 3166. */
    enum Region {
        US,
        GB,
        DE,
        FR,
        NL,
        AU,
        CH,
        AT,
        IT,
        ES,
        IN,
        BR,
        MX,
        BE,
        DK,
        FI,
        IE,
        NO,
        NZ,
        PL,
        PT,
        SE,
        ZA;

        /** By number of digits and their beginning. Two threads that fill one place write the same. */
        private final byte[][] validity = new byte[MOST_DIGITS + 1][];
    }

    private NumberingPlans() {}

    /**
     * Whether a number may exist.
     *
     * @param from first of the candidate's digits that counts: country code and number; a trunk zero between them is
     *     forgiven
     */
    static boolean possible(Candidate candidate, int from) {
        int digits = candidate.digitCount() - from;
        int code = 0;
        for (int length = 1; length <= 3 && length < digits; length++) {
            code = code * 10 + candidate.digit(from + length - 1);
            if (LENGTHS[code] != 0 && (length > 1 || code != 0)) {
                int rest = digits - length;
                boolean trunkZero = candidate.digit(from + length) == 0 && rest > 1;
                return (LENGTHS[code] >> rest & 1) != 0 || trunkZero && (LENGTHS[code] >> rest - 1 & 1) != 0;
            }
        }
        return false;
    }

    /** Whether a region gives out such numbers; the candidate's digits from one on as dialled inside it. */
    static boolean valid(Candidate candidate, int from, Region region) {
        int digits = candidate.digitCount() - from;
        if (digits < 7 || digits > MOST_DIGITS) {
            return false;
        }
        byte[] known = region.validity[digits];
        if (known == null) {
            known = new byte[PREFIXES];
            region.validity[digits] = known;
        }
        int prefix = candidate.number(from, from + PREFIX);
        if (known[prefix] == UNKNOWN) {
            known[prefix] = ask("%04d".formatted(prefix), digits, region.name()) ? VALID : INVALID;
        }
        return known[prefix] == VALID;
    }

    private static boolean ask(String prefix, int length, String region) {
        for (String fill : FILLS) {
            try {
                PhoneNumber number = NUMBERS.parse(prefix + fill.substring(0, length - prefix.length()), region);
                if (NUMBERS.isValidNumberForRegion(number, region)) {
                    return true;
                }
            } catch (NumberParseException e) {
                continue; // not even the shape of a number: the next filling may be
            }
        }
        return false;
    }

    private static short[] lengths() {
        short[] lengths = new short[1000];
        for (int code : NUMBERS.getSupportedCallingCodes()) {
            long national = 1000;
            for (int digits = 4; digits < MOST_DIGITS; digits++) {
                PhoneNumber number = new PhoneNumber().setCountryCode(code).setNationalNumber(national);
                if (NUMBERS.isPossibleNumberWithReason(number) == ValidationResult.IS_POSSIBLE) {
                    lengths[code] |= (short) (1 << digits);
                }
                national *= 10;
            }
        }
        return lengths;
    }
}
