package dev.redoubt.sidecar.recognizer;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.redoubt.policy.Entity;
import dev.redoubt.redact.Span;
import dev.redoubt.sidecar.recognizer.AnalyzerException.Kind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The messages of {@code POST /analyze} of Presidio's analyzer. One text is sent as a string and answered by a list of
 * results, several as a list and answered by a list of such lists. Offsets count Unicode code points.
 */
final class AnalyzerMessages {
    private static final String LANGUAGE = "en";
    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(JsonWriteFeature.COMBINE_UNICODE_SURROGATES_IN_UTF8)
            .build();

    private final List<byte[]> texts;
    private final Map<String, Entity> entities = new HashMap<>();

    /**
     * @param texts UTF-8, at least one
     * @param entities what is asked for
     */
    AnalyzerMessages(List<byte[]> texts, Set<Entity> entities) {
        this.texts = texts;
        entities.forEach(entity -> this.entities.put(entity.name(), entity));
    }

    byte[] request() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(out)) {
            json.writeStartObject();
            if (texts.size() == 1) {
                json.writeStringField("text", string(texts.get(0)));
            } else {
                json.writeArrayFieldStart("text");
                for (byte[] text : texts) {
                    json.writeString(string(text));
                }
                json.writeEndArray();
            }
            json.writeStringField("language", LANGUAGE);
            json.writeArrayFieldStart("entities");
            for (String entity : entities.keySet().stream().sorted().toList()) {
                json.writeString(entity);
            }
            json.writeEndArray();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static String string(byte[] utf8) {
        return new String(utf8, StandardCharsets.UTF_8);
    }

    /**
     * Reads an answer.
     *
     * @return what was found in each text
     * @throws AnalyzerException where it is anything but an answer to this request: not of that many texts, an entity that
     *     was not asked for, a span that is no part of its text, a score outside of 0 to 1
     */
    List<List<Span>> answer(byte[] body) throws AnalyzerException {
        List<List<Span>> spans = new ArrayList<>();
        try (JsonParser json = JSON.createParser(body)) {
            json.nextToken();
            if (texts.size() == 1) {
                spans.add(results(json, texts.get(0)));
            } else {
                require(json.currentToken() == JsonToken.START_ARRAY);
                while (json.nextToken() != JsonToken.END_ARRAY) {
                    require(spans.size() < texts.size());
                    spans.add(results(json, texts.get(spans.size())));
                }
            }
            require(json.nextToken() == null && spans.size() == texts.size());
            return spans;
        } catch (IOException e) {
            throw new AnalyzerException(Kind.Invalid);
        }
    }

    private List<Span> results(JsonParser json, byte[] text) throws IOException, AnalyzerException {
        require(json.currentToken() == JsonToken.START_ARRAY);
        List<Span> spans = new ArrayList<>(0);
        int[] bytes = null;
        while (json.nextToken() != JsonToken.END_ARRAY) {
            bytes = bytes == null ? byteOffsets(text) : bytes;
            spans.add(result(json, bytes));
        }
        return spans;
    }

    private Span result(JsonParser json, int[] bytes) throws IOException, AnalyzerException {
        require(json.currentToken() == JsonToken.START_OBJECT);
        Entity entity = null;
        int start = -1;
        int end = -1;
        double score = -1;
        while (json.nextToken() == JsonToken.FIELD_NAME) {
            String name = json.currentName();
            JsonToken value = json.nextToken();
            switch (name) {
                case "entity_type" -> entity = entities.get(value == JsonToken.VALUE_STRING ? json.getText() : "");
                case "start" -> start = offset(json, value);
                case "end" -> end = offset(json, value);
                case "score" -> {
                    require(value.isNumeric());
                    score = json.getDoubleValue();
                }
                // what else it says of a result, such as how it came to it
                default -> json.skipChildren();
            }
        }
        require(entity != null && start >= 0 && end > start && end < bytes.length && score >= 0 && score <= 1);
        return new Span(entity, bytes[start], bytes[end], score);
    }

    private static int offset(JsonParser json, JsonToken value) throws IOException, AnalyzerException {
        require(value == JsonToken.VALUE_NUMBER_INT);
        return json.getIntValue();
    }

    /** By code point, and by the end: where it begins. */
    private static int[] byteOffsets(byte[] text) {
        int characters = 0;
        for (byte b : text) {
            characters += (b & 0xC0) == 0x80 ? 0 : 1;
        }
        int[] offsets = new int[characters + 1];
        int at = 0;
        for (int i = 0; i < text.length; i++) {
            if ((text[i] & 0xC0) != 0x80) {
                offsets[at++] = i;
            }
        }
        offsets[characters] = text.length;
        return offsets;
    }

    private static void require(boolean holds) throws AnalyzerException {
        if (!holds) {
            throw new AnalyzerException(Kind.Invalid);
        }
    }
}
