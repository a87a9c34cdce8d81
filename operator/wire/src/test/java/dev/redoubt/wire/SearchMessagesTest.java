package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static dev.redoubt.wire.Guarded.bytes;
import static dev.redoubt.wire.Guarded.captured;
import static dev.redoubt.wire.Guarded.forwarded;
import static dev.redoubt.wire.Guarded.openSearch;
import static dev.redoubt.wire.Guarded.refused;
import static dev.redoubt.wire.Guarded.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redoubt.policy.Permission;
import dev.redoubt.policy.Retrieval;
import dev.redoubt.profiles.Operation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What happens to messages of a real OpenSearch and its official client. */
class SearchMessagesTest {
    private static final String SEARCH = "/people/_search";

    private static String text(JsonNode body) {
        return body.isTextual() ? body.textValue() : body.isNull() ? "" : body.toString();
    }

    private static String answer(String file) {
        return text(captured("opensearch/" + file + ".response.json").get("body"));
    }

    private static Outcome asked(String body) {
        return openSearch().exchange("POST", SEARCH, body);
    }

    @Test
    void ofAllThatTheOfficialClientSentTheseAreRefused() {
        List<String> refusals = new ArrayList<>();
        for (String file : List.of(
                "01-info",
                "04-ping",
                "05-create-index",
                "06-index-doc",
                "07-bulk",
                "08-helpers-bulk",
                "09-search-knn",
                "10-search-knn-filter-highlight",
                "11-search-all-dump",
                "12-search-aggs-terms",
                "13-search-docvalue-stored-script-fields",
                "14-search-suggest",
                "15-search-exact-script-score",
                "16-search-profile-explain",
                "17-msearch",
                "18-scroll-dump",
                "19-scroll-next",
                "20-get",
                "21-get-source",
                "22-mget",
                "24-termvectors",
                "25-update",
                "26-count",
                "27-get-mapping",
                "30-field-caps",
                "31-analyze",
                "32-url-query-dump",
                "37-delete-doc",
                "38-delete-by-query",
                "39-reindex",
                "40-sql-plugin-absent",
                "41-delete-index")) {
            JsonNode sent = captured("opensearch/" + file + ".request.json");
            Outcome outcome = openSearch()
                    .exchange(sent.get("method").textValue(), sent.get("path").textValue(), text(sent.get("body")));
            if (outcome instanceof Outcome.Refused) {
                refusals.add(file + ": " + refused(outcome));
            }
        }
        assertThat(refusals)
                .containsExactly(
                        "10-search-knn-filter-highlight: RefusedField",
                        "13-search-docvalue-stored-script-fields: RefusedField",
                        "14-search-suggest: RefusedField",
                        "15-search-exact-script-score: RefusedField",
                        "16-search-profile-explain: RefusedField",
                        "18-scroll-dump: BulkExport",
                        "19-scroll-next: BulkExport",
                        "24-termvectors: UnknownRoute",
                        "30-field-caps: UnknownRoute",
                        "31-analyze: UnknownRoute",
                        "32-url-query-dump: UnknownRoute",
                        "39-reindex: UnknownRoute",
                        "40-sql-plugin-absent: UnknownRoute");
    }

    @ParameterizedTest
    @CsvSource({
        "POST,/people/_search,09-search-knn",
        "POST,/people/_search,11-search-all-dump",
        "POST,/people/_search,12-search-aggs-terms",
        "POST,/people/_search,13-search-docvalue-stored-script-fields",
        "POST,/people/_search,16-search-profile-explain",
        "POST,/people/_search,10-search-knn-filter-highlight",
        "POST,/people/_msearch,17-msearch",
        "POST,/_search/scroll,19-scroll-next",
        "GET,/people/_doc/1,20-get",
        "GET,/people/_source/1,21-get-source",
        "POST,/people/_mget,22-mget",
        "POST,/people/_update/1,25-update"
    })
    void nobodysMailAddressComesBack(String method, String target, String file) {
        assertThat(answer(file)).contains("@example");
        assertThat(forwarded(openSearch().route(method, target).response(bytes(answer(file)), CLOSED)))
                .doesNotContain("@example")
                .doesNotContain("ann.lee");
    }

