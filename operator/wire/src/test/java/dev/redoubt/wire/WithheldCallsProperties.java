package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static dev.redoubt.wire.Guarded.milvus;
import static dev.redoubt.wire.Guarded.qdrant;
import static dev.redoubt.wire.Guarded.weaviate;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.redoubt.policy.Action;
import dev.redoubt.policy.Retrieval;
import dev.redoubt.profiles.Profiles;
import dev.redoubt.wire.frame.FrameFault;
import dev.redoubt.wire.protobuf.GrpcMessage;
import dev.redoubt.wire.route.MalformedTargetException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Answers of gRPC of any size from which any hits are taken out. */
class WithheldCallsProperties {
    private static final String CARD = "4111111111111111";
    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
    private static final int DIMENSION = 3;

    private static final Calls QDRANT = new Calls(qdrant(), "/qdrant.Points/");
    private static final Calls WEAVIATE = new Calls(weaviate(), "/weaviate.v1.Weaviate/");
    private static final Calls MILVUS = new Calls(milvus(), "/milvus.proto.milvus.MilvusService/");

    private final Call query = QDRANT.of("Query");
    private final Call batch = QDRANT.of("QueryBatch");
    private final Call groups = QDRANT.of("QueryGroups");
    private final Call scroll = QDRANT.of("Scroll");
    private final Call search = WEAVIATE.of("Search");
    private final Call found = MILVUS.of("Search");
    private final Call rows = MILVUS.of("Query");

    /** Calls of one engine. */
    private static final class Calls {
        private final TargetGuard guard;
        private final ProtobufJson protobuf;
        private final String service;

        Calls(Guarded guarded, String service) {
            Guarded blocking = guarded.doing(Action.Block)
                    .finding("CREDIT_CARD")
                    .scores(Retrieval.Scores.Exact)
                    .vectors(Retrieval.Vectors.Return);
            this.guard = blocking.guard();
            this.protobuf = new ProtobufJson(Profiles.builtIn()
                    .find(blocking.config().profile())
                    .orElseThrow()
                    .schema());
            this.service = service;
        }

        Call of(String method) {
            try {
                return new Call(
                        guard.guard(guard.match("POST", service + method).orElseThrow()), protobuf);
            } catch (MalformedTargetException e) {
                throw new AssertionError(e);
            }
        }
    }

    /** Answers of one method, as JSON. */
    private record Call(RouteGuard guard, ProtobufJson protobuf) {
        Outcome outcome(JsonNode answer) {
            String type = guard.route().response().type();
            return guard.response(new GrpcMessage(protobuf.write(type, answer)).framed(), CLOSED);
        }

        JsonNode answered(JsonNode answer) {
            Outcome outcome = outcome(answer);
            assertThat(outcome).isInstanceOf(Outcome.Forward.class);
            try {
                byte[] message =
                        GrpcMessage.only(((Outcome.Forward) outcome).body()).data();
                assertThat(new String(message, StandardCharsets.ISO_8859_1)).doesNotContain(CARD);
                return protobuf.read(guard.route().response().type(), message);
            } catch (FrameFault e) {
                throw new AssertionError(e);
            }
        }
    }

    /**
     * What a hit is.
     *
     * @param blocked whether it holds what is blocked
     * @param column in which of its columns
     * @param empty whether columns in which that may be have no value for it
     */
    record Hit(boolean blocked, int column, boolean empty) {}

    @Provide
    Arbitrary<List<List<Hit>>> lists() {
        Arbitrary<Hit> hit = Combinators.combine(
                        Arbitraries.of(true, false), Arbitraries.integers().between(0, 3), Arbitraries.of(true, false))
                .as(Hit::new);
        return hit.list().ofMaxSize(5).list().ofMinSize(1).ofMaxSize(4);
    }

    private static List<Integer> kept(List<Hit> hits) {
        return IntStream.range(0, hits.size())
                .filter(i -> !hits.get(i).blocked())
                .boxed()
                .toList();
    }

    /** A text in the field of a message that wraps values. */
    private static ObjectNode text(int field, String value) {
        return JSON.objectNode().put("-" + field, value);
    }

