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

    private Phones() {}

    static List<Recogniser> recognisers() {
        return List.of(Recogniser.word(Entity.PHONE_NUMBER, 0.7, "\\+?\\(?\\d([ .()/-]{0,2}\\d){6,14}")
                .confirmedBy(Phones::phone)
                .comparedBy(Phones::normal));
    }

    private static boolean phone(Candidate candidate) {
        int previous = candidate.before(1);
        if (candidate.at(0) == '+') {
            return !Candidate.digit(previous) && possible("+" + candidate.digits());
        }
        boolean inside = candidate.at(0) != '('
                && (previous == '.' || previous == '-' || previous == '/' || previous == '+')
                && Candidate.digit(candidate.before(2));
        if (inside || previous == '+' || !balanced(candidate)) {
            return false;
        }
        Layout layout = Layout.of(candidate);
        if (layout.likeDate() || candidate.opposed(ANNOUNCED)) {
            return false;
        }
        String digits = candidate.digits();
        if (layout.groups() > 1 && !goesOn(candidate) && writtenAsNumber(layout, digits)) {
            return true;
        }
        return candidate.supported(ANNOUNCED) && announced(digits);
    }

    private static boolean writtenAsNumber(Layout layout, String digits) {
        if (layout.is(3, 3, 4) || layout.is(1, 3, 3, 4) && digits.charAt(0) == '1') {
            String national = digits.substring(digits.length() - 10);
            boolean area = national.charAt(0) >= '2' && national.charAt(3) >= '2';
            return area && (layout.dashed() || valid(national, "US"));
        }
        if (digits.startsWith("00")) {
            return digits.length() > 9 && possible("+" + digits.substring(2));
        }
        return digits.charAt(0) == '0'
                && (digits.length() == 10 || digits.length() == 11)
                && (layout.is(2, 2, 2, 2, 2) && valid(digits, "FR") || layout.groups() <= 4 && valid(digits, "GB"));
    }

    private static boolean announced(String digits) {
        if (digits.startsWith("00")) {
            return digits.length() > 9 && possible("+" + digits.substring(2));
        }
        List<String> regions = digits.charAt(0) == '0' ? WITH_TRUNK_ZERO : WITHOUT_TRUNK_ZERO;
        return digits.length() >= 8 && regions.stream().anyMatch(region -> valid(digits, region));
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

    private static boolean possible(String international) {
        try {
            return NUMBERS.isPossibleNumber(NUMBERS.parse(international, null));
        } catch (NumberParseException e) {
            return false;
        }
    }

    private static boolean valid(String national, String region) {
        try {
            return NUMBERS.isValidNumberForRegion(NUMBERS.parse(national, region), region);
        } catch (NumberParseException e) {
            return false;
        }
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

    /** Sizes of the groups of digits, and how they are set apart. */
    private record Layout(List<Integer> sizes, boolean dashed) {
        static Layout of(Candidate candidate) {
            List<Integer> sizes = new java.util.ArrayList<>();
            boolean dashed = false;
            int size = 0;
            for (int i = 0; i < candidate.length(); i++) {
                if (Candidate.digit(candidate.at(i))) {
                    size++;
                } else if (size > 0) {
                    sizes.add(size);
                    size = 0;
                }
                dashed |= candidate.at(i) == '-' || candidate.at(i) == '(';
            }
            sizes.add(size);
            return new Layout(sizes, dashed);
        }

        int groups() {
            return sizes.size();
        }

        boolean is(Integer... wanted) {
            return sizes.equals(List.of(wanted));
        }

        /** Year, month, day first, or last. */
        boolean likeDate() {
            return sizes.size() >= 3
                    && (sizes.get(0) == 4 && sizes.get(1) == 2 && sizes.get(2) <= 2
                            || sizes.get(0) == 2 && sizes.get(1) == 2 && sizes.get(2) == 4);
        }
    }
}