    @ParameterizedTest
    @ValueSource(strings = {"33-bad-dim", "34-bad-type-echoes-value"})
    void anErrorThatEchoesTheRequestIsRedacted(String file) {
        RouteGuard guard = openSearch().route("PUT", "/people/_doc/9");
        JsonNode error = tree(guard.error(bytes(answer(file)), CLOSED));
        assertThat(error.toString()).doesNotContain("ann.lee");
        assertThat(error.at("/error/type").textValue()).isEqualTo("mapper_parsing_exception");
    }

    @Test
    void scoresAreRoundedWhereverTheyStand() {
        JsonNode got = tree(openSearch().route("POST", SEARCH).response(bytes(answer("09-search-knn")), CLOSED));
        assertThat(got.at("/hits/hits/1/_score").decimalValue()).isEqualByComparingTo("0.5");
        JsonNode dropped = tree(openSearch()
                .scores(Retrieval.Scores.Drop)
                .route("POST", SEARCH)
                .response(bytes(answer("09-search-knn")), CLOSED));
        assertThat(dropped.at("/hits/max_score").isNull()).isTrue();
        assertThat(dropped.at("/hits/hits/0/_score").isNull()).isTrue();
    }

    @Test
    void explanationsProfilesAndPiecesOfTextsAreTakenOutShouldTheyEverBeAnswered() {
        JsonNode got =
                tree(openSearch().route("POST", SEARCH).response(bytes(answer("16-search-profile-explain")), CLOSED));
        assertThat(got.get("profile").isNull()).isTrue();
        assertThat(got.at("/hits/hits/0/_explanation").isNull()).isTrue();
        JsonNode marked = tree(
                openSearch().route("POST", SEARCH).response(bytes(answer("10-search-knn-filter-highlight")), CLOSED));
        assertThat(marked.at("/hits/hits/0/highlight").isNull()).isTrue();
    }