    @Property(tries = 300)
    void pointsAreTakenOutWholeAndTheNextPageBeginsWhereItDid(@ForAll("lists") List<List<Hit>> lists) {
        JsonNode left = query.answered(JSON.objectNode().put("time", 0.5).set("result", points(lists.get(0))));
        assertPoints(left.path("result"), lists.get(0));
        assertThat(left.get("time").doubleValue()).isEqualTo(0.5);

        ObjectNode page = JSON.objectNode();
        page.set("next_page_offset", text(2, "next"));
        JsonNode scrolled = scroll.answered(page.set("result", points(lists.get(0))));
        assertPoints(scrolled.path("result"), lists.get(0));
        assertThat(scrolled.at("/next_page_offset/-2").textValue()).isEqualTo("next");

        ObjectNode many = JSON.objectNode();
        ArrayNode results = many.putArray("result");
        lists.forEach(list -> results.addObject().set("result", points(list)));
        JsonNode lefts = batch.answered(many).get("result");
        assertThat(lefts).hasSize(lists.size());
        for (int i = 0; i < lists.size(); i++) {
            assertPoints(lefts.get(i).path("result"), lists.get(i));
        }
    }

    @Property(tries = 300)
    void aGroupOfPointsGoesWithTheLastOfThem(@ForAll("lists") List<List<Hit>> lists) {
        ObjectNode answer = JSON.objectNode();
        ArrayNode all = answer.putObject("result").putArray("groups");
        for (int i = 0; i < lists.size(); i++) {
            ObjectNode group = all.addObject();
            group.set("id", text(3, "g" + i));
            group.set("hits", points(lists.get(i)));
        }
        JsonNode left = groups.answered(answer).at("/result/groups");
        List<Integer> kept = keptGroups(lists);
        assertThat(left).hasSize(kept.size());
        for (int i = 0; i < kept.size(); i++) {
            assertThat(left.get(i).at("/id/-3").textValue()).isEqualTo("g" + kept.get(i));
            assertPoints(left.get(i).path("hits"), lists.get(kept.get(i)));
        }
    }

    private static List<Integer> keptGroups(List<List<Hit>> lists) {
        return IntStream.range(0, lists.size())
                .filter(i -> lists.get(i).isEmpty() || !kept(lists.get(i)).isEmpty())
                .boxed()
                .toList();
    }

    private static ArrayNode points(List<Hit> hits) {
        ArrayNode array = JSON.arrayNode();
        for (int i = 0; i < hits.size(); i++) {
            ObjectNode point = array.addObject();
            point.set("id", text(2, "p" + i));
            ObjectNode payload = point.putObject("payload");
            payload.set("text", text(4, hits.get(i).blocked() ? "card " + CARD : "y"));
            payload.set("of", text(4, "p" + i));
        }
        return array;
    }

    private static void assertPoints(JsonNode left, List<Hit> hits) {
        List<String> ids = new ArrayList<>();
        left.forEach(hit -> {
            ids.add(hit.at("/id/-2").textValue());
            assertThat(hit.at("/payload/of/-4")).isEqualTo(hit.at("/id/-2"));
        });
        assertThat(ids).isEqualTo(kept(hits).stream().map(i -> "p" + i).toList());
    }

    @Property(tries = 300)
    void objectsAreTakenOutOfListsAndGroupsWhoseNumbersFollow(@ForAll("lists") List<List<Hit>> lists) {
        assertObjects(
                search.answered(JSON.objectNode().set("results", objects(lists.get(0))))
                        .path("results"),
                lists.get(0));

        ObjectNode answer = JSON.objectNode();
        ArrayNode all = answer.putArray("group_by_results");
        for (int i = 0; i < lists.size(); i++) {
            ObjectNode group = all.addObject().put("name", "g" + i);
            group.put("number_of_objects", lists.get(i).size());
            group.set("objects", objects(lists.get(i)));
        }
        JsonNode left = search.answered(answer).path("group_by_results");
        List<Integer> kept = keptGroups(lists);
        assertThat(left).hasSize(kept.size());
        for (int i = 0; i < kept.size(); i++) {
            assertThat(left.get(i).get("name").textValue()).isEqualTo("g" + kept.get(i));
            assertObjects(left.get(i).path("objects"), lists.get(kept.get(i)));
            assertThat(left.get(i).get("number_of_objects").intValue())
                    .isEqualTo(left.get(i).path("objects").size());
        }
    }

    private static ArrayNode objects(List<Hit> hits) {
        ArrayNode array = JSON.arrayNode();
        for (int i = 0; i < hits.size(); i++) {
            ObjectNode properties = JSON.objectNode();
            properties.set("text", text(13, hits.get(i).blocked() ? "card " + CARD : "y"));
            ObjectNode object = array.addObject();
            object.putObject("properties").putObject("non_ref_props").set("-1", properties);
            object.putObject("metadata").put("id", "o" + i);
        }
        return array;
    }

