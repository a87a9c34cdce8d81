package dev.redoubt.wire.route;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The target of a request in origin form (RFC 9112 section 3.2.1), read strictly.
 *
 * @param segments of the path, none of them empty but that of the path {@code /}
 * @param parameters decoded values of the query parameters by name, in their order
 */
record RequestTarget(List<Segment> segments, Map<String, String> parameters) {
    private static final int LONGEST = 8192;
    private static final String ROOT = "/";
    private static final String UNRESERVED = "-._~";
    private static final String PATH = UNRESERVED + "!$&'()*+,=:@%";
    private static final String QUERY = UNRESERVED + "!$'()*+,;:@/?%";

    RequestTarget {
        segments = List.copyOf(segments);
        parameters = Collections.unmodifiableMap(new LinkedHashMap<>(parameters));
    }

    /**
     * A part of the path between slashes.
     *
     * @param raw as it was sent
     * @param decoded without percent encoding
     */
    record Segment(String raw, String decoded) {}

    static RequestTarget parse(String target) throws MalformedTargetException {
        if (target.length() > LONGEST || !target.startsWith("/")) {
            throw new MalformedTargetException("the target is not a path");
        }
        int mark = target.indexOf('?');
        String path = mark < 0 ? target : target.substring(0, mark);
        List<Segment> segments = new ArrayList<>();
        if (path.equals(ROOT)) {
            segments.add(new Segment("", ""));
        } else {
            for (String raw : path.substring(1).split("/", -1)) {
                segments.add(new Segment(raw, decode(raw)));
            }
        }
        return new RequestTarget(segments, mark < 0 ? Map.of() : parameters(target.substring(mark + 1)));
    }

    private static String decode(String raw) throws MalformedTargetException {
        if (raw.isEmpty()) {
            throw new MalformedTargetException("the path has an empty segment");
        }
        requireOnly(raw, PATH, "the path has a character that must be encoded or must not be there");
        String decoded = raw.indexOf('%') < 0 ? raw : percent(raw, "path");
        if (decoded.equals(".") || decoded.equals("..")) {
            throw new MalformedTargetException("the path has a dot segment");
        }
        for (int i = 0; i < decoded.length(); i++) {
            char c = decoded.charAt(i);
            // a decoded percent sign is half of a double encoding
            if (c == '/' || c == '\\' || c == '%' || Character.isISOControl(c)) {
                throw new MalformedTargetException("the path has an encoded character that must not be there");
            }
        }
        return decoded;
    }

    private static String percent(String raw, String where) throws MalformedTargetException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(raw.length());
        for (int i = 0; i < raw.length(); i++) {
            if (raw.charAt(i) != '%') {
                bytes.write(raw.charAt(i));
                continue;
            }
            int high = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 1), 16) : -1;
            int low = i + 2 < raw.length() ? Character.digit(raw.charAt(i + 2), 16) : -1;
            if (high < 0 || low < 0) {
                throw new MalformedTargetException("the " + where + " has a broken percent encoding");
            }
            bytes.write(high << 4 | low);
            i += 2;
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes.toByteArray()))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedTargetException("the " + where + " is not UTF-8");
        }
    }

    private static Map<String, String> parameters(String query) throws MalformedTargetException {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String parameter : query.split("&", -1)) {
            int equals = parameter.indexOf('=');
            String name = equals < 0 ? parameter : parameter.substring(0, equals);
            String value = equals < 0 ? "" : parameter.substring(equals + 1);
            if (name.isEmpty() || parameters.containsKey(name)) {
                throw new MalformedTargetException("a query parameter has no name or is repeated");
            }
            requireOnly(name, UNRESERVED + "_", "a query parameter's name has a character that must not be there");
            requireOnly(value, QUERY, "a query parameter's value has a character that must not be there");
            parameters.put(name, value(value));
        }
        return parameters;
    }

    /** Decodes a value as browsers and clients encode it: a plus sign is a space. */
    private static String value(String raw) throws MalformedTargetException {
        String decoded = percent(raw.replace('+', ' '), "query");
        if (decoded.chars().anyMatch(Character::isISOControl)) {
            throw new MalformedTargetException("a query parameter's value has a character that must not be there");
        }
        return decoded;
    }

    private static void requireOnly(String text, String punctuation, String otherwise) throws MalformedTargetException {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean word = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!word && punctuation.indexOf(c) < 0) {
                throw new MalformedTargetException(otherwise);
            }
        }
    }
}