    @Test
    void moreThanAllowedIsNotAskedFor() {
        Guarded two = openSearch().returning(2);
        assertThat(tree(two.exchange("POST", SEARCH, "{}")).get("size").intValue())
                .isEqualTo(2);
        assertThat(tree(two.exchange("POST", SEARCH, "{\"size\":5000}"))
                        .get("size")
                        .intValue())
                .isEqualTo(2);
        String knn =
                "{\"query\":{\"bool\":{\"must\":[{\"knn\":{\"v\":{\"vector\":[1],\"k\":99,\"method_parameters\":{\"ef_search\":5000}}}}]}}}";
        JsonNode sent = tree(two.exchange("POST", SEARCH, knn)).at("/query/bool/must/0/knn/v");
        assertThat(sent.get("k").intValue()).isEqualTo(2);
        assertThat(sent.at("/method_parameters/ef_search").intValue()).isEqualTo(1000);
        assertThat(refused(two.exchange("POST", SEARCH, "{\"from\":1001}"))).isEqualTo(RefusalReason.BulkExport);
        assertThat(refused(two.exchange("POST", "/people/_mget", "{\"ids\":[\"1\",\"2\",\"3\"]}")))
                .isEqualTo(RefusalReason.TooMany);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"query\":{\"script_score\":{\"query\":{\"match_all\":{}},\"script\":{\"source\":\"1\"}}}}",
                "{\"query\":{\"bool\":{\"filter\":[{\"script\":{\"script\":\"true\"}}]}}}",
                "{\"query\":{\"nested\":{\"path\":\"a\",\"query\":{\"match_all\":{}},\"inner_hits\":{}}}}",
                "{\"query\":{\"function_score\":{\"field_value_factor\":{\"field\":\"n\"}}}}",
                "{\"query\":{\"wrapper\":{\"query\":\"e30=\"}}}",
                "{\"query\":{\"more_like_this\":{\"like\":{\"_id\":\"1\"}}}}",
                "{\"query\":{\"regexp\":{\"a\":\"x.*\"}}}",
                "{\"query\":{\"terms\":{\"a\":{\"index\":\"other\",\"id\":\"1\",\"path\":\"b\"}}}}",
                "{\"aggs\":{\"a\":{\"top_hits\":{}}}}",
                "{\"aggs\":{\"a\":{\"terms\":{\"field\":\"b\",\"script\":\"x\"}}}}",
                "{\"aggs\":{\"a\":{\"terms\":{\"field\":\"b\"},\"aggs\":{\"c\":{\"top_hits\":{}}}}}}",
                "{\"aggs\":{\"a\":{\"scripted_metric\":{\"map_script\":\"x\"}}}}",
                "{\"collapse\":{\"field\":\"a\",\"inner_hits\":{}}}",
                "{\"script_fields\":{}}",
                "{\"runtime_mappings\":{}}",
                "{\"highlight\":{\"fields\":{\"a\":{}}}}",
                "{\"suggest\":{}}",
                "{\"explain\":true}",
                "{\"docvalue_fields\":[\"a\"]}",
                "{\"fields\":[{\"field\":\"a\",\"format\":\"#,##\"}]}",
                "{\"sort\":[\"_score\"]}",
                "{\"sort\":\"_score\"}",
                "{\"sort\":[{\"_score\":\"desc\"}]}",
                "{\"sort\":[{\"\\u005fscore\":\"desc\"}]}",
                "{\"sort\":{\"_script\":{\"type\":\"number\",\"script\":\"1\"}}}",
                "{\"sort\":[{\"a\":{\"nested\":{\"filter\":{\"script\":{\"script\":\"1\"}}}}}]}",
                "{\"query\":{\"match\":{\"a\":{\"query\":\"b\",\"boost\":1000000}}}}",
                "{\"query\":{\"multi_match\":{\"query\":\"b\",\"fields\":[\"a^1000000\"]}}}",
                "{\"query\":{\"query_string\":{\"query\":\"b^1000000\"}}}",
                "{\"min_score\":0.73}",
                "{\"query\":{\"knn\":{\"v\":{\"vector\":[1],\"min_score\":0.73}}}}",
                "{\"new_feature\":{}}",
                "{\"new_feature\":[]}"
            })
    void whatWouldGiveValuesOrScoresPastTheGuardIsRefused(String body) {
        assertThat(asked(body)).isInstanceOf(Outcome.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"query\":{\"match\":{\"text\":{\"query\":\"refund\",\"operator\":\"and\"}}},\"_source\":[\"text\"]}",
                "{\"query\":{\"bool\":{\"must\":[{\"match\":{\"a\":\"b\"}}],\"filter\":[{\"term\":{\"c\":1}},{\"range\":{\"d\":{\"gte\":\"now-1d\"}}}],\"should\":[{\"exists\":{\"field\":\"e\"}}],\"minimum_should_match\":1}}}",
                "{\"query\":{\"hybrid\":{\"queries\":[{\"match\":{\"a\":\"b\"}},{\"knn\":{\"v\":{\"vector\":[1,2],\"k\":5,\"filter\":{\"terms\":{\"c\":[\"x\",\"y\"]}}}}}]}}}",
                "{\"knn\":{\"field\":\"v\",\"query_vector\":[1,2],\"k\":5,\"num_candidates\":50,\"filter\":[{\"term\":{\"a\":\"b\"}}]}}",
                "{\"retriever\":{\"rrf\":{\"retrievers\":[{\"standard\":{\"query\":{\"match\":{\"a\":\"b\"}}}},{\"knn\":{\"field\":\"v\",\"query_vector\":[1],\"k\":3,\"num_candidates\":9}}],\"rank_window_size\":50,\"rank_constant\":60}}}",
                "{\"query\":{\"multi_match\":{\"query\":\"b\",\"fields\":[\"a\",\"c.*\"],\"type\":\"best_fields\"}}}",
                "{\"query\":{\"ids\":{\"values\":[\"1\"]}},\"explain\":false,\"profile\":null}",
                "{\"sort\":[{\"date\":{\"order\":\"desc\"}},\"_doc\"],\"fields\":[\"a\"],\"aggs\":{\"by\":{\"terms\":{\"field\":\"a\",\"size\":5}}}}",
                "{\"query\":{\"match_all\":{}},\"_source\":{\"excludes\":[\"v\"]},\"track_total_hits\":true}"
            })
    void whatRetrievalAsksForGoesOnUnchanged(String body) {
        assertThat(forwarded(asked(body))).isEqualTo(body);
    }

    @Test
    void textsInAQueryAreRedactedLikeThoseInRecords() {
        JsonNode sent = tree(asked("{\"query\":{\"bool\":{\"filter\":[{\"term\":{\"email\":\"ann.lee@example.com\"}},"
                + "{\"terms\":{\"email\":[\"bob@example.org\"]}}]}}}"));
        assertThat(sent.at("/query/bool/filter/0/term/email").textValue()).isEqualTo("<EMAIL_ADDRESS>");
        assertThat(sent.at("/query/bool/filter/1/terms/email/0").textValue()).isEqualTo("<EMAIL_ADDRESS>");
    }

    @Test
    void idsChosenByTheClientAreRefusedWhereScoresAreDropped() {
        for (String filter : List.of("{\"ids\":{\"values\":[\"1\"]}}", "{\"term\":{\"_id\":\"1\"}}")) {
            assertThat(refused(openSearch()
                            .scores(Retrieval.Scores.Drop)
                            .exchange("POST", SEARCH, "{\"query\":{\"bool\":{\"filter\":" + filter + "}}}")))
                    .isEqualTo(RefusalReason.ChosenCandidates);
        }
    }

    @Test
    void aVectorOfOnesOwnIsRefusedWhereThePolicySaysSoHoweverDeepItStands() {
        Guarded guarded = openSearch().byVector(Permission.Deny);
        for (String body : List.of(
                "{\"query\":{\"bool\":{\"must\":{\"knn\":{\"v\":{\"vector\":[1],\"k\":1}}}}}}",
                "{\"knn\":{\"field\":\"v\",\"query_vector\":[1],\"k\":1}}",
                "{\"retriever\":{\"knn\":{\"field\":\"v\",\"query_vector\":[1],\"k\":1}}}")) {
            assertThat(refused(guarded.exchange("POST", SEARCH, body))).isEqualTo(RefusalReason.QueryByVector);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/_all/_search",
                "/*/_search",
                "/people,other/_search",
                "/people*/_search",
                "/-other/_search",
                "/.security/_search",
                "/_search",
                "/remote:people/_search",
                "/%3Cpeople-%7Bnow%7D%3E/_search",
                "/%5Fall/_search",
                "/people/_search/template",
                "/people/_search?filter_path=hits"
            })
    void onlyOneIndexByItsNameIsSearched(String target) {
        assertThat(openSearch().exchange("POST", target, "{}")).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void readingOnAndOnIsExport() {
        for (String body : List.of("{\"search_after\":[1],\"sort\":[\"_doc\"]}", "{\"pit\":{\"id\":\"x\"}}")) {
            assertThat(openSearch().route("POST", SEARCH).read(bytes(body)).operations())
                    .containsExactly(Operation.Export);
        }
        assertThat(openSearch()
                        .route("POST", SEARCH)
                        .read(Map.of("scroll", "1m"), bytes("{}"))
                        .operations())
                .containsExactly(Operation.Export);
        assertThat(openSearch().bulk(Permission.Allow).exchange("POST", SEARCH + "?scroll=1m", "{\"size\":10000}"))
                .isInstanceOf(Outcome.Forward.class);
    }
}
