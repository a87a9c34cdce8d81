package dev.redoubt.redact.text;

import java.text.Normalizer;

/** Letters of Latin script as names are compared by: small, and without what stands above or below them. */
public final class Letters {
    /** Not a letter of Latin script. */
    public static final int NONE = 0;

    /** Added to a letter that is written as a capital. */
    public static final int CAPITAL = 128;

    private static final byte[] TABLE = table();

    private Letters() {}

    /** The letter that a character is, with {@link #CAPITAL} where it is one; or {@link #NONE}. */
    public static int at(byte[] text, int at) {
        int lead = text[at];
        if (lead >= 0) {
            return TABLE[lead] & 0xFF;
        }
        int codePoint = Utf8.decode(text, at);
        if (codePoint < TABLE.length) {
            return TABLE[codePoint] & 0xFF;
        }
        int symbol = Fold.of(codePoint); // fullwidth and mathematical letters
        return symbol < 128 ? TABLE[symbol] & 0xFF : NONE;
    }

    /** The letter that two bytes of UTF-8 are, with {@link #CAPITAL} where it is one; or {@link #NONE}. */
    public static int of(int lead, int continued) {
        boolean latin = lead >= 0xC3 && lead <= 0xC9 && continued >= 0x80 && continued < 0xC0;
        return latin ? TABLE[(lead & 0x1F) << 6 | continued & 0x3F] & 0xFF : NONE;
    }

    private static byte[] table() {
        byte[] table = new byte[0x1F00];
        for (int codePoint = 'A'; codePoint < table.length; codePoint++) {
            int base = base(codePoint);
            if (base != NONE) {
                table[codePoint] = (byte) (Character.isUpperCase(codePoint) ? base | CAPITAL : base);
            }
        }
        return table;
    }

    private static int base(int codePoint) {
        int letter =
                switch (codePoint) {
                    case 'ß' -> 's';
                    case 'æ', 'Æ' -> 'a';
                    case 'œ', 'Œ', 'ø', 'Ø' -> 'o';
                    case 'ł', 'Ł' -> 'l';
                    case 'đ', 'Đ', 'ð', 'Ð' -> 'd';
                    case 'þ', 'Þ' -> 't';
                    case 'ı' -> 'i';
                    default ->
                        Normalizer.normalize(Character.toString(codePoint), Normalizer.Form.NFD)
                                .charAt(0);
                };
        letter = letter < 128 ? Character.toLowerCase(letter) : NONE;
        return letter >= 'a' && letter <= 'z' ? letter : NONE;
    }
}
