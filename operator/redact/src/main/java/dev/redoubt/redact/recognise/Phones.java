package dev.redoubt.redact.recognise;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import com.google.i18n.phonenumbers.Phonenumber.PhoneNumber;
import dev.redoubt.policy.Entity;
import java.util.List;
import java.util.Set;

/**
 * Telephone numbers. With a country code libphonenumber has to find them possible; without one they must be written like a
 * number of North America, Britain or France, or a word must announce them and libphonenumber find them valid somewhere.
 * Mere digits, identifiers and times are left alone.
 */
final class Phones {
    private static final PhoneNumberUtil NUMBERS = PhoneNumberUtil.getInstance();

    private static final List<String> WITH_TRUNK_ZERO = List.of("GB", "DE", "FR", "NL", "AU", "CH", "AT", "IT");
    private static final List<String> WITHOUT_TRUNK_ZERO = List.of("US", "ES", "IN", "BR", "MX");

    private static final Context ANNOUNCED = new Context(
            Set.of(
                    "phone",
                    "phones",
                    "telephone",
                    "tel",
                    "telefon",
                    "telefono",
                    "telefonnummer",
                    "call",
                    "called",
                    "calling",
                    "cell",
                    "cellphone",
                    "mobile",
                    "mobil",
                    "handy",
                    "fax",
                    "whatsapp",
                    "sms",
                    "reach",
                    "ring",
                    "dial",
                    "hotline",
                    "landline",
                    "contact"),
            Set.of(
                    "order",
                    "orders",
                    "invoice",
                    "ticket",
                    "case",
                    "id",
                    "ids",
                    "ref",
                    "reference",
                    "account",
                    "tracking",
                    "sku",
                    "isbn",
                    "part",
                    "serial",
                    "version",
                    "build",
                    "timestamp",
                    "date",
                    "card",
                    "iban",
                    "ssn",
                    "nhs",
                    "amount",
                    "total",
                    "port",
                    "room"),
            32);

    private static final String INTERNATIONAL = "\\+ ?\\(?\\d([ .()/-]{0,2}\\d){6,14}";

    /** No group but a leading 1 has a single digit. */
    private static final String NATIONAL = "(1|\\(?\\d{2,6})([ .()/-]{1,2}\\d{2,8}){1,5}|\\d{8,15}";

    /** More groups than six are no number that a person writes down. */
    private static final long MOST_GROUPS = 0xFFFFFF;

    private Phones() {}

    static List<Recogniser> recognisers() {
        return List.of(Recogniser.word(Entity.PHONE_NUMBER, 0.7, INTERNATIONAL + "|" + NATIONAL)
                .confirmedBy(Phones::phone)
                .comparedBy(Phones::normal));
    }

    private static boolean phone(Candidate candidate) {
        int previous = candidate.before(1);
        if (candidate.at(0) == '+') {
            return !Candidate.digit(previous) && NumberingPlans.possible(candidate.digits());
        }
        boolean inside = candidate.at(0) != '('
                && (previous == '.' || previous == '-' || previous == '/')
                && Candidate.digit(candidate.before(2));
        if (inside || previous == '+' || !balanced(candidate)) {
            return false;
        }
        long layout = layout(candidate);
        if (likeDate(layout) || layout > MOST_GROUPS) {
            return false;
        }
        if (layout > 0xF && !goesOn(candidate) && writtenAsNumber(candidate, layout)) {
            return !candidate.opposed(ANNOUNCED);
        }
        return candidate.supported(ANNOUNCED) && announced(candidate.digits());
    }

    private static boolean writtenAsNumber(Candidate candidate, long layout) {
        if (layout == 0x334 || layout == 0x1334) {
            String digits = candidate.digits();
            String national = digits.substring(digits.length() - 10);
            boolean northAmerican = national.charAt(0) >= '2'
                    && national.charAt(3) >= '2'
                    && (layout == 0x334 || digits.charAt(0) == '1');
            return northAmerican && (dashed(candidate) || NumberingPlans.valid(national, "US"));
        }
        int first = candidate.at(0) == '(' ? 1 : 0;
        if (candidate.at(first) != '0' || layout > 0xFFFFF) {
            return false;
        }
        String digits = candidate.digits();
        if (digits.startsWith("00")) {
            return digits.length() > 9 && NumberingPlans.possible(digits.substring(2));
        }
        boolean french = layout == 0x22222 && NumberingPlans.valid(digits, "FR");
        boolean british = layout <= 0xFFFF
                && digits.length() >= 10
                && digits.length() <= 11
                && NumberingPlans.valid(digits, "GB");
        return french || british;
    }

    private static boolean announced(String digits) {
        if (digits.startsWith("00")) {
            return digits.length() > 9 && NumberingPlans.possible(digits.substring(2));
        }
        List<String> regions = digits.charAt(0) == '0' ? WITH_TRUNK_ZERO : WITHOUT_TRUNK_ZERO;
        return digits.length() >= 8 && regions.stream().anyMatch(region -> NumberingPlans.valid(digits, region));
    }

    /** Whether the candidate is only the beginning of a longer identifier. */
    private static boolean goesOn(Candidate candidate) {
        int next = candidate.after(0);
        return (next == '-' || next == '.' || next == '/') && Candidate.digit(candidate.after(1));
    }

    private static boolean balanced(Candidate candidate) {
        int open = 0;
        for (int i = 0; i < candidate.length(); i++) {
            open += candidate.at(i) == '(' ? 1 : candidate.at(i) == ')' ? -1 : 0;
            if (open < 0 || open > 1) {
                return false;
            }
        }
        return open == 0;
    }

    /** E.164 where the country is certain; without a code and of North American length that is taken for granted. */
    private static String normal(String text) {
        String digits = Normal.ALPHANUMERIC.of(text);
        String international = text.startsWith("+")
                ? "+" + digits
                : digits.startsWith("00")
                        ? "+" + digits.substring(2)
                        : digits.length() == 10 && digits.charAt(0) != '0'
                                ? "+1" + digits
                                : digits.length() == 11 && digits.charAt(0) == '1' ? "+" + digits : null;
        if (international == null) {
            return digits;
        }
        try {
            PhoneNumber number = NUMBERS.parse(international, null);
            return NUMBERS.format(number, PhoneNumberFormat.E164);
        } catch (NumberParseException e) {
            return international;
        }
    }

    /** Sizes of the groups of digits, one hexadecimal digit each: (415) 555-2671 is 0x334. */
    private static long layout(Candidate candidate) {
        long layout = 0;
        int size = 0;
        for (int i = 0; i < candidate.length(); i++) {
            if (Candidate.digit(candidate.at(i))) {
                size++;
            } else if (size > 0) {
                layout = layout << 4 | size;
                size = 0;
            }
        }
        return layout << 4 | size;
    }

    private static boolean dashed(Candidate candidate) {
        for (int i = 0; i < candidate.length(); i++) {
            if (candidate.at(i) == '-' || candidate.at(i) == '(') {
                return true;
            }
        }
        return false;
    }

    /** Year, month, day first, or last. */
    private static boolean likeDate(long layout) {
        long first = layout;
        while (first > 0xFFF) {
            first >>= 4;
        }
        return first == 0x422 || first == 0x421 || first == 0x224;
    }
}
