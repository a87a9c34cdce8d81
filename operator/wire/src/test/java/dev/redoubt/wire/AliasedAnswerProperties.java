package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static dev.redoubt.wire.Guarded.bytes;
import static dev.redoubt.wire.Guarded.forwarded;
import static dev.redoubt.wire.Guarded.tree;
import static dev.redoubt.wire.Guarded.weaviate;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Questions that call their fields by each other's names. */
class AliasedAnswerProperties {
    private static final RouteGuard GUARD = weaviate().route("POST", "/v1/graphql");
    private static final List<String> NAMES =
            List.of("text", "mail", "id", "vector", "distance", "_additional", "score", "data", "Get");

    /**
     * A field that is asked for.
     *
     * @param below what is asked for in it; empty for a leaf
     */
    private record Asked(String alias, String field, List<Asked> below) {
        String query() {
            String inner =
                    below.isEmpty() ? "" : below.stream().map(Asked::query).reduce("", (a, b) -> a + " " + b);
            return alias + ":" + field + (below.isEmpty() ? "" : "{" + inner + "}");
        }

        String answer(boolean guarded) {
            return "\"" + alias + "\":" + (below.isEmpty() ? value(guarded) : object(below, guarded));
        }

        private String value(boolean guarded) {
            return switch (field) {
                case "vector" -> guarded ? "null" : "[0.5,0.25]";
                case "distance" -> guarded ? "0.1" : "0.1234";
                case "id" -> "\"ann@example.com\"";
                default -> guarded ? "\"to <EMAIL_ADDRESS>\"" : "\"to ann@example.com\"";
            };
        }
    }

    private static String object(List<Asked> fields, boolean guarded) {
        return "{"
                + String.join(
                        ",", fields.stream().map(field -> field.answer(guarded)).toList()) + "}";
    }

    @Provide
    Arbitrary<List<Asked>> questions() {
        Arbitrary<List<Asked>> inner = fields(List.of("id", "vector", "distance"), List.of());
        return inner.flatMap(below -> fields(List.of("text", "mail", "_additional"), below));
    }

    /** Some of the fields under names that all differ. */
    private static Arbitrary<List<Asked>> fields(List<String> fields, List<Asked> below) {
        Arbitrary<List<String>> chosen = Arbitraries.shuffle(fields);
        Arbitrary<List<String>> names = Arbitraries.shuffle(NAMES);
        return Combinators.combine(chosen, names, Arbitraries.integers().between(1, fields.size()))
                .as((order, aliases, count) -> {
                    List<Asked> asked = new ArrayList<>();
                    for (int i = 0; i < count; i++) {
                        boolean isObject = order.get(i).equals("_additional");
                        asked.add(new Asked(aliases.get(i), order.get(i), isObject ? below : List.of()));
                    }
                    return asked;
                });
    }

    @Property(tries = 500)
    void everyValueIsTreatedAsItsFieldAndNotAsItsName(
            @ForAll("questions") List<Asked> fields, @ForAll boolean renamesOuter) {
        String outer = renamesOuter ? "vector" : "Get";
        String type = renamesOuter ? "id" : "People";
        String inner = fields.stream().map(Asked::query).reduce("", (a, b) -> a + " " + b);
        String query = "{%s:Get{%s:People(limit:1 bm25:{query:\"x\"}){%s}}}".formatted(outer, type, inner);
        JsonNode body = JsonNodeFactory.instance.objectNode().put("query", query);
        String answer = "{\"data\":{\"%s\":{\"%s\":[%s]}}}";

        RequestReading reading = GUARD.read(bytes(body.toString()));
        assertThat(forwarded(reading.apply(CLOSED))).isEqualTo(body.toString());
        JsonNode got = tree(
                GUARD.response(bytes(answer.formatted(outer, type, object(fields, false))), reading.answered(CLOSED)));

        assertThat(got).isEqualTo(tree(answer.formatted(outer, type, object(fields, true))));
    }
}
