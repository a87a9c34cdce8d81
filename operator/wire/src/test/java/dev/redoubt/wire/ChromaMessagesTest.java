package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static dev.redoubt.wire.Guarded.bytes;
import static dev.redoubt.wire.Guarded.captured;
import static dev.redoubt.wire.Guarded.chroma;
import static dev.redoubt.wire.Guarded.forwarded;
import static dev.redoubt.wire.Guarded.refused;
import static dev.redoubt.wire.Guarded.request;
import static dev.redoubt.wire.Guarded.tree;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redoubt.policy.Action;
import dev.redoubt.policy.Permission;
import dev.redoubt.policy.Retrieval;
import dev.redoubt.profiles.Operation;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What happens to messages of a real Chroma server and its clients. */
class ChromaMessagesTest {
    private static String body(String file) {
        return captured(file).get("body").toString();
    }

    @Test
    void everyPersonInARecordIsRedactedOnItsWayIn() {
        Outcome outcome = request(chroma().add(), body("chroma/07-add.request.json"));
        assertThat(forwarded(outcome)).doesNotContain("@example");
        JsonNode sent = tree(outcome);
        assertThat(sent.at("/documents/0").textValue()).isEqualTo("Contact Ann Lee at <EMAIL_ADDRESS>");
        assertThat(sent.at("/metadatas/1/email").textValue()).isEqualTo("<EMAIL_ADDRESS>");
        assertThat(sent.at("/metadatas/1/n").intValue()).isEqualTo(2);
        assertThat(sent.at("/uris/0").textValue()).doesNotContain("ann.lee");
        assertThat(sent.at("/embeddings/0").textValue()).isEqualTo("AACAPwAAAAAAAAAAzczMPQ==");
        assertThat(outcome.report().records()).containsExactly("a1", "a2", "a3");
        assertThat(outcome.report().redacted())
                .singleElement()
                .satisfies(found -> assertThat(found.entity() + found.action()).isEqualTo("EMAIL_ADDRESSReplace"));
    }

    @Test
    void aRecordWithoutAnythingOfInterestIsSentByteForByte() {
        byte[] plain = bytes("{\"ids\" : [\"a\"],\n\"embeddings\":[[1.0,2e-1]],\t\"documents\":[\"caf\\u00e9 \\/\"]}");
        Outcome outcome = chroma().add().read(plain).apply(CLOSED);
        assertThat(((Outcome.Forward) outcome).body()).isSameAs(plain);
    }

    @Test
    void theSamePersonIsFoundAgainBecauseFilterAndRecordGetTheSameToken() {
        JsonNode sent = tree(request(chroma().doing(Action.Tokenize).add(), body("chroma/07-add.request.json")));
        JsonNode asked =
                tree(request(chroma().doing(Action.Tokenize).query(), body("chroma/13-query-where.request.json")));
        assertThat(asked.at("/where/email").textValue())
                .startsWith("<EMAIL_ADDRESS:")
                .isEqualTo(sent.at("/metadatas/0/email").textValue());
        assertThat(asked.at("/where_document/$contains")).isEqualTo(asked.at("/where/email"));
    }

    @Test
    void vectorsGoAndScoresAreRoundedOnTheWayOut() {
        Outcome outcome = chroma().query().response(bytes(body("chroma/11-query-all-includes.response.json")), CLOSED);
        JsonNode got = tree(outcome);
        assertThat(got.get("embeddings").isNull()).isTrue();
        assertThat(got.at("/distances").toString()).isEqualTo("[[0.0,0.95]]");
        assertThat(got.at("/documents/0/0").textValue()).isEqualTo("Contact Ann Lee at <EMAIL_ADDRESS>");
        assertThat(got.at("/metadatas/0/1/email").textValue()).isEqualTo("<EMAIL_ADDRESS>");
        assertThat(got.at("/uris/0/0").textValue()).doesNotContain("ann.lee");
        assertThat(got.at("/ids/0/1").textValue()).isEqualTo("a3");
        assertThat(outcome.report().vectors()).isEqualTo(1);
        assertThat(outcome.report().scores()).isEqualTo(2);
        assertThat(outcome.report().records()).containsExactly("a1", "a3");
    }

