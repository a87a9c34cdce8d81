package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.bytes;
import static dev.redoubt.wire.Guarded.forwarded;
import static dev.redoubt.wire.Guarded.milvus;
import static dev.redoubt.wire.Guarded.refused;
import static dev.redoubt.wire.Guarded.request;
import static dev.redoubt.wire.Guarded.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redoubt.policy.Permission;
import dev.redoubt.policy.Retrieval;
import dev.redoubt.wire.route.MalformedTargetException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Messages of Milvus's REST as its manual and its source show them; no server that speaks it was to be had. */
class MilvusRestTest {
    private static final String VECTOR =
            IntStream.range(0, 16).mapToObj(i -> i + ".5").collect(Collectors.joining(",", "[", "]"));

    private static RouteGuard route(Guarded guarded, String path) {
        return guarded.route("POST", "/v2/vectordb/" + path);
    }

    private static JsonNode answered(RouteGuard guard, String body) {
        return tree(guard.response(bytes(body), Guarded.CLOSED));
    }

    @Test
    void rowsAreRedactedOnTheirWayInAndKeepTheirVectors() {
        RouteGuard insert = route(milvus().dropping("raw"), "entities/insert");
        JsonNode sent = tree(request(
                insert,
                """
                {"collectionName": "c", "data": [
                  {"id": 1, "text": "of ann.lee@example.com", "raw": "x", "more": {"mails": ["ann.lee@example.com"]},
                   "vector": %s}]}"""
                        .formatted(VECTOR)));
        assertThat(sent.at("/data/0/text").textValue()).isEqualTo("of <EMAIL_ADDRESS>");
        assertThat(sent.at("/data/0/more/mails/0").textValue()).isEqualTo("<EMAIL_ADDRESS>");
        assertThat(sent.at("/data/0").has("raw")).isFalse();
        assertThat(sent.at("/data/0/vector")).isEqualTo(tree(VECTOR));
    }

    @Test
    void aSearchIsLoweredItsFilterRedactedAndItsTextsToo() {
        RouteGuard search = route(milvus(), "entities/search");
        JsonNode sent = tree(request(
                search,
                """
                {"collectionName": "c", "data": [%s], "annsField": "v", "limit": 50, "offset": 3,
                 "filter": "mail == 'ann.lee@example.com'", "outputFields": ["text"],
                 "searchParams": {"metricType": "COSINE", "params": {"nprobe": 5000}}}"""
                        .formatted(VECTOR)));
        assertThat(sent.get("limit").intValue()).isEqualTo(10);
        assertThat(sent.get("filter").textValue()).isEqualTo("mail == \"<EMAIL_ADDRESS>\"");
        assertThat(sent.at("/searchParams/params/nprobe").intValue()).isEqualTo(1000);
        assertThat(sent.at("/data/0")).isEqualTo(tree(VECTOR));
        JsonNode text =
                tree(request(search, "{\"collectionName\": \"c\", \"data\": [\"who is ann.lee@example.com\"]}"));
        assertThat(text.at("/data/0").textValue()).isEqualTo("who is <EMAIL_ADDRESS>");
        assertThat(text.get("limit").intValue()).isEqualTo(10);
        RouteGuard denying = route(milvus().byVector(Permission.Deny), "entities/search");
        assertThat(refused(request(denying, "{\"collectionName\": \"c\", \"data\": [[0.5]]}")))
                .isEqualTo(RefusalReason.QueryByVector);
        assertThat(refused(request(denying, "{\"collectionName\": \"c\", \"data\": [{\"7\": 0.5}]}")))
                .isEqualTo(RefusalReason.QueryByVector);
    }

    @Test
    void everyPartOfAHybridSearchIsLowered() {
        JsonNode sent = tree(
                request(
                        route(milvus(), "entities/hybrid_search"),
                        """
                {"collectionName": "c", "search": [{"data": [[0.5]], "annsField": "v", "limit": 500, "filter": "a == 'b'",
                 "params": {"ef": 9999}}], "rerank": {"strategy": "rrf", "params": {"k": 60}}, "limit": 300}"""));
        assertThat(sent.get("limit").intValue()).isEqualTo(10);
        assertThat(sent.at("/search/0/limit").intValue()).isEqualTo(10);
        assertThat(sent.at("/search/0/params/ef").intValue()).isEqualTo(1000);
        assertThat(sent.at("/rerank/params/k").intValue()).isEqualTo(60);
    }

