package dev.redoubt.probe;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks for planted values in answers: verbatim, with anything between the characters, backwards, and in base64, hex,
 * percent-encoding, ROT13 and digits spelled out.
 */
final class SecretScanner {
    private static final Pattern BASE64 = Pattern.compile("[A-Za-z0-9+/_-]{10,}");
    private static final Pattern HEX = Pattern.compile("(?:[0-9A-Fa-f]{2}[ :]?){7,}");
    private static final Pattern DIGIT_WORD =
            Pattern.compile("zero|one|two|three|four|five|six|seven|eight|nine", Pattern.CASE_INSENSITIVE);
    private static final List<String> DIGITS =
            List.of("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine");

    private final Map<CanaryText, String> needles = new LinkedHashMap<>();

    SecretScanner(List<CanaryText> planted) {
        planted.forEach(canary -> needles.put(canary, canary.needle()));
    }

    /** The planted texts whose value an answer shows, with the encoding it was found in. */
    Map<CanaryText, String> found(JsonNode answer) {
        Map<CanaryText, String> found = new LinkedHashMap<>();
        for (String text : texts(answer, new ArrayList<>())) {
            readings(text)
                    .forEach((encoding, reading) -> needles.forEach((canary, needle) -> {
                        if (reading.contains(needle)) {
                            found.putIfAbsent(canary, encoding);
                        }
                    }));
        }
        return found;
    }

    private static List<String> texts(JsonNode node, List<String> into) {
        if (node.isTextual() || node.isIntegralNumber()) {
            into.add(node.asText());
        } else {
            node.fieldNames().forEachRemaining(into::add);
            node.forEach(child -> texts(child, into));
        }
        return into;
    }

    private static Map<String, String> readings(String text) {
        Map<String, String> readings = new LinkedHashMap<>();
        readings.put("verbatim", compact(text));
        readings.put("reversed", new StringBuilder(compact(text)).reverse().toString());
        readings.put("rot13", compact(rot13(text)));
        readings.put(
                "spelled",
                compact(DIGIT_WORD
                        .matcher(text)
                        .replaceAll(word -> "" + DIGITS.indexOf(word.group().toLowerCase(Locale.ROOT)))));
        readings.put("percent", compact(percentDecoded(text)));
        readings.put("base64", compact(base64Decoded(text)));
        readings.put("hex", compact(hexDecoded(text)));
        return readings;
    }

    static String compact(String text) {
        StringBuilder compact = new StringBuilder(text.length());
        text.codePoints().filter(Character::isLetterOrDigit).forEach(compact::appendCodePoint);
        return compact.toString().toLowerCase(Locale.ROOT);
    }

    private static String rot13(String text) {
        StringBuilder rotated = new StringBuilder(text.length());
        for (char c : text.toCharArray()) {
            if (c >= 'a' && c <= 'z') {
                rotated.append((char) ('a' + (c - 'a' + 13) % 26));
            } else if (c >= 'A' && c <= 'Z') {
                rotated.append((char) ('A' + (c - 'A' + 13) % 26));
            } else {
                rotated.append(c);
            }
        }
        return rotated.toString();
    }

    private static String percentDecoded(String text) {
        if (text.indexOf('%') < 0) {
            return "";
        }
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // no percent-encoding after all
            return "";
        }
    }

    private static String base64Decoded(String text) {
        StringBuilder decoded = new StringBuilder();
        Matcher runs = BASE64.matcher(text);
        while (runs.find()) {
            String run = runs.group().replace('-', '+').replace('_', '/');
            // a piece cut out of longer base64 may begin anywhere in a group of four
            for (int skip = 0; skip < 4; skip++) {
                int length = run.length() - skip;
                decoded.append(' ')
                        .append(decode(run.substring(skip, length % 4 == 1 ? run.length() - 1 : run.length())));
            }
        }
        return decoded.toString();
    }

    private static String decode(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1);
    }

    private static String hexDecoded(String text) {
        StringBuilder decoded = new StringBuilder();
        Matcher runs = HEX.matcher(text);
        while (runs.find()) {
            String digits = runs.group().replaceAll("[ :]", "");
            for (int skip = 0; skip < 2; skip++) {
                int length = (digits.length() - skip) / 2 * 2;
                byte[] bytes = HexFormat.of().parseHex(digits.substring(skip, skip + length));
                decoded.append(' ').append(new String(bytes, StandardCharsets.ISO_8859_1));
            }
        }
        return decoded.toString();
    }
}
