package dev.redoubt.redact.names;

import java.nio.charset.StandardCharsets;

/** Words that begin a name in small letters: "rue de Rivoli 12", "via Roma 3", and "van" behind a title. */
final class SmallWords {
    private static final byte[][] WORDS = words(
            "rue ",
            "avenue ",
            "boulevard ",
            "chemin ",
            "impasse ",
            "place ",
            "quai ",
            "route ",
            "cours ",
            "calle ",
            "avenida ",
            "paseo ",
            "plaza ",
            "via ",
            "viale ",
            "corso ",
            "piazza ",
            "largo ",
            "vicolo ",
            "rua ",
            "travessa ",
            "van ",
            "von ");

    /** By letter: whether a word begins with it. */
    private static final int FIRST = first();

    private SmallWords() {}

    /** Whether one stands at a position, or may when more text comes. */
    static boolean begins(byte[] text, int at, int end) {
        int letter = text[at] - 'a';
        if (letter < 0 || letter > 'z' - 'a' || (FIRST >>> letter & 1) == 0) {
            return false;
        }
        for (byte[] word : WORDS) {
            int i = 0;
            while (i < word.length && at + i < end && text[at + i] == word[i]) {
                i++;
            }
            if (i == word.length || at + i == end) {
                return true;
            }
        }
        return false;
    }

    private static byte[][] words(String... words) {
        byte[][] bytes = new byte[words.length][];
        for (int i = 0; i < words.length; i++) {
            bytes[i] = words[i].getBytes(StandardCharsets.US_ASCII);
        }
        return bytes;
    }

    private static int first() {
        int letters = 0;
        for (byte[] word : WORDS) {
            letters |= 1 << word[0] - 'a';
        }
        return letters;
    }
}