    private static void assertObjects(JsonNode left, List<Hit> hits) {
        List<String> ids = new ArrayList<>();
        left.forEach(hit -> ids.add(hit.at("/metadata/id").textValue()));
        assertThat(ids).isEqualTo(kept(hits).stream().map(i -> "o" + i).toList());
    }

    @Property(tries = 400)
    void everyColumnLosesTheSameHitsAndCountsFollow(@ForAll("lists") List<List<Hit>> lists) {
        List<Hit> all = lists.stream().flatMap(List::stream).toList();
        ObjectNode answer = JSON.objectNode();
        ObjectNode results = answer.putObject("results");
        results.put("num_queries", lists.size());
        lists.forEach(list -> results.withArray("topks").add(list.size()));
        results.putObject("search_iterator_v2_results").put("token", "t").put("last_bound", 0.5);
        for (int i = 0; i < all.size(); i++) {
            results.withObject("/ids").withObject("/int_id").withArray("data").add(i);
            results.withArray("scores").add(i);
        }
        results.set("fields_data", columns(all));
        results.set("group_by_field_value", integers("group", all));
        JsonNode left = found.answered(answer).get("results");
        List<Integer> kept = kept(all);
        assertThat(numbers(left.at("/ids/int_id/data"))).isEqualTo(kept);
        assertThat(numbers(left.path("scores"))).isEqualTo(kept);
        assertThat(numbers(left.at("/group_by_field_value/scalars/long_data/data")))
                .isEqualTo(kept);
        assertThat(numbers(left.path("topks")))
                .isEqualTo(lists.stream().map(list -> kept(list).size()).toList());
        assertThat(left.at("/search_iterator_v2_results/token").textValue()).isEqualTo("t");
        assertThat(left.at("/search_iterator_v2_results/last_bound").doubleValue())
                .isEqualTo(0.5);
        assertColumns(left.path("fields_data"), all);

        ObjectNode page = JSON.objectNode();
        page.set("fields_data", columns(all));
        assertColumns(rows.answered(page).path("fields_data"), all);
    }

    /** One column of each kind; what is blocked stands in any of the first four. */
    private static ArrayNode columns(List<Hit> hits) {
        ArrayNode columns = JSON.arrayNode();
        columns.add(integers("n", hits));
        ObjectNode texts = column(columns, "text");
        ObjectNode documents = column(columns, "$meta");
        ObjectNode lists = column(columns, "tags");
        ObjectNode nullable = column(columns, "perhaps");
        ObjectNode vectors = column(columns, "vector");
        vectors.putObject("vectors").put("dim", DIMENSION);
        ObjectNode some = column(columns, "some");
        some.putObject("vectors").put("dim", DIMENSION);
        ObjectNode bits = column(columns, "bits");
        byte[] all = new byte[hits.size() * 2];
        for (int i = 0; i < hits.size(); i++) {
            Hit hit = hits.get(i);
            String text = "text " + i;
            String blocked = hit.blocked() ? text + " " + CARD : text;
            texts.withObject("/scalars/string_data").withArray("data").add(hit.column() == 0 ? blocked : text);
            String document = "{\"of\": " + i + ", \"note\": \"" + (hit.column() == 1 ? blocked : text) + "\"}";
            documents
                    .withObject("/scalars/json_data")
                    .withArray("data")
                    .add(Base64.getEncoder().encodeToString(document.getBytes(StandardCharsets.UTF_8)));
            lists.withObject("/scalars/array_data")
                    .withArray("data")
                    .addObject()
                    .putObject("string_data")
                    .putArray("data")
                    .add("a")
                    .add(hit.column() == 2 ? blocked : text);
            boolean present = hit.column() == 3 || !hit.empty();
            nullable.withArray("valid_data").add(present);
            nullable.withObject("/scalars/string_data")
                    .withArray("data")
                    .add(present ? hit.column() == 3 ? blocked : text : "");
            some.withArray("valid_data").add(!hit.empty());
            for (int d = 0; d < DIMENSION; d++) {
                vectors.withObject("/vectors/float_vector").withArray("data").add(i);
                if (!hit.empty()) {
                    some.withObject("/vectors/float_vector").withArray("data").add(i);
                }
            }
            all[2 * i] = (byte) i;
            all[2 * i + 1] = (byte) i;
        }
        bits.putObject("vectors")
                .put("dim", Byte.SIZE * 2)
                .put("binary_vector", Base64.getEncoder().encodeToString(all));
        return columns;
    }

