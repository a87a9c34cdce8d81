package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static dev.redoubt.wire.Guarded.bytes;
import static dev.redoubt.wire.Guarded.forwarded;
import static dev.redoubt.wire.Guarded.openSearch;
import static dev.redoubt.wire.Guarded.refused;
import static dev.redoubt.wire.Guarded.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redoubt.policy.Retrieval;
import dev.redoubt.policy.VectorProtection;
import dev.redoubt.wire.seal.SealPlace;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The free content of records: documents of a search engine. */
class DocumentTest {
    private static final String RECORD =
            """
            {"text":"Write to bob@example.org","note":{"of":"ann","deep":[{"x":"in a list"}]},"scores":[1,2,3],
             "tags":["a","b"],"a.note":"dotted","n":41,"ok":true,"none":null,"vec":%s}""";

    private static String numbers(int count) {
        return IntStream.range(0, count).mapToObj(i -> "0." + (i + 1)).collect(Collectors.joining(", ", "[", "]"));
    }

    private static JsonNode read(Guarded guarded, String source) {
        String answer = "{\"_index\":\"people\",\"_id\":\"1\",\"found\":true,\"_source\":" + source + "}";
        return tree(guarded.route("GET", "/people/_doc/1").response(bytes(answer), CLOSED));
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 17, 384})
    void anArrayOfNumbersAsLongAsAVectorDoesNotComeBackWhereverItStands(int length) {
        JsonNode source = read(
                        openSearch(),
                        "{\"v\":" + numbers(length) + ",\"w\":[" + numbers(length) + "],\"x\":{\"y\":[{\"z\":"
                                + numbers(length) + "}]}}")
                .get("_source");
        assertThat(source.toString()).isEqualTo("{\"v\":null,\"w\":[null],\"x\":{\"y\":[{\"z\":null}]}}");
    }

    @Test
    void shorterArraysAndArraysOfOtherThingsStay() {
        String source = "{\"v\":" + numbers(15) + ",\"w\":[\"a\"," + numbers(20).substring(1) + "}";
        assertThat(read(openSearch(), source).get("_source")).isEqualTo(tree(source));
    }

    @Test
    void aVectorStaysWhereThePolicyReturnsVectors() {
        String source = "{\"v\":" + numbers(20) + "}";
        assertThat(read(openSearch().vectors(Retrieval.Vectors.Return), source).get("_source"))
                .isEqualTo(tree(source));
    }

    @Test
    void aVectorInBase64IsAVectorAndOtherBase64IsNot() {
        ByteBuffer floats = ByteBuffer.allocate(64).order(ByteOrder.LITTLE_ENDIAN);
        Random random = new Random(7);
        IntStream.range(0, 16).forEach(i -> floats.putFloat((float) random.nextGaussian()));
        String vector = Base64.getEncoder().encodeToString(floats.array());
        byte[] noise = new byte[64];
        random.nextBytes(noise);
        String other = Base64.getEncoder().encodeToString(noise);
        JsonNode source = read(openSearch(), "{\"v\":\"" + vector + "\",\"w\":\"" + other + "\"}")
                .get("_source");
        assertThat(source.get("v").isNull()).isTrue();
        assertThat(source.get("w").textValue()).isEqualTo(other);
    }

    @Test
    void namesAndNumbersAreTextsOfPeopleToo() {
        String got = read(openSearch(), "{\"bob@example.org\":4111111111111111,\"n\":[4111111111111111]}")
                .toString();
        assertThat(got).doesNotContain("bob@").doesNotContain("41111111");
    }

    @Test
    void onTheWayInEverythingIsRedactedButAVectorIsNotTouched() {
        String vector = numbers(20);
        String sent = forwarded(openSearch().exchange("PUT", "/people/_doc/1", RECORD.formatted(vector)));
        assertThat(sent).contains("Write to <EMAIL_ADDRESS>").contains(vector).contains("\"n\":41");
    }

    @Test
    void aSealedFieldIsSealedToItsLastValueAndOpenedAgain() {
        Guarded guarded = openSearch().withoutRedaction().sealing("text", "note", "n", "readings");
        String record = RECORD.formatted("null").replace("\"ok\"", "\"readings\":" + numbers(16) + ",\"ok\"");
        Outcome outcome = guarded.exchange("PUT", "/people/_doc/1", record);
        String sent = forwarded(outcome);
        assertThat(sent)
                .doesNotContain("bob@", "ann", "in a list", "dotted", ":41", "0.16")
                .contains("\"tags\":[\"a\"");
        assertThat(outcome.report().sealed()).isEqualTo(6);

        String answer = "{\"_index\":\"people\",\"_id\":\"1\",\"_source\":" + sent + "}";
        RouteGuard get = guarded.route("GET", "/people/_doc/1");
        MessageContext open = context("people", "1", true);
        assertThat(tree(get.response(bytes(answer), open)).get("_source")).isEqualTo(tree(record));
        assertThat(tree(get.response(bytes(answer), context("people", "1", false)))
                        .get("_source"))
                .isEqualTo(tree(sent));
        assertThat(tree(get.response(bytes(answer), context("people", "2", true)))
                        .at("/_source/text")
                        .isNull())
                .isTrue();

        String hits = "{\"hits\":{\"hits\":[{\"_index\":\"people\",\"_id\":\"1\",\"_source\":" + sent
                + ",\"fields\":{\"text.keyword\":[" + tree(sent).get("text") + "]}}]}}";
        RouteGuard search = guarded.route("POST", "/alias/_search");
        JsonNode found = tree(search.response(bytes(hits), context("alias", null, true)));
        assertThat(found.at("/hits/hits/0/_source")).isEqualTo(tree(record));
        assertThat(found.at("/hits/hits/0/fields/text.keyword/0").textValue()).isEqualTo("Write to bob@example.org");
    }

    private static MessageContext context(String collection, String record, boolean opens) {
        return new MessageContext(new SealPlace("", collection, record), opens, null, List.of(), null);
    }

    @ParameterizedTest
    @EnumSource(VectorProtection.Method.class)
    void aProtectedVectorIsTheSameInADocumentALineAndAQuery(VectorProtection.Method method) {
        Guarded guarded = openSearch().protecting(method);
        String vector = numbers(24);
        JsonNode document = tree(guarded.exchange("PUT", "/people/_doc/1", "{\"v\":" + vector + "}"));
        String lines = forwarded(
                guarded.exchange("POST", "/people/_bulk", "{\"index\":{\"_id\":\"1\"}}\n{\"v\":" + vector + "}\n"));
        JsonNode query = tree(guarded.exchange(
                "POST", "/people/_search", "{\"query\":{\"knn\":{\"v\":{\"vector\":" + vector + ",\"k\":3}}}}"));
        assertThat(document.get("v")).hasSize(24).isNotEqualTo(tree(vector));
        assertThat(tree(lines.split("\n")[1]).get("v")).isEqualTo(document.get("v"));
        assertThat(query.at("/query/knn/v/vector")).isEqualTo(document.get("v"));
    }

    @Test
    void aSealedFieldOfARecordWithoutAnIdIsRefused() {
        assertThat(refused(openSearch().sealing("text").exchange("POST", "/people/_doc", "{\"text\":\"x\"}")))
                .isEqualTo(RefusalReason.MissingRecordId);
    }

    @Test
    void aFieldThatIsNotToBeStoredIsCutOutAtEveryDepth() {
        String sent = forwarded(openSearch()
                .dropping("raw")
                .exchange("PUT", "/people/_doc/1", "{\"raw\":1,\"a\":{\"raw\":[2],\"b\":3},\"a.raw.html\":4}"));
        assertThat(sent).isEqualTo("{\"a\":{\"b\":3}}");
    }
}
