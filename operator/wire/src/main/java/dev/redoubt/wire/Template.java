package dev.redoubt.wire;

import dev.redoubt.wire.json.JsonText;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** JSON of a profile with places for values. What is put into a place is never looked at again. */
final class Template {
    private static final Pattern PLACE = Pattern.compile("\"\\{([a-z_]+)}([^\"\\\\]*)\"");

    private final List<byte[]> texts = new ArrayList<>();
    /** One fewer than texts: what stands between two of them. */
    private final List<Place> places = new ArrayList<>();

    /** @param text the JSON, without white space between its tokens */
    Template(String text) {
        Matcher matcher = PLACE.matcher(text);
        int end = 0;
        while (matcher.find()) {
            texts.add(bytes(text.substring(end, matcher.start())));
            places.add(new Place(matcher.group(1), bytes(matcher.group(2))));
            end = matcher.end();
        }
        texts.add(bytes(text.substring(end)));
    }

    /** A place of a value, and the text that is put behind the text of the value. */
    private record Place(String name, byte[] behind) {
        private byte[] fill(byte[] value) {
            if (behind.length == 0) {
                return value;
            }
            ByteArrayOutputStream text = new ByteArrayOutputStream();
            text.write(value, 0, value.length - 1);
            text.writeBytes(behind);
            text.write('"');
            return text.toByteArray();
        }
    }

    /** Names of the places. */
    List<String> places() {
        return places.stream().map(Place::name).toList();
    }

    /**
     * Fills places.
     *
     * @param values JSON values by the names of their places
     * @return the text, cut where a place has no value
     */
    List<byte[]> fill(Map<String, byte[]> values) {
        List<byte[]> parts = new ArrayList<>();
        ByteArrayOutputStream part = new ByteArrayOutputStream();
        part.writeBytes(texts.get(0));
        for (int i = 0; i < places.size(); i++) {
            byte[] value = values.get(places.get(i).name());
            if (value == null) {
                parts.add(part.toByteArray());
                part.reset();
            } else {
                part.writeBytes(places.get(i).fill(value));
            }
            part.writeBytes(texts.get(i + 1));
        }
        parts.add(part.toByteArray());
        return parts;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A JSON string. */
    static byte[] string(String text) {
        return JsonText.encode(bytes(text));
    }
}