    @Test
    void scoresCanGoAltogether() {
        JsonNode got = tree(chroma().scores(Retrieval.Scores.Drop)
                .query()
                .response(bytes(body("chroma/11-query-all-includes.response.json")), CLOSED));
        assertThat(got.get("distances").isNull()).isTrue();
    }

    @Test
    void vectorsAndExactScoresStayWhereThePolicySaysSo() {
        String answer = body("chroma/11-query-all-includes.response.json");
        Guarded guarded =
                chroma().withoutRedaction().vectors(Retrieval.Vectors.Return).scores(Retrieval.Scores.Exact);
        assertThat(forwarded(guarded.query().response(bytes(answer), CLOSED))).isEqualTo(answer);
    }

    @Test
    void moreResultsThanAllowedAreNotAskedFor() {
        RouteGuard guard = chroma().returning(2).query();
        assertThat(tree(request(guard, "{\"query_embeddings\":[[1]],\"n_results\":300}"))
                        .get("n_results")
                        .intValue())
                .isEqualTo(2);
        Outcome absent = request(guard, "{\"query_embeddings\":[[1]]}");
        assertThat(forwarded(absent)).isEqualTo("{\"query_embeddings\":[[1]],\"n_results\":2}");
        assertThat(absent.report().limited()).isEqualTo(1);
        assertThat(forwarded(request(guard, "{\"query_embeddings\":[[1]],\"n_results\":null}")))
                .isEqualTo("{\"query_embeddings\":[[1]],\"n_results\":2}");
        assertThat(forwarded(request(guard, "{}"))).isEqualTo("{\"n_results\":2}");
        assertThat(forwarded(request(guard, "{\"n_results\":1}"))).isEqualTo("{\"n_results\":1}");
        assertThat(forwarded(request(chroma().returning(10).query(), "{}"))).isEqualTo("{}");
    }

    @Test
    void aLimitThatIsNoPlainCountIsRefused() {
        RouteGuard guard = chroma().query();
        for (String limit : List.of("-1", "1.5", "1e3", "-0", "\"5\"", "true", "{}", "99999999999999999999.0")) {
            assertThat(refused(request(guard, "{\"n_results\":" + limit + "}")))
                    .as(limit)
                    .isEqualTo(RefusalReason.WrongType);
        }
        assertThat(forwarded(request(guard, "{\"n_results\":99999999999999999999999}")))
                .isEqualTo("{\"n_results\":10}");
    }

    @Test
    void readingWithoutIdsIsExportAndRefused() {
        RouteGuard guard = chroma().get();
        RequestReading dump = guard.read(bytes(body("chroma/15-get-everything-dump.request.json")));
        assertThat(dump.operations()).containsExactly(Operation.Export);
        assertThat(refused(dump.apply(CLOSED))).isEqualTo(RefusalReason.BulkExport);
        for (String none : List.of("{}", "{\"ids\":[]}", "{\"ids\":null}", "{\"ids\":[null]}", "{\"ids\":{}}")) {
            assertThat(guard.read(bytes(none)).operations()).as(none).containsExactly(Operation.Export);
        }
        RequestReading read = guard.read(bytes(body("chroma/14-get-ids.request.json")));
        assertThat(read.operations()).containsExactly(Operation.Query);
        assertThat(read.apply(CLOSED)).isInstanceOf(Outcome.Forward.class);
    }

    @Test
    void aClientThatMayExportReadsAnyNumber() {
        RequestReading dump = chroma().bulk(Permission.Allow).get().read(bytes("{\"ids\":null,\"limit\":5000}"));
        assertThat(dump.operations()).containsExactly(Operation.Export);
        assertThat(forwarded(dump.apply(CLOSED))).contains("5000");
    }

    @Test
    void moreIdsThanAllowedAreRefused() {
        RouteGuard guard = chroma().returning(2).get();
        assertThat(refused(request(guard, "{\"ids\":[\"a\",\"b\",\"c\"]}"))).isEqualTo(RefusalReason.TooMany);
        assertThat(forwarded(request(guard, "{\"ids\":[\"a\",\"b\"],\"limit\":9}")))
                .isEqualTo("{\"ids\":[\"a\",\"b\"],\"limit\":2}");
    }

