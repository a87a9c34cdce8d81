package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static dev.redoubt.wire.Guarded.bytes;
import static dev.redoubt.wire.Guarded.chroma;
import static dev.redoubt.wire.Guarded.forwarded;
import static dev.redoubt.wire.Guarded.qdrant;
import static dev.redoubt.wire.Guarded.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redoubt.policy.Action;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Answers of any size from which any hits are taken out. */
class WithheldHitsProperties {
    private static final String CARD = "4111111111111111";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private final RouteGuard query = blocking(chroma()).query();
    private final RouteGuard get = blocking(chroma()).get();
    private final RouteGuard points = blocking(qdrant()).route("POST", "/collections/c/points/query");
    private final RouteGuard batch = blocking(qdrant()).route("POST", "/collections/c/points/query/batch");
    private final RouteGuard groups = blocking(qdrant()).route("POST", "/collections/c/points/query/groups");

    private static Guarded blocking(Guarded guarded) {
        return guarded.doing(Action.Block).finding("CREDIT_CARD");
    }

    /**
     * What a hit is.
     *
     * @param blocked whether it holds what is blocked
     * @param column in which of its columns
     */
    record Hit(boolean blocked, int column) {}

    @Provide
    Arbitrary<List<List<Hit>>> lists() {
        Arbitrary<Hit> hit = Combinators.combine(
                        Arbitraries.of(true, false), Arbitraries.integers().between(0, 2))
                .as(Hit::new);
        return hit.list().ofMaxSize(6).list().ofMinSize(1).ofMaxSize(4);
    }

    @Property(tries = 500)
    void columnsOfColumnsStayAlignedAndIdsKeepTheirDocuments(
            @ForAll("lists") List<List<Hit>> lists, @ForAll boolean pretty) {
        ObjectNode answer = JSON.objectNode();
        for (String column : List.of("ids", "documents", "metadatas", "distances")) {
            answer.set(column, JSON.arrayNode());
        }
        answer.set("uris", JSON.nullNode());
        for (int i = 0; i < lists.size(); i++) {
            ObjectNode columns = columns(lists.get(i), "q" + i);
            columns.properties().forEach(column -> ((ArrayNode) answer.get(column.getKey())).add(column.getValue()));
        }
        JsonNode left = answered(query, answer, pretty);
        for (int i = 0; i < lists.size(); i++) {
            ObjectNode one = JSON.objectNode();
            for (String column : List.of("ids", "documents", "metadatas", "distances")) {
                one.set(column, left.get(column).get(i));
            }
            assertAligned(one, lists.get(i), "q" + i);
        }
        assertThat(left.get("uris").isNull()).isTrue();
    }

    @Property(tries = 500)
    void columnsStayAlignedAndIdsKeepTheirDocuments(@ForAll("lists") List<List<Hit>> lists, @ForAll boolean pretty) {
        ObjectNode answer = columns(lists.get(0), "g");
        answer.remove("distances");
        answer.set("include", JSON.arrayNode().add("documents").add("metadatas"));
        JsonNode left = answered(get, answer, pretty);
        assertThat(left.get("include")).hasSize(2);
        assertAligned(left, lists.get(0), "g");
    }

    private static ObjectNode columns(List<Hit> hits, String name) {
        ObjectNode columns = JSON.objectNode();
        ArrayNode ids = columns.putArray("ids");
        ArrayNode documents = columns.putArray("documents");
        ArrayNode metadatas = columns.putArray("metadatas");
        ArrayNode distances = columns.putArray("distances");
        for (int i = 0; i < hits.size(); i++) {
            Hit hit = hits.get(i);
            ids.add(name + "-" + i);
            documents.add("document of " + name + "-" + i + (hit.blocked() && hit.column() == 0 ? " " + CARD : ""));
            ObjectNode metadata = JSON.objectNode();
            metadata.put("of", name + "-" + i);
            metadata.set("tags", JSON.arrayNode().add("a").add(hit.blocked() && hit.column() > 0 ? CARD : "b"));
            metadatas.add(metadata);
            distances.add(i);
        }
        return columns;
    }