    @Test
    void rowsComeBackRedactedWithoutVectorsAndWithRoundedScores() {
        JsonNode seen = answered(
                route(milvus(), "entities/search"),
                """
                {"code": 0, "cost": 6, "data": [{"id": "ann.lee@example.com", "distance": 0.123, "vector": [0.1, 0.2],
                 "other": %s, "text": "of ann.lee@example.com", "tags": ["a", "ann.lee@example.com"], "n": 7}]}"""
                        .formatted(VECTOR));
        assertThat(seen.at("/data/0/distance").decimalValue()).isEqualByComparingTo("0.1");
        assertThat(seen.at("/data/0/vector").isNull()).isTrue();
        assertThat(seen.at("/data/0/other").isNull()).isTrue();
        assertThat(seen.at("/data/0/text").textValue()).isEqualTo("of <EMAIL_ADDRESS>");
        assertThat(seen.at("/data/0/tags/1").textValue()).isEqualTo("<EMAIL_ADDRESS>");
        assertThat(seen.at("/data/0/id").textValue()).isEqualTo("<EMAIL_ADDRESS>");
        assertThat(seen.at("/data/0/n").intValue()).isEqualTo(7);
        JsonNode dropped = answered(
                route(milvus().scores(Retrieval.Scores.Drop), "entities/search"),
                "{\"code\": 0, \"data\": [{\"id\": 1, \"distance\": 0.123}]}");
        assertThat(dropped.at("/data/0/distance").isNull()).isTrue();
    }

    @Test
    void anErrorInAnAnswerThatWentWellIsRedacted() {
        JsonNode seen = answered(
                route(milvus(), "entities/query"),
                "{\"code\": 1100, \"message\": \"cannot parse ann.lee@example.com\"}");
        assertThat(seen.get("code").intValue()).isEqualTo(1100);
        assertThat(seen.get("message").textValue()).isEqualTo("cannot parse <EMAIL_ADDRESS>");
    }

    @Test
    void oneIdIsAnIdAndAListOfThemIsBounded() {
        RouteGuard get = route(milvus(), "entities/get");
        assertThat(forwarded(request(get, "{\"collectionName\": \"c\", \"id\": 5000}")))
                .contains("5000");
        assertThat(tree(request(get, "{\"collectionName\": \"c\", \"id\": \"ann.lee@example.com\"}"))
                        .get("id")
                        .textValue())
                .isEqualTo("<EMAIL_ADDRESS>");
        String many = IntStream.range(0, 11).mapToObj(Integer::toString).collect(Collectors.joining(","));
        assertThat(refused(request(get, "{\"collectionName\": \"c\", \"id\": [" + many + "]}")))
                .isEqualTo(RefusalReason.TooMany);
    }

    @Test
    void whatWouldSkipTooMuchIsAnExport() {
        String body = "{\"collectionName\": \"c\", \"filter\": \"id > 0\", \"offset\": 100000}";
        assertThat(refused(request(route(milvus(), "entities/query"), body))).isEqualTo(RefusalReason.BulkExport);
    }

    @Test
    void whatIsNoRouteIsNotMet() throws MalformedTargetException {
        for (String path : List.of(
                "/v2/vectordb/users/list",
                "/v2/vectordb/roles/create",
                "/v2/vectordb/jobs/import/create",
                "/v2/vectordb/databases/drop",
                "/v2/vectordb/resource_groups/list",
                "/v2/vectordb/collections/alter_properties",
                "/v1/vector/search",
                "/v1/vector/query",
                "/api/v1/collections",
                "/metrics")) {
            assertThat(milvus().guard().match("POST", path)).as(path).isEmpty();
        }
    }
}
