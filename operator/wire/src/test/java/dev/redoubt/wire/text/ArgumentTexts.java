package dev.redoubt.wire.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;

/** Documents as models write them for tools, and every way in which JSON can spell them. */
final class ArgumentTexts {
    static final String MAIL = "ann@example.com";

    private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

    /** Set apart from each other, so that each is found or not whatever its neighbours are. */
    private static final List<String> PARTS = List.of(
            MAIL,
            "4111 1111 1111 1111",
            "536-22-1234",
            "call 415-555-2671",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            "sk-Abc123Abc123Abc123Abc123",
            "https://u:pa\tss@host",
            "a",
            "the pod \"x\" is down",
            "C:\\users\\nina",
            "é😀",
            "line\nbreak",
            "/",
            "{\"to\":\"" + MAIL + "\"}",
            "[\"ann\\u0040example.com\"]",
            "[1] see {note}",
            " {");

    private static final List<String> NAMES =
            List.of("to", "phone", "aws_secret_access_key", "ssn", "note", "a", "card", MAIL, "bob\"s");

    private ArgumentTexts() {}

    static Arbitrary<JsonNode> documents() {
        return node(3);
    }

    private static Arbitrary<JsonNode> node(int depth) {
        Arbitrary<JsonNode> strings =
                Arbitraries.of(PARTS).list().ofMaxSize(3).map(parts -> NODES.textNode(String.join(" ", parts)));
        Arbitrary<JsonNode> others = Arbitraries.of(
                NODES.numberNode(7),
                NODES.numberNode(4111111111111111L),
                NODES.numberNode(-0.5),
                NODES.numberNode(4155552671L),
                NODES.booleanNode(true),
                NODES.nullNode());
        if (depth == 0) {
            return Arbitraries.oneOf(strings, others);
        }
        Arbitrary<JsonNode> below = Arbitraries.lazy(() -> node(depth - 1));
        Arbitrary<JsonNode> objects = Combinators.combine(Arbitraries.of(NAMES), below)
                .as(Tuple::of)
                .list()
                .ofMaxSize(3)
                .map(members -> {
                    ObjectNode object = NODES.objectNode();
                    members.forEach(member -> object.set(member.get1(), member.get2()));
                    return object;
                });
        Arbitrary<JsonNode> arrays =
                below.list().ofMaxSize(3).map(items -> NODES.arrayNode().addAll(items));
        return Arbitraries.frequencyOf(
                Tuple.of(3, objects), Tuple.of(1, arrays), Tuple.of(2, strings), Tuple.of(1, others));
    }

    /** The text of a document; the seed decides what is escaped and how, and nothing else. */
    static String spelled(JsonNode node, long seed) {
        StringBuilder out = new StringBuilder();
        spell(node, new Random(seed), out);
        return out.toString();
    }

    private static void spell(JsonNode node, Random random, StringBuilder out) {
        if (node.isObject()) {
            out.append("{ ");
            for (Iterator<Map.Entry<String, JsonNode>> members =
                            node.properties().iterator();
                    members.hasNext(); ) {
                Map.Entry<String, JsonNode> member = members.next();
                string(member.getKey(), random, out);
                out.append(": ");
                spell(member.getValue(), random, out);
                out.append(members.hasNext() ? "," : "\n");
            }
            out.append('}');
        } else if (node.isArray()) {
            out.append('[');
            for (int i = 0; i < node.size(); i++) {
                out.append(i == 0 ? "" : ",");
                spell(node.get(i), random, out);
            }
            out.append(']');
        } else if (node.isTextual()) {
            string(node.textValue(), random, out);
        } else {
            out.append(node);
        }
    }

    private static void string(String text, Random random, StringBuilder out) {
        int often = random.nextInt(4);
        out.append('"');
        for (int c : text.codePoints().toArray()) {
            boolean must = c == '"' || c == '\\' || c < ' ';
            if (random.nextInt(4) < often || must && random.nextBoolean()) {
                String format = random.nextBoolean() ? "\\u%04x" : "\\u%04X";
                for (char unit : Character.toChars(c)) {
                    out.append(format.formatted((int) unit));
                }
            } else if (must || c == '/' && random.nextBoolean()) {
                out.append('\\').append(c == '\n' ? 'n' : c == '\t' ? 't' : (char) c);
            } else {
                out.appendCodePoint(c);
            }
        }
        out.append('"');
    }
}