    private static void assertAligned(JsonNode columns, List<Hit> hits, String name) {
        List<Integer> kept = kept(hits);
        assertThat(columns.get("ids")).hasSize(kept.size());
        assertThat(columns.get("documents")).hasSize(kept.size());
        assertThat(columns.get("metadatas")).hasSize(kept.size());
        for (int i = 0; i < kept.size(); i++) {
            String id = name + "-" + kept.get(i);
            assertThat(columns.get("ids").get(i).textValue()).isEqualTo(id);
            assertThat(columns.get("documents").get(i).textValue()).isEqualTo("document of " + id);
            assertThat(columns.get("metadatas").get(i).get("of").textValue()).isEqualTo(id);
            if (columns.has("distances")) {
                assertThat(columns.get("distances").get(i).intValue()).isEqualTo(kept.get(i));
            }
        }
    }

    @Property(tries = 500)
    void pointsAreTakenOutWhole(@ForAll("lists") List<List<Hit>> lists, @ForAll boolean pretty) {
        ObjectNode answer = JSON.objectNode();
        answer.putObject("result").set("points", hits(lists.get(0)));
        assertHits(answered(points, answer, pretty).at("/result/points"), lists.get(0));

        ObjectNode many = JSON.objectNode();
        ArrayNode results = many.putArray("result");
        lists.forEach(list -> results.addObject().set("points", hits(list)));
        JsonNode left = answered(batch, many, pretty).get("result");
        assertThat(left).hasSize(lists.size());
        for (int i = 0; i < lists.size(); i++) {
            assertHits(left.get(i).get("points"), lists.get(i));
        }
    }

    @Property(tries = 500)
    void aGroupGoesWithTheLastOfItsHits(@ForAll("lists") List<List<Hit>> lists, @ForAll boolean pretty) {
        ObjectNode answer = JSON.objectNode();
        ArrayNode all = answer.putObject("result").putArray("groups");
        for (int i = 0; i < lists.size(); i++) {
            all.addObject().put("id", i).set("hits", hits(lists.get(i)));
        }
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < lists.size(); i++) {
            if (lists.get(i).isEmpty() || !kept(lists.get(i)).isEmpty()) {
                kept.add(i);
            }
        }
        JsonNode left = answered(groups, answer, pretty).at("/result/groups");
        assertThat(left).hasSize(kept.size());
        for (int i = 0; i < kept.size(); i++) {
            assertThat(left.get(i).get("id").intValue()).isEqualTo(kept.get(i));
            assertHits(left.get(i).get("hits"), lists.get(kept.get(i)));
        }
    }

    private static ArrayNode hits(List<Hit> hits) {
        ArrayNode array = JSON.arrayNode();
        for (int i = 0; i < hits.size(); i++) {
            ObjectNode payload = JSON.objectNode();
            Hit hit = hits.get(i);
            payload.putObject("deep").putArray("list").add(hit.blocked() && hit.column() == 0 ? CARD : "x");
            payload.put("text", hit.blocked() && hit.column() > 0 ? CARD : "y");
            array.addObject().put("id", i).set("payload", payload);
        }
        return array;
    }

    private static void assertHits(JsonNode left, List<Hit> hits) {
        List<Integer> ids = new ArrayList<>();
        left.forEach(hit -> ids.add(hit.get("id").intValue()));
        assertThat(ids).isEqualTo(kept(hits));
    }

    private static List<Integer> kept(List<Hit> hits) {
        List<Integer> kept = new ArrayList<>();
        for (int i = 0; i < hits.size(); i++) {
            if (!hits.get(i).blocked()) {
                kept.add(i);
            }
        }
        return kept;
    }

    private static JsonNode answered(RouteGuard guard, JsonNode answer, boolean pretty) {
        Outcome outcome = guard.response(bytes(pretty ? answer.toPrettyString() : answer.toString()), CLOSED);
        assertThat(forwarded(outcome)).doesNotContain(CARD);
        return tree(outcome);
    }
}
