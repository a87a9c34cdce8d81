package dev.redoubt.wire.protobuf;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads JSON of a profile, without white space between its tokens and without escapes: texts are {@link String}s, numbers
 * {@link Long}s, arrays {@link List}s and objects {@link Map}s.
 */
final class TemplateReader {
    private final String json;
    private int at;

    private TemplateReader(String json) {
        this.json = json;
    }

    /** @throws IllegalArgumentException where it is anything else */
    static Object read(String json) {
        TemplateReader reader = new TemplateReader(json);
        Object value = reader.value();
        if (reader.at < json.length()) {
            throw reader.malformed();
        }
        return value;
    }

    private Object value() {
        return switch (at < json.length() ? json.charAt(at) : 0) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> text();
            default -> number();
        };
    }

    private Map<String, Object> object() {
        Map<String, Object> members = new LinkedHashMap<>();
        while (json.charAt(at) != '}') {
            at++;
            String name = text();
            require(':');
            members.put(name, value());
        }
        at++;
        return members;
    }

    private List<Object> array() {
        List<Object> items = new ArrayList<>();
        while (json.charAt(at) != ']') {
            at++;
            items.add(value());
        }
        at++;
        return items;
    }

    private String text() {
        require('"');
        int end = json.indexOf('"', at);
        if (end < 0 || json.substring(at, end).indexOf('\\') >= 0) {
            throw malformed();
        }
        String text = json.substring(at, end);
        at = end + 1;
        return text;
    }

    private Long number() {
        int start = at;
        while (at < json.length() && json.charAt(at) >= '0' && json.charAt(at) <= '9') {
            at++;
        }
        if (start == at) {
            throw malformed();
        }
        return Long.valueOf(json.substring(start, at));
    }

    private void require(char sign) {
        if (at >= json.length() || json.charAt(at) != sign) {
            throw malformed();
        }
        at++;
    }

    private IllegalArgumentException malformed() {
        return new IllegalArgumentException("a template is not the JSON of one: " + json);
    }
}
