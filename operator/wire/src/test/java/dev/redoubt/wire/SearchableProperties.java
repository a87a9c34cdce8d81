package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static dev.redoubt.wire.Guarded.OPEN;
import static dev.redoubt.wire.Guarded.bytes;
import static dev.redoubt.wire.Guarded.chroma;
import static dev.redoubt.wire.Guarded.forwarded;
import static dev.redoubt.wire.Guarded.request;
import static dev.redoubt.wire.Guarded.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** A store that only compares for equality gives the same with a guard as without one, and never sees a value. */
class SearchableProperties {
    private static final JsonNodeFactory NODES = new JsonNodeFactory(true);
    private static final Guarded GUARDED = chroma().withoutRedaction().searching("x", "y");
    private static final RouteGuard ADD = GUARDED.add();
    private static final RouteGuard QUERY = GUARDED.query();
    private static final RouteGuard GET = GUARDED.get();

    @Provide
    Arbitrary<JsonNode> values() {
        return Arbitraries.oneOf(
                Arbitraries.of("Zyx", "zyx", "Zyx ", "1", "true", "\u00e9\"\\", "null", "rdbs1.Zyx")
                        .map(NODES::textNode),
                Arbitraries.strings().ofMaxLength(12).map(NODES::textNode),
                Arbitraries.of("1", "1.0", "10e-1", "-0", "0", "0.10", "1e3", "1000", "-7", "12345678901234567890")
                        .map(BigDecimal::new)
                        .map(NODES::numberNode),
                Arbitraries.of(true, false).map(NODES::booleanNode));
    }

    @Provide
    Arbitrary<List<JsonNode>> records() {
        return values().list().ofMinSize(1).ofMaxSize(8);
    }

    private static boolean equal(JsonNode one, JsonNode other) {
        return one.isNumber() && other.isNumber()
                ? one.decimalValue().compareTo(other.decimalValue()) == 0
                : one.equals(other);
    }

    /** What a store finds that compares as {@code where} says. */
    private static List<Integer> found(JsonNode metadatas, JsonNode condition) {
        List<Integer> found = new ArrayList<>();
        for (int i = 0; i < metadatas.size(); i++) {
            JsonNode value = metadatas.get(i).get("x");
            boolean any = false;
            JsonNode operand = condition.isObject() ? condition.elements().next() : condition;
            for (JsonNode each : operand.isArray() ? operand : NODES.arrayNode().add(operand)) {
                any |= equal(value, each);
            }
            String operator = condition.isObject() ? condition.fieldNames().next() : "$eq";
            if (any == (operator.equals("$eq") || operator.equals("$in"))) {
                found.add(i);
            }
        }
        return found;
    }

    @Property
    void aFilterByEqualityFindsWhatItWouldFindAmongPlainValues(
            @ForAll("records") List<JsonNode> records, @ForAll("records") List<JsonNode> asked) {
        ObjectNode body = NODES.objectNode();
        ArrayNode metadatas = body.putArray("metadatas");
        records.forEach(value -> metadatas.addObject().set("x", value));
        body.putArray("ids").add("a");
        JsonNode stored = tree(forwarded(request(ADD, body.toString())));
        for (String operator : List.of("", "$eq", "$ne", "$in", "$nin")) {
            boolean list = operator.endsWith("in");
            JsonNode operand = list ? NODES.arrayNode().addAll(asked) : asked.get(0);
            JsonNode condition =
                    operator.isEmpty() ? operand : NODES.objectNode().set(operator, operand);
            JsonNode where = NODES.objectNode().set("where", NODES.objectNode().set("x", condition));
            JsonNode sent = tree(forwarded(request(QUERY, where.toString()))).at("/where/x");
            assertThat(found(stored.get("metadatas"), sent)).isEqualTo(found(metadatas, condition));
            requireTokens(sent);
        }
        requireTokens(stored.get("metadatas"));
        String answer = stored.toString();
        assertThat(forwarded(GET.response(bytes(answer), CLOSED))).isEqualTo(answer);
        JsonNode opened = tree(GET.response(bytes(answer), OPEN)).get("metadatas");
        for (int i = 0; i < records.size(); i++) {
            assertThat(equal(opened.get(i).get("x"), records.get(i))
                            && opened.get(i).get("x").getNodeType()
                                    == records.get(i).getNodeType())
                    .as("%s came back as %s", records.get(i), opened.get(i))
                    .isTrue();
        }
    }

    /** Every value is a token. */
    private static void requireTokens(JsonNode values) {
        if (values.isContainerNode()) {
            values.forEach(SearchableProperties::requireTokens);
        } else {
            assertThat(values.asText()).matches("rdbs1\\.[A-Za-z0-9_-]{23,}");
        }
    }
}
