package dev.redoubt.redact.text;

import java.text.Normalizer;
import java.util.EnumSet;
import java.util.Set;

/**
 * Reduces a code point to the small alphabet that patterns are written in, so that one ASCII pattern also finds what was
 * disguised: fullwidth and mathematical letters and the digits of any script become ASCII, exotic spaces and dashes
 * become {@code ' '} and {@code '-'}, characters without width and combining marks are skipped.
 *
 * <p>The alphabet: 0 to 127 are ASCII, {@link #LETTER} is a letter that has no ASCII form, {@link #OTHER} anything else.
 */
public final class Fold {
    /** A letter without an ASCII form; part of a word. */
    public static final int LETTER = 128;

    /** Punctuation, symbols, and the letters of scripts that put no spaces between words. */
    public static final int OTHER = 129;

    /** Number of symbols that a pattern can be about. */
    public static final int ALPHABET = 130;

    /** Not there for a reader, hence not there for a pattern: zero width, variation selector, combining mark. */
    public static final int SKIP = 130;

    private static final int MATHEMATICAL = 0x1D400;
    private static final int MATHEMATICAL_END = 0x1D800;
    private static final int PICTOGRAPHS = 0x1F000;
    private static final int PICTOGRAPHS_END = 0x20000;

    // Their words touch the numbers and addresses beside them, so they must not count as a word that goes on.
    private static final Set<Character.UnicodeScript> WITHOUT_SPACES = EnumSet.of(
            Character.UnicodeScript.HAN,
            Character.UnicodeScript.HIRAGANA,
            Character.UnicodeScript.KATAKANA,
            Character.UnicodeScript.HANGUL,
            Character.UnicodeScript.BOPOMOFO,
            Character.UnicodeScript.YI,
            Character.UnicodeScript.THAI,
            Character.UnicodeScript.LAO,
            Character.UnicodeScript.KHMER,
            Character.UnicodeScript.MYANMAR,
            Character.UnicodeScript.TIBETAN);

    private static final boolean[] WORD = new boolean[SKIP + 1];

    static {
        for (int symbol = 0; symbol < WORD.length; symbol++) {
            WORD[symbol] = symbol == LETTER || symbol == '_' || alphanumeric(symbol);
        }
    }

    private static final byte[] BASIC = table(0, 0x10000);
    private static final byte[] PICTOGRAPHS_TABLE = table(PICTOGRAPHS, PICTOGRAPHS_END);
    private static final byte[] MATHEMATICAL_TABLE = table(MATHEMATICAL, MATHEMATICAL_END);

    private Fold() {}

    /** The symbol of a code point, or {@link #SKIP}. */
    public static int of(int codePoint) {
        if (codePoint < 0x10000) {
            return BASIC[codePoint] & 0xFF;
        }
        if (codePoint >= MATHEMATICAL && codePoint < MATHEMATICAL_END) {
            return MATHEMATICAL_TABLE[codePoint - MATHEMATICAL] & 0xFF;
        }
        if (codePoint >= PICTOGRAPHS && codePoint < PICTOGRAPHS_END) {
            return PICTOGRAPHS_TABLE[codePoint - PICTOGRAPHS] & 0xFF;
        }
        return classify(codePoint);
    }

    /** Whether a symbol continues a word: a letter, a digit or an underscore. */
    public static boolean word(int symbol) {
        return symbol >= 0 && WORD[symbol];
    }

    /** Whether a symbol is an ASCII letter or digit. */
    public static boolean alphanumeric(int symbol) {
        return symbol >= 'a' && symbol <= 'z' || symbol >= 'A' && symbol <= 'Z' || symbol >= '0' && symbol <= '9';
    }

    private static byte[] table(int from, int to) {
        byte[] table = new byte[to - from];
        for (int codePoint = from; codePoint < to; codePoint++) {
            table[codePoint - from] = (byte) classify(codePoint);
        }
        return table;
    }

    private static int classify(int codePoint) {
        if (codePoint < 128) {
            return codePoint;
        }
        if (codePoint >= 0xFF01 && codePoint <= 0xFF5E) {
            return codePoint - 0xFEE0;
        }
        if (codePoint >= MATHEMATICAL && codePoint < MATHEMATICAL_END) {
            String plain = Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFKC);
            return plain.length() == 1 && plain.charAt(0) < 128 ? plain.charAt(0) : LETTER;
        }
        if (codePoint == 0x2212) {
            return '-';
        }
        return switch (Character.getType(codePoint)) {
            case Character.FORMAT, Character.NON_SPACING_MARK, Character.ENCLOSING_MARK -> SKIP;
            case Character.SPACE_SEPARATOR -> ' ';
            case Character.DASH_PUNCTUATION -> '-';
            case Character.DECIMAL_DIGIT_NUMBER -> '0' + Character.digit(codePoint, 10);
            default ->
                Character.isLetter(codePoint) && !WITHOUT_SPACES.contains(Character.UnicodeScript.of(codePoint))
                        ? LETTER
                        : OTHER;
        };
    }
}
