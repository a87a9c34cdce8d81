package dev.redoubt.wire.route;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/** The query of a request target (RFC 3986 section 3.4), written so that it is read in one way only. */
public final class QueryString {
    private static final String PLAIN = "-._~,:*";

    private QueryString() {}

    /**
     * Writes parameters in their order.
     *
     * @param parameters values by name; of an empty one only the name is written
     */
    public static String of(Map<String, String> parameters) {
        if (parameters.isEmpty()) {
            return "";
        }
        return parameters.entrySet().stream()
                .map(each -> each.getValue().isEmpty() ? each.getKey() : each.getKey() + "=" + encode(each.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** Whether a value is of plain words, numbers and what joins them. */
    static boolean isPlain(String value) {
        return value.chars().allMatch(QueryString::isPlain);
    }

    private static boolean isPlain(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || PLAIN.indexOf(c) >= 0;
    }

    private static String encode(String value) {
        StringBuilder out = new StringBuilder(value.length() + 16);
        for (byte b : value.getBytes(StandardCharsets.UTF_8)) {
            if (isPlain(b)) {
                out.append((char) b);
            } else {
                out.append('%').append(String.format("%02X", b & 0xFF));
            }
        }
        return out.toString();
    }
}
