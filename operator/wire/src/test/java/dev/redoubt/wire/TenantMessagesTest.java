package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static dev.redoubt.wire.Guarded.bytes;
import static dev.redoubt.wire.Guarded.chroma;
import static dev.redoubt.wire.Guarded.forwarded;
import static dev.redoubt.wire.Guarded.qdrant;
import static dev.redoubt.wire.Guarded.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client that is confined to a tenant may ask, and what of the answers it sees. */
class TenantMessagesTest {
    private static final String POINTS = "/collections/people/points";
    private static final String OWN = "{\"key\":\"tenant_id\",\"match\":{\"value\":\"acme\"}}";
    private static final MessageContext ACME = new MessageContext(CLOSED.place(), false, "acme", List.of());

    private final Guarded qdrant = qdrant().confined("tenant_id");
    private final Guarded chroma = chroma().confined("tenant_id");

    private static Outcome request(RouteGuard guard, String body) {
        return Guarded.request(guard, body, ACME);
    }

    private static String answer(RouteGuard guard, String body) {
        return forwarded(guard.response(bytes(body), ACME));
    }

    @Test
    void aClientWithoutATenantIsRefusedWhereRecordsBelongToTenants() {
        assertThat(refused(Guarded.request(qdrant.route("POST", POINTS + "/query"), "{}", CLOSED)))
                .isEqualTo(RefusalReason.NoTenant);
        assertThat(refused(Guarded.request(qdrant.route("GET", "/collections"), "", CLOSED)))
                .isEqualTo(RefusalReason.NoTenant);
        assertThat(Guarded.request(qdrant.route("GET", "/readyz"), "", CLOSED)).isInstanceOf(Outcome.Forward.class);
        assertThat(refused(chroma.query().response(bytes("{}"), CLOSED))).isEqualTo(RefusalReason.OtherTenant);
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /collections/people/points/1",
        "DELETE, /collections/people",
        "PATCH, /collections/people",
        "DELETE, /collections/people/index/a"
    })
    void aRouteThatCannotBeConfinedIsRefused(String method, String path) {
        String body = method.equals("PATCH") ? "{}" : "";
        assertThat(refused(request(qdrant.route(method, path), body))).isEqualTo(RefusalReason.OtherTenant);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/count", "/upsert", "/update"})
    void whatChromaCannotConfineIsRefused(String route) {
        String method = route.equals("/count") ? "GET" : "POST";
        String body = route.equals("/count") ? "" : "{\"ids\":[\"a\"],\"documents\":[\"x\"]}";
        assertThat(refused(request(chroma.route(method, Guarded.COLLECTION + route), body)))
                .isEqualTo(RefusalReason.OtherTenant);
    }

    @Test
    void recordsThatAreChosenByTheirIdsAreChosenAmongTheTenants() {
        String chosen = "{\"filter\":{\"must\":[" + OWN + ",{\"has_id\":[1, \"x\"]}]}}";
        for (String route : List.of("/delete", "/payload/clear")) {
            assertThat(forwarded(request(qdrant.route("POST", POINTS + route), "{ \"points\" : [1, \"x\"]}")))
                    .isEqualTo(chosen.replace("{\"filter\"", "{ \"filter\""));
        }
        assertThat(forwarded(request(qdrant.route("POST", POINTS + "/delete"), "{\"p\\u006fints\":[1, \"x\"]}")))
                .isEqualTo(chosen);
        assertThat(forwarded(
                        request(qdrant.route("POST", POINTS + "/payload"), "{\"payload\":{\"a\":1},\"points\":[7]}")))
                .isEqualTo("{\"payload\":{\"a\":1,\"tenant_id\":\"acme\"},\"filter\":{\"must\":[" + OWN
                        + ",{\"has_id\":[7]}]}}");
        assertThat(forwarded(
                        request(qdrant.route("POST", POINTS + "/delete"), "{\"filter\":{\"must\":{\"has_id\":[1]}}}")))
                .isEqualTo("{\"filter\":{\"must\":[" + OWN + ",{\"must\":{\"has_id\":[1]}}]}}");
        assertThat(forwarded(request(
                        chroma.route("POST", Guarded.COLLECTION + "/delete"), "{\"ids\":[\"a\"],\"where\":null}")))
                .isEqualTo("{\"ids\":[\"a\"],\"where\":{\"tenant_id\":{\"$eq\":\"acme\"}}}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"filter\":{}}",
                "{\"filter\":null}",
                "{\"points\":null}",
                "{\"points\":[1],\"filter\":{\"must\":[{\"has_id\":[2]}]}}"
            })
    void aDeletionThatChoosesNothingDoesNotBecomeOneOfEverything(String body) {
        assertThat(refused(request(qdrant.route("POST", POINTS + "/delete"), body)))
                .isEqualTo(RefusalReason.OtherTenant);
        assertThat(refused(request(
                        qdrant.route("POST", POINTS + "/batch"), "{\"operations\":[{\"delete\":" + body + "}]}")))
                .isEqualTo(RefusalReason.OtherTenant);
    }

    @Test
    void aRecordOfAnotherTenantWithTheSameIdStaysAsItIs() {
        String stamped = "\"payload\":{\"tenant_id\":\"acme\"}";
        assertThat(forwarded(request(
                        qdrant.route("PUT", POINTS),
                        "{\"points\":[{\"id\":1,\"vector\":[1]},{\"id\":2,\"vector\":[1],\"payload\":null}]}")))
                .isEqualTo("{\"points\":[{\"id\":1,\"vector\":[1]," + stamped + "},{\"id\":2,\"vector\":[1]," + stamped
                        + "}],\"update_filter\":{\"must\":[" + OWN + "]}}");
        assertThat(forwarded(request(
                        qdrant.route("PUT", POINTS),
                        "{\"batch\":{\"payloads\":null,\"ids\":[1,2],\"vectors\":[[1],[2]]}}")))
                .isEqualTo("{\"batch\":{\"payloads\":[{\"tenant_id\":\"acme\"},{\"tenant_id\":\"acme\"}],\"ids\":[1,2],"
                        + "\"vectors\":[[1],[2]]},\"update_filter\":{\"must\":[" + OWN + "]}}");
        assertThat(forwarded(
                        request(qdrant.route("PUT", POINTS + "/vectors"), "{\"points\":[{\"id\":1,\"vector\":[1]}]}")))
                .endsWith(",\"update_filter\":{\"must\":[" + OWN + "]}}");
        assertThat(
                        forwarded(
                                request(
                                        qdrant.route("POST", POINTS + "/batch"),
                                        "{\"operations\":[{\"upsert\":{\"points\":[{\"id\":1,\"vector\":[1]}]}},{\"delete\":{\"points\":[1]}}]}")))
                .isEqualTo("{\"operations\":[{\"upsert\":{\"points\":[{\"id\":1,\"vector\":[1]," + stamped
                        + "}],\"update_filter\":{\"must\":[" + OWN + "]}}},{\"delete\":{\"filter\":{\"must\":[" + OWN
                        + ",{\"has_id\":[1]}]}}}]}");
    }

    @Test
    void nothingIsWrittenInTheNameOfAnotherTenant() {
        for (String other : List.of("\"evil\"", "1", "[\"acme\"]", "{\"a\":1}")) {
            String fields = "{\"tenant_id\":" + other + "}";
            assertThat(refused(request(
                            qdrant.route("PUT", POINTS), "{\"points\":[{\"id\":1,\"payload\":" + fields + "}]}")))
                    .isEqualTo(RefusalReason.OtherTenant);
            assertThat(refused(request(
                            qdrant.route("PUT", POINTS + "/payload"), "{\"points\":[1],\"payload\":" + fields + "}")))
                    .isEqualTo(RefusalReason.OtherTenant);
            if (!other.startsWith("{")) {
                assertThat(refused(request(chroma.add(), "{\"ids\":[\"a\"],\"metadatas\":[" + fields + "]}")))
                        .isEqualTo(RefusalReason.OtherTenant);
            }
        }
        assertThat(refused(request(
                        qdrant.route("PUT", POINTS + "/payload"),
                        "{\"points\":[1],\"key\":\"tenant_id\",\"payload\":{}}")))
                .isEqualTo(RefusalReason.OtherTenant);
        assertThat(forwarded(request(
                        chroma.add(),
                        "{\"metadatas\":[{\"tenant_\\u0069d\":\"acm\\u0065\"},null],\"ids\":[\"a\",\"b\"]}")))
                .isEqualTo(
                        "{\"metadatas\":[{\"tenant_\\u0069d\":\"acm\\u0065\"},{\"tenant_id\":\"acme\"}],\"ids\":[\"a\",\"b\"]}");
        assertThat(refused(request(chroma.add(), "{\"metadatas\":[{}],\"ids\":[\"a\",\"b\"]}")))
                .isEqualTo(RefusalReason.WrongType);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"query\":7}",
                "{\"query\":\"0c5f8b3e-0000-4000-8000-000000000000\"}",
                "{\"query\":{\"nearest\":7}}",
                "{\"query\":{\"recommend\":{\"positive\":[[0.5],7]}}}",
                "{\"query\":{\"discover\":{\"target\":[1],\"context\":[{\"positive\":7,\"negative\":[1]}]}}}",
                "{\"query\":{\"context\":{\"positive\":[1],\"negative\":7}}}",
                "{\"prefetch\":[{\"query\":7}]}",
                "{\"prefetch\":{\"prefetch\":[{\"query\":{\"nearest\":7}}]}}",
                "{\"query\":[1],\"lookup_from\":{\"collection\":\"other\"}}",
                "{\"prefetch\":[{\"prefetch\":{\"lookup_from\":{\"collection\":\"other\"}}}]}"
            })
    void anotherTenantsRecordsAreNoExamples(String body) {
        assertThat(refused(request(qdrant.route("POST", POINTS + "/query"), body)))
                .isEqualTo(RefusalReason.OtherTenant);
        assertThat(refused(request(qdrant.route("POST", POINTS + "/query/batch"), "{\"searches\":[{}," + body + "]}")))
                .isEqualTo(RefusalReason.OtherTenant);
        assertThat(Guarded.request(qdrant().route("POST", POINTS + "/query"), body, ACME))
                .isInstanceOf(Outcome.Forward.class);
    }

    @Test
    void everyReadThatHasAFilterHasTheTenants() {
        String own = "\"filter\":{\"must\":[" + OWN + "]}";
        for (String route : List.of(
                POINTS + "/query",
                POINTS + "/query/groups",
                POINTS + "/scroll",
                POINTS + "/count",
                POINTS + "/search",
                POINTS + "/search/groups",
                POINTS + "/recommend",
                POINTS + "/discover",
                POINTS + "/search/matrix/pairs",
                POINTS + "/search/matrix/offsets",
                "/collections/people/facet")) {
            String body = route.endsWith("scroll") ? "{\"filter\":{\"must\":[" + OWN + "]}}" : "{}";
            assertThat(forwarded(request(qdrant.route("POST", route), body)))
                    .as(route)
                    .contains("\"must\":[" + OWN);
        }
        assertThat(forwarded(request(
                        qdrant.route("POST", POINTS + "/query/batch"),
                        "{\"searches\":[{\"query\":[1],\"prefetch\":{\"limit\":3}},{}]}")))
                .isEqualTo("{\"searches\":[{\"query\":[1],\"prefetch\":{\"limit\":3," + own + "}," + own + "},{" + own
                        + "}]}");
        assertThat(refused(request(qdrant.route("POST", POINTS + "/query"), "{\"filter\":\"x\"}")))
                .isEqualTo(RefusalReason.UnknownField);
        assertThat(refused(request(qdrant.route("POST", POINTS + "/query"), "{\"filter\":[{\"key\":\"x\"}]}")))
                .isEqualTo(RefusalReason.WrongType);
    }

    @Test
    void aHitMustShowWhoseItIsWhereNoFilterConfinesTheRequest() {
        RouteGuard retrieve = qdrant.route("POST", POINTS);
        Map<String, String> asked = Map.of(
                "{\"ids\":[1]}", "{\"ids\":[1]}",
                "{\"ids\":[1],\"with_payload\":true}", "{\"ids\":[1],\"with_payload\":true}",
                "{\"ids\":[1],\"with_payload\":false}", "{\"ids\":[1],\"with_payload\":[\"tenant_id\"]}",
                "{\"ids\":[1],\"with_payload\":[]}", "{\"ids\":[1],\"with_payload\":[\"tenant_id\"]}",
                "{\"ids\":[1],\"with_payload\":[\"a\"]}", "{\"ids\":[1],\"with_payload\":[\"a\",\"tenant_id\"]}",
                "{\"ids\":[1],\"with_payload\":{\"include\":[\"a\"]}}",
                        "{\"ids\":[1],\"with_payload\":{\"include\":[\"a\",\"tenant_id\"]}}");
        asked.forEach((sent, expected) ->
                assertThat(forwarded(request(retrieve, sent))).isEqualTo(expected));
        assertThat(forwarded(request(qdrant.route("POST", POINTS + "/query"), "{\"with_payload\":false,\"limit\":1}")))
                .startsWith("{\"with_payload\":false,");

        String hits =
                "{\"result\":[{\"id\":1,\"payload\":{\"tenant_id\":\"acme\"}},{\"id\":2,\"payload\":{\"tenant_id\":\"evil\"}},"
                        + "{\"id\":3,\"payload\":{\"a\":{\"tenant_id\":\"acme\"}}},{\"id\":4},{\"id\":5,\"payload\":null},"
                        + "{\"id\":6,\"payload\":{\"tenant_id\":[\"acme\"]}}]}";
        Outcome outcome = retrieve.response(bytes(hits), ACME);
        assertThat(forwarded(outcome)).isEqualTo("{\"result\":[{\"id\":1,\"payload\":{\"tenant_id\":\"acme\"}}]}");
        assertThat(outcome.report().withheld()).isEqualTo(5);
        assertThat(outcome.report().records()).containsExactly("1");
    }

    @Test
    void aHitOfAnotherTenantIsTakenOutWhateverTheStoreMadeOfTheFilter() {
        assertThat(
                        answer(
                                qdrant.route("POST", POINTS + "/query"),
                                "{\"result\":{\"points\":[{\"id\":1,\"payload\":{\"tenant_id\":\"evil\"}},{\"id\":2},{\"id\":3,\"payload\":{\"tenant_id\":\"acme\"}}]}}"))
                .isEqualTo("{\"result\":{\"points\":[{\"id\":2},{\"id\":3,\"payload\":{\"tenant_id\":\"acme\"}}]}}");
        assertThat(answer(
                        qdrant.route("POST", POINTS + "/query/groups"),
                        "{\"result\":{\"groups\":[{\"id\":\"x\",\"hits\":[{\"id\":1,\"payload\":{\"tenant_id\":\"evil\"}}]},"
                                + "{\"id\":\"y\",\"hits\":[{\"id\":2,\"payload\":{\"tenant_id\":\"acme\"}}]}]}}"))
                .isEqualTo(
                        "{\"result\":{\"groups\":[{\"id\":\"y\",\"hits\":[{\"id\":2,\"payload\":{\"tenant_id\":\"acme\"}}]}]}}");
        assertThat(
                        answer(
                                chroma.query(),
                                "{\"ids\":[[\"a\",\"b\"],[\"c\"]],\"documents\":[[\"da\",\"db\"],[\"dc\"]],\"embeddings\":null,"
                                        + "\"metadatas\":[[{\"tenant_id\":\"evil\"},{\"tenant_id\":\"acme\"}],[{\"x\":1}]],\"distances\":[[0.1,0.2],[0.3]]}"))
                .isEqualTo("{\"ids\":[[\"b\"],[]],\"documents\":[[\"db\"],[]],\"embeddings\":null,"
                        + "\"metadatas\":[[{\"tenant_id\":\"acme\"}],[]],\"distances\":[[0.20],[]]}");
    }

    @Test
    void whatIsObservedIsNotConfinedButReported() {
        Guarded observing = qdrant().observing().confined("tenant_id");
        Outcome read = request(observing.route("POST", POINTS + "/query"), "{\"query\":7}");
        assertThat(forwarded(read)).isEqualTo("{\"query\":7}");
        assertThat(read.report().observed().reason()).isEqualTo(RefusalReason.OtherTenant);
        String hits = "{\"result\":[{\"id\":1,\"payload\":{\"tenant_id\":\"evil\"}}]}";
        Outcome answered = observing.route("POST", POINTS).response(bytes(hits), ACME);
        assertThat(forwarded(answered)).isEqualTo(hits);
        assertThat(answered.report().withheld()).isEqualTo(1);
    }
}
