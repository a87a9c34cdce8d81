package dev.redoubt.redact.names;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Words that begin a name in small letters: "rue de Rivoli 12", "via Roma 3", and "van" behind a title. */
final class SmallWords {
    private static final int LETTERS = 'z' - 'a' + 1;

    /** By the first two letters: the words that begin with them, or null. */
    private static final byte[][][] WORDS = byPair(
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

    /** By the first letter, as bits. */
    private static final int FIRST = first();

    private SmallWords() {}

    /** Whether one stands at a position, or may when more text comes. */
    static boolean begins(byte[] text, int at, int end) {
        int first = text[at] - 'a';
        if (first < 0 || first >= LETTERS || (FIRST >>> first & 1) == 0) {
            return false;
        }
        if (at + 1 == end) {
            return true;
        }
        int second = text[at + 1] - 'a';
        byte[][] words = second < 0 || second >= LETTERS ? null : WORDS[first * LETTERS + second];
        for (int word = 0; words != null && word < words.length; word++) {
            int i = 2;
            while (i < words[word].length && at + i < end && text[at + i] == words[word][i]) {
                i++;
            }
            if (i == words[word].length || at + i == end) {
                return true;
            }
        }
        return false;
    }

    private static byte[][][] byPair(String... words) {
        byte[][][] byPair = new byte[LETTERS * LETTERS][][];
        Map<Integer, List<String>> pairs = Arrays.stream(words)
                .collect(Collectors.groupingBy(word -> (word.charAt(0) - 'a') * LETTERS + word.charAt(1) - 'a'));
        pairs.forEach((pair, alike) -> byPair[pair] = alike.stream()
                .map(word -> word.getBytes(StandardCharsets.US_ASCII))
                .toArray(byte[][]::new));
        return byPair;
    }

    private static int first() {
        int letters = 0;
        for (int pair = 0; pair < WORDS.length; pair++) {
            letters |= WORDS[pair] == null ? 0 : 1 << pair / LETTERS;
        }
        return letters;
    }
}
