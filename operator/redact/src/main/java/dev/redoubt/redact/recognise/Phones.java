package dev.redoubt.redact.recognise;

import static dev.redoubt.redact.recognise.NumberingPlans.Region.AT;
import static dev.redoubt.redact.recognise.NumberingPlans.Region.AU;
import static dev.redoubt.redact.recognise.NumberingPlans.Region.BE;
import static dev.redoubt.redact.recognise.NumberingPlans.Region.BR;
import static dev.redoubt.redact.recognise.NumberingPlans.Region.CH;
import static dev.redoubt.redact.recognise.NumberingPlans.Region.DE;
import static dev.redoubt.redact.recognise.NumberingPlans.Region.DK;
import static dev.redoubt.redact.recognise.NumberingPlans.Region.ES;
import static dev.redoubt.redact.recognise.NumberingPlans.Region.FI;
import static dev.redoubt.redact.recognise.NumberingPlans.Region.FR;
import static dev.redoubt.redact.recognise.NumberingPlans.Region.GB;
import static dev.redoubt.redact.recognise.NumberingPlans.Region.IE;
import static dev.redoubt.redact.recognise.NumberingPlans.Region.IN;
import static dev.redoubt.redact.recognise.NumberingPlans.Region.IT;
import static dev.redoubt.redact.recognise.NumberingPlans.Region.MX;
import static dev.redoubt.redact.recognise.NumberingPlans.Region.NL;
import static dev.redoubt.redact.recognise.NumberingPlans.Region.NO;
import static dev.redoubt.redact.recognise.NumberingPlans.Region.NZ;
import static dev.redoubt.redact.recognise.NumberingPlans.Region.PL;
import static dev.redoubt.redact.recognise.NumberingPlans.Region.PT;
import static dev.redoubt.redact.recognise.NumberingPlans.Region.SE;
import static dev.redoubt.redact.recognise.NumberingPlans.Region.US;
import static dev.redoubt.redact.recognise.NumberingPlans.Region.ZA;

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

    private static final NumberingPlans.Region[] WITH_TRUNK_ZERO = {
        GB, DE, FR, NL, AU, CH, AT, IT, BE, FI, IE, NZ, SE, ZA
    };
    private static final NumberingPlans.Region[] WITHOUT_TRUNK_ZERO = {US, ES, IN, BR, MX, DK, NO, PL, PT, IT};

    /** Fewer are never a number, more none with a country code. */
    private static final int LEAST_DIGITS = 7;

    private static final int MOST_DIGITS = 20;

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
                    "contact",
                    "registered",
                    "answering",
                    "texted",
                    "office",
                    "desk",
                    "telefoon",
                    "telefone",
                    "mobilnummer",
                    "handynummer",
                    "rufnummer",
                    "ruf",
                    "rufen",
                    "rückruf",
                    "erreichbar",
                    "portable",
                    "appelle",
                    "appelez",
                    "appeler",
                    "rappel",
                    "joindre",
                    "joignable",
                    "móvil",
                    "celular",
                    "llame",
                    "llámame",
                    "llamar",
                    "localizar",
                    "cellulare",
                    "chiamami",
                    "chiamare",
                    "chiami",
                    "recapito",
                    "raggiungibile",
                    "bel",
                    "bellen",
                    "terugbellen",
                    "bereiken",
                    "bereikbaar",
                    "mobiel",
                    "gsm",
                    "ligue",
                    "liga",
                    "ligar",
                    "contacto",
                    "contactar",
                    "telemóvel",
                    "home"),
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
                    "auftrag",
                    "bestellung",
                    "rechnung",
                    "vorgang",
                    "konto",
                    "commande",
                    "facture",
                    "référence",
                    "compte",
                    "pedido",
                    "referencia",
                    "cuenta",
                    "ordine",
                    "fattura",
                    "riferimento",
                    "conto",
                    "bestelling",
                    "factuur",
                    "kenmerk",
                    "rekening",
                    "encomenda",
                    "fatura",
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

    private static final String GROUPS = "([ .()/-]{1,2}\\d{2,8}){1,5}";

    /** No group but a leading 1 has a single digit. */
    private static final String NATIONAL = "(1|\\d{3}|0\\d{1,5})" + GROUPS;

    /** What begins otherwise is a number only where a word says so. */
    private static final String MERE_DIGITS = "\\d{2,6}" + GROUPS + "|\\d{8,15}";

    private static final String BRACKETED = "\\(\\d{2,6}" + GROUPS;

    /** Of North America, with the extension that reaches somebody behind it. */
    private static final String EXTENDED =
            "((\\+|00)?1[ .-])?\\(?\\d{3}\\)?[ .-]?\\d{3}[ .-]?\\d{4} ?(x|ext\\.?) ?\\d{2,5}";

    /** Three and four digits: a local number of North America. */
    private static final long LOCAL = 0x34;

    /** More groups than six are no number that a person writes down. */
    private static final long MOST_GROUPS = 0xFFFFFF;

    /** In place of a layout, where brackets have no partner. */
    private static final long UNBALANCED = -1;

    private Phones() {}

    static List<Recogniser> recognisers() {
        return List.of(
                phone(INTERNATIONAL).confirmedBy(Phones::international),
                phone(NATIONAL).guardedBy(Guard.NUMBER).confirmedBy(Phones::national),
                phone(MERE_DIGITS)
                        .guardedBy(Guard.NUMBER)
                        .announcedBy(ANNOUNCED)
                        .confirmedBy(Phones::national),
                phone(BRACKETED).confirmedBy(Phones::national),
                phone(EXTENDED).confirmedBy(c -> layout(c) != UNBALANCED && !c.opposed(ANNOUNCED)));
    }

    private static Recogniser phone(String pattern) {
        return Recogniser.word(Entity.PHONE_NUMBER, 0.7, pattern).comparedBy(Phones::normal);
    }

    private static boolean international(Candidate candidate) {
        return !Candidate.isDigit(candidate.before(1)) && NumberingPlans.possible(candidate, 0);
    }

    private static boolean national(Candidate candidate) {
        long layout = candidate.length() < LEAST_DIGITS || candidate.before(1) == '+' ? UNBALANCED : layout(candidate);
        int digits = digits(layout);
        if (layout == UNBALANCED || digits < LEAST_DIGITS || digits > MOST_DIGITS) {
            return false;
        }
        if (likeDate(layout) || layout > MOST_GROUPS) {
            return false;
        }
        if (layout > 0xF && !goesOn(candidate) && writtenAsNumber(candidate, layout, digits)) {
            return !candidate.opposed(ANNOUNCED);
        }
        return !continues(candidate)
                && candidate.supported(ANNOUNCED)
                && (layout == LOCAL || announced(candidate, digits));
    }

    private static boolean writtenAsNumber(Candidate candidate, long layout, int digits) {
        if (layout == 0x334 && candidate.digit(0) != 0 || layout == 0x1334) {
            int first = digits - 10;
            boolean northAmerican = candidate.digit(first) >= 2
                    && candidate.digit(first + 3) >= 2
                    && (layout == 0x334 || candidate.digit(0) == 1);
            return northAmerican && (dashed(candidate) || NumberingPlans.valid(candidate, first, US));
        }
        if (candidate.digit(0) != 0 || layout > 0xFFFFF) {
            return false;
        }
        if (candidate.digit(1) == 0) {
            return digits > 9 && NumberingPlans.possible(candidate, 2);
        }
        if (layout == 0x22222) {
            return NumberingPlans.valid(candidate, 0, FR);
        }
        return digits >= 9 && digits <= 11 && layout <= 0xFFFF && validIn(candidate, WITH_TRUNK_ZERO);
    }

    private static boolean announced(Candidate candidate, int digits) {
        if (candidate.digit(0) == 0 && candidate.digit(1) == 0) {
            return digits > 9 && NumberingPlans.possible(candidate, 2);
        }
        return validIn(candidate, candidate.digit(0) == 0 ? WITH_TRUNK_ZERO : WITHOUT_TRUNK_ZERO);
    }

    private static boolean validIn(Candidate candidate, NumberingPlans.Region... regions) {
        for (NumberingPlans.Region region : regions) {
            if (NumberingPlans.valid(candidate, 0, region)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the candidate is only the beginning of a longer identifier. */
    private static boolean goesOn(Candidate candidate) {
        int next = candidate.after(0);
        return (next == '-' || next == '.' || next == '/') && Candidate.isDigit(candidate.after(1));
    }

    /** Whether it is the rest of a number, of which a mask may have left no more. */
    private static boolean continues(Candidate candidate) {
        int before = candidate.before(2);
        return candidate.before(1) == ' ' && (before == '*' || Candidate.isDigit(before));
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
        int open = 0;
        for (int i = 0; i < candidate.length(); i++) {
            int symbol = candidate.at(i);
            if (Candidate.isDigit(symbol)) {
                size++;
                continue;
            }
            if (size > 0) {
                layout = layout << 4 | size;
                size = 0;
            }
            open += symbol == '(' ? 1 : symbol == ')' ? -1 : 0;
            if (open < 0 || open > 1) {
                return UNBALANCED;
            }
        }
        return open == 0 ? layout << 4 | size : UNBALANCED;
    }

    private static int digits(long layout) {
        int digits = 0;
        for (long rest = layout; rest > 0; rest >>= 4) {
            digits += (int) rest & 0xF;
        }
        return digits;
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
