package dev.redoubt.wire.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** JSON documents with every freedom that the grammar gives, and Jackson as their oracle. */
public final class JsonDocuments {
    /** Names that often collide, also when one of them is escaped. */
    private static final String[] NAMES = {"a", "b", "vector", "text", "ids", "$and", "é", ""};

    private static final ObjectMapper STRICT = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(10_000)
                            .maxNumberLength(100_000)
                            .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private JsonDocuments() {}

    /** The tree, or empty where the bytes are not strict JSON. */
    public static Optional<JsonNode> tree(byte[] document) {
        try {
            // Jackson lets some malformed UTF-8 pass, a strict decoder does not
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(document))
                    .toString();
            JsonNode tree = STRICT.readTree(text);
            return tree == null || tree.isMissingNode() || hasLoneSurrogate(tree)
                    ? Optional.empty()
                    : Optional.of(tree);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static boolean hasLoneSurrogate(JsonNode node) {
        if (node.isTextual()) {
            return isLone(node.textValue());
        }
        for (Map.Entry<String, JsonNode> field : node.properties()) {
            if (isLone(field.getKey()) || hasLoneSurrogate(field.getValue())) {
                return true;
            }
        }
        for (JsonNode item : node) {
            if (node.isArray() && hasLoneSurrogate(item)) {
                return true;
            }
        }
        return false;
    }

    private static boolean isLone(String text) {
        return !StandardCharsets.UTF_8.newEncoder().canEncode(text);
    }

    /** Documents of the grammar, some with duplicate names. */
    public static Arbitrary<String> documents() {
        return Combinators.combine(space(), value(4), space()).as((a, b, c) -> a + b + c);
    }

    private static Arbitrary<String> value(int depth) {
        if (depth == 0) {
            return scalar();
        }
        Arbitrary<String> items = Combinators.combine(space(), Arbitraries.lazy(() -> value(depth - 1)), space())
                .as((a, b, c) -> a + b + c);
        Arbitrary<String> members =
                Combinators.combine(space(), name(), space(), items).as((a, b, c, d) -> a + b + c + ":" + d);
        return Arbitraries.frequencyOf(
                Tuple.of(3, scalar()),
                Tuple.of(2, items.list().ofMaxSize(4).map(list -> "[" + join(list) + "]")),
                Tuple.of(3, members.list().ofMaxSize(4).map(list -> "{" + join(list) + "}")));
    }

    private static String join(List<String> parts) {
        return parts.isEmpty() ? " " : String.join(",", parts);
    }

    private static Arbitrary<String> name() {
        return Combinators.combine(Arbitraries.of(NAMES), Arbitraries.integers().between(0, 7))
                .as((name, style) -> "\"" + (style < 2 ? escaped(name, style == 0) : name) + "\"");
    }

    private static String escaped(String text, boolean all) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            out.append(all || i == 0 ? "\\u%04x".formatted((int) text.charAt(i)) : String.valueOf(text.charAt(i)));
        }
        return out.toString();
    }

    private static Arbitrary<String> scalar() {
        Arbitrary<String> pieces = Arbitraries.of(
                "a",
                "text of some length ",
                "é",
                "€",
                "😀",
                "\\n",
                "\\\"",
                "\\\\",
                "\\/",
                "\\u0041",
                "\\uD83D\\uDE00",
                "\\u20ac",
                "ann@example.com",
                "\u007f",
                "0123456789abcdef");
        Arbitrary<String> strings = pieces.list().ofMaxSize(6).map(list -> "\"" + String.join("", list) + "\"");
        Arbitrary<String> numbers = Arbitraries.of(
                "0",
                "-0",
                "1",
                "-1.5",
                "1e5",
                "1E-7",
                "0.10000000149011612",
                "123456789012345678901234567890",
                "1.0e+30");
        return Arbitraries.oneOf(strings, numbers, Arbitraries.of("true", "false", "null"));
    }

    private static Arbitrary<String> space() {
        return Arbitraries.of("", "", "", " ", "\n", "\t \r\n");
    }
}