    @Test
    void aRequestDoesNotHoldMoreQueriesThanAnAnswerMayHaveResults() {
        RouteGuard guard = chroma().returning(2).query();
        assertThat(request(guard, "{\"query_embeddings\":[[1],[2]],\"n_results\":2}"))
                .isInstanceOf(Outcome.Forward.class);
        assertThat(refused(request(guard, "{\"query_embeddings\":[[1],[2],[3]],\"n_results\":1}")))
                .isEqualTo(RefusalReason.TooMany);
    }

    @Test
    void aVectorOfOnesOwnIsRefusedWherePolicySaysSo() {
        RouteGuard guard = chroma().byVector(Permission.Deny).query();
        assertThat(refused(request(guard, "{\"query_embeddings\":[[1,2]],\"n_results\":1}")))
                .isEqualTo(RefusalReason.QueryByVector);
        assertThat(request(guard, "{\"query_embeddings\":null,\"n_results\":1}"))
                .isInstanceOf(Outcome.Forward.class);
    }

    @Test
    void aSearchAmongChosenRecordsIsRefusedWhereTheirOrderWouldStandForTheirScores() {
        String confined = "{\"query_embeddings\":[[1,2]],\"n_results\":2,\"ids\":[\"a\",\"b\"]}";
        RouteGuard guard = chroma().scores(Retrieval.Scores.Drop).query();
        assertThat(refused(request(guard, confined))).isEqualTo(RefusalReason.ChosenCandidates);
        for (String free : List.of("null", "[]")) {
            assertThat(request(guard, "{\"query_embeddings\":[[1,2]],\"ids\":" + free + "}"))
                    .isInstanceOf(Outcome.Forward.class);
        }
        assertThat(request(chroma().scores(Retrieval.Scores.Round).query(), confined))
                .isInstanceOf(Outcome.Forward.class);
        assertThat(request(chroma().scores(Retrieval.Scores.Drop).get(), "{\"ids\":[\"a\"]}"))
                .isInstanceOf(Outcome.Forward.class);
    }

    @Test
    void deletingWithoutIdsIsManagement() {
        RouteGuard guard = chroma().route("POST", Guarded.COLLECTION + "/delete");
        assertThat(guard.read(bytes(body("chroma/24-delete-where.request.json")))
                        .operations())
                .containsExactly(Operation.Manage);
        assertThat(guard.read(bytes(body("chroma/23-delete-records.request.json")))
                        .operations())
                .containsExactly(Operation.Ingest, Operation.Manage);
    }

    @Test
    void aFieldThatNobodyKnowsIsRefused() {
        assertThat(refused(request(chroma().add(), body("chroma-misc/09-add-unknown-field.request.json"))))
                .isEqualTo(RefusalReason.UnknownField);
        assertThat(request(chroma().add(), "{\"surprise\":null,\"ids\":[]}")).isInstanceOf(Outcome.Forward.class);
    }

    @Test
    void anErrorThatEchoesTheRequestIsRedacted() {
        Outcome outcome = chroma().query().error(bytes(body("chroma-misc/08-query-bad-field.response.json")), CLOSED);
        assertThat(forwarded(outcome)).doesNotContain("ann.lee").contains("ChromaError");
    }

    @Test
    void whatIsObservedIsReportedAndUnchanged() {
        Guarded observing = chroma().observing().returning(2);
        String add = body("chroma/07-add.request.json");
        Outcome seen = request(observing.add(), add);
        assertThat(forwarded(seen)).isEqualTo(add);
        assertThat(seen.report().redacted()).isNotEmpty();
        Outcome dump = request(observing.get(), "{\"ids\":null}");
        assertThat(forwarded(dump)).isEqualTo("{\"ids\":null}");
        assertThat(dump.report().observed().reason()).isEqualTo(RefusalReason.BulkExport);
        Outcome broken = request(observing.get(), "{\"ids\":");
        assertThat(forwarded(broken)).isEqualTo("{\"ids\":");
        assertThat(broken.report().observed().reason()).isEqualTo(RefusalReason.MalformedBody);
        Outcome answer = observing.query().response(bytes("nonsense"), CLOSED);
        assertThat(forwarded(answer)).isEqualTo("nonsense");
        assertThat(answer.report().observed().reason()).isEqualTo(RefusalReason.MalformedResponse);
    }
}