    private static ObjectNode column(ArrayNode columns, String name) {
        return columns.addObject().put("field_name", name);
    }

    private static ObjectNode integers(String name, List<Hit> hits) {
        ObjectNode column = JSON.objectNode().put("field_name", name);
        for (int i = 0; i < hits.size(); i++) {
            column.withObject("/scalars/long_data").withArray("data").add(i);
        }
        return column;
    }

    private static void assertColumns(JsonNode columns, List<Hit> hits) {
        List<Integer> kept = kept(hits);
        assertThat(numbers(columns.at("/0/scalars/long_data/data"))).isEqualTo(kept);
        List<String> texts = new ArrayList<>();
        columns.at("/1/scalars/string_data/data").forEach(text -> texts.add(text.textValue()));
        assertThat(texts).isEqualTo(kept.stream().map(i -> "text " + i).toList());
        JsonNode documents = columns.at("/2/scalars/json_data/data");
        JsonNode lists = columns.at("/3/scalars/array_data/data");
        JsonNode nullable = columns.at("/4/scalars/string_data/data");
        JsonNode bits = columns.at("/7/vectors/binary_vector");
        byte[] bytes = bits.isMissingNode() ? new byte[0] : Base64.getDecoder().decode(bits.textValue());
        assertThat(documents).hasSize(kept.size());
        assertThat(lists).hasSize(kept.size());
        assertThat(nullable).hasSize(kept.size());
        assertThat(bytes).hasSize(kept.size() * 2);
        List<Integer> all = new ArrayList<>();
        List<Integer> some = new ArrayList<>();
        for (int i = 0; i < kept.size(); i++) {
            int index = kept.get(i);
            Hit hit = hits.get(index);
            String document =
                    new String(Base64.getDecoder().decode(documents.get(i).textValue()), StandardCharsets.UTF_8);
            assertThat(Guarded.tree(document).get("of").intValue()).isEqualTo(index);
            assertThat(lists.get(i).at("/string_data/data/1").textValue()).isEqualTo("text " + index);
            boolean present = hit.column() == 3 || !hit.empty();
            assertThat(columns.at("/4/valid_data/" + i).booleanValue()).isEqualTo(present);
            assertThat(nullable.get(i).textValue()).isEqualTo(present ? "text " + index : "");
            assertThat(columns.at("/6/valid_data/" + i).booleanValue()).isEqualTo(!hit.empty());
            assertThat(bytes[2 * i]).isEqualTo((byte) index);
            assertThat(bytes[2 * i + 1]).isEqualTo((byte) index);
            for (int d = 0; d < DIMENSION; d++) {
                all.add(index);
                if (!hit.empty()) {
                    some.add(index);
                }
            }
        }
        assertThat(numbers(columns.at("/5/vectors/float_vector/data"))).isEqualTo(all);
        assertThat(numbers(columns.at("/6/vectors/float_vector/data"))).isEqualTo(some);
    }

    private static List<Integer> numbers(JsonNode array) {
        List<Integer> numbers = new ArrayList<>();
        array.forEach(number -> numbers.add(number.intValue()));
        return numbers;
    }

    @Property(tries = 50)
    void anAnswerWhoseColumnsDoNotBelongTogetherIsRefused(@ForAll("lists") List<List<Hit>> lists) {
        List<Hit> all = new ArrayList<>(lists.stream().flatMap(List::stream).toList());
        all.add(new Hit(true, 0, false));
        ObjectNode shorter = JSON.objectNode();
        ArrayNode columns = columns(all);
        columns.add(integers("short", all.subList(1, all.size())));
        if (all.size() > 1) {
            assertThat(Guarded.refused(rows.outcome(shorter.set("fields_data", columns))))
                    .isEqualTo(RefusalReason.MalformedResponse);
        }
        ObjectNode counted = JSON.objectNode();
        counted.putObject("results").putArray("topks").add(all.size() + 1);
        counted.withObject("/results").set("fields_data", columns(all));
        assertThat(Guarded.refused(found.outcome(counted))).isEqualTo(RefusalReason.MalformedResponse);
    }
}
