package dev.redoubt.redact;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/** Texts that make a scanner work: what nearly matches, over and over. */
public final class HostileTexts {
    private HostileTexts() {}

    /** By name, each of a length. */
    public static Map<String, byte[]> of(int length) {
        Map<String, byte[]> texts = new LinkedHashMap<>();
        repeat(texts, length, "1234567890");
        repeat(texts, length, "0");
        repeat(texts, length, "9");
        repeat(texts, length, "4");
        texts.put("random digits", random(length, "0123456789", 1));
        repeat(texts, length, "12-34-");
        repeat(texts, length, "12 34 56 7 ");
        repeat(texts, length, "1.2.3.4.");
        repeat(texts, length, "1-2 3.4/5 ");
        texts.put("random digits and spaces", random(length, "0123456789 ", 2));
        texts.put("random digits and separators", random(length, "0123456789 -./()", 3));
        texts.put(
                "random groups of four", random(length, new String[] {"4111 ", "1111 ", "5500-", "0000 ", "6011 "}, 4));
        texts.put(
                "random numbers", random(length, new String[] {"415", " 555", "-2671", ", ", "78.2", "+1 ", "12"}, 5));
        repeat(texts, length, "+1 1 1 1 ");
        repeat(texts, length, "+1");
        repeat(texts, length, "+4915112345678");
        repeat(texts, length, "(1) (2) ");
        repeat(texts, length, "call 4155552671x ");
        repeat(texts, length, "eyJaaaa-");
        repeat(texts, length, "eyJ");
        repeat(texts, length, "eyJhbGciOi");
        repeat(texts, length, "@");
        repeat(texts, length, "a@");
        repeat(texts, length, "a.a.a.a@");
        repeat(texts, length, "a@a.a.a.a.a.");
        repeat(texts, length, "a@b.");
        repeat(texts, length, ".a-b_c%d+");
        repeat(texts, length, "a'");
        texts.put("random hexadecimal", random(length, "0123456789abcdef", 6));
        texts.put("random base64", random(length, BASE64 + "+/", 7));
        texts.put("random base64 and hyphens", random(length, BASE64 + "-_", 8));
        texts.put("random base64 words", random(length, BASE64 + " ", 9));
        texts.put("random upper case and spaces", random(length, "DEGB12 ", 10));
        repeat(texts, length, "1:1:1:1:");
        repeat(texts, length, "::");
        repeat(texts, length, "a:b:c:");
        repeat(texts, length, "aa:bb:cc:");
        repeat(texts, length, "://");
        repeat(texts, length, "://a:");
        repeat(texts, length, "://a:b");
        repeat(texts, length, "password=");
        repeat(texts, length, "DE12 ");
        repeat(texts, length, "DE89 3704 0044 ");
        repeat(texts, length, "1Aa");
        repeat(texts, length, "bc1q");
        repeat(texts, length, "0x12");
        repeat(texts, length, "-----BEGIN ");
        repeat(texts, length, "sk-");
        repeat(texts, length, "sk-aB-");
        repeat(texts, length, "ghp_");
        repeat(texts, length, "secret_key=");
        repeat(texts, length, "xoxb-1-");
        repeat(texts, length, "1 jan 1 ");
        repeat(texts, length, "12/12/12/");
        repeat(texts, length, "\u200b1");
        repeat(texts, length, "\u200b17");
        repeat(texts, length, "１２３");
        repeat(texts, length, "é1 ");
        return texts;
    }

    private static final String BASE64 = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    private static void repeat(Map<String, byte[]> into, int length, String unit) {
        byte[] one = unit.getBytes(StandardCharsets.UTF_8);
        into.put("\"" + unit + "\"", unit.repeat(length / one.length).getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] random(int length, String alphabet, long seed) {
        return random(length, alphabet.split(""), seed);
    }

    private static byte[] random(int length, String[] parts, long seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder(length + 16);
        while (text.length() < length) {
            text.append(parts[random.nextInt(parts.length)]);
        }
        return text.substring(0, length).getBytes(StandardCharsets.UTF_8);
    }
}
