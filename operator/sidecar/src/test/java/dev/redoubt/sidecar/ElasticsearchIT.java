package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redoubt.policy.Bounds;
import dev.redoubt.policy.Mode;
import dev.redoubt.sidecar.StubElasticsearch.Sent;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The official Elasticsearch client, unmodified, to a stub: alone, then through the guard. No Elasticsearch is to be had. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ElasticsearchIT {
    private final Vertx vertx = Vertx.vertx();
    private final StubElasticsearch stub = new StubElasticsearch();
    private final StubElasticsearch guardedStub = new StubElasticsearch();
    private GuardFixture guard;
    private ClientMatrix direct;
    private ClientMatrix guarded;

    @BeforeAll
    void useTheClient() throws Exception {
        String packages =
                PythonPackages.of(ClientMatrix.requirements("elasticsearch")).toString();
        Map<String, String> environment = Map.of("PYTHONPATH", packages, "REDOUBT_KEY", Guards.KEY);
        HttpServer server = vertx.createHttpServer()
                .requestHandler(stub)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        guard = new GuardFixture(
                Guards.store("Elasticsearch", Mode.Enforce, Bounds.DEFAULT, 10, List.of()), guardedStub);
        direct = ClientMatrix.of(
                "elasticsearch.py", environment, "--direct", "--port", Integer.toString(server.actualPort()));
        guarded = ClientMatrix.of("elasticsearch.py", environment, "--port", Integer.toString(guard.port()));
    }

    @AfterAll
    void stop() throws Exception {
        guard.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void everySideDoorThatIsOpenWithoutAGuardIsClosedByIt() {
        assertThat(direct.closedDoors()).isEmpty();
        assertThat(guarded.openDoors()).isEmpty();
        assertThat(guarded.closedDoors()).isEqualTo(direct.openDoors());
    }

    @Test
    void theClientKnowsItsServerAndDoesWhatApplicationsDo() {
        assertThat(guarded.outcomes().entrySet().stream()
                        .filter(row -> row.getValue().equals("refused"))
                        .map(Map.Entry::getKey))
                .containsExactly(
                        "async_search.submit",
                        "blocked text",
                        "esql.query",
                        "helpers.scan",
                        "indices.delete",
                        "missing record",
                        "open_point_in_time",
                        "reindex",
                        "sql.query",
                        "stranger",
                        "wrong type");
        assertThat(guarded.outcomes()).containsEntry("get", "transformed").containsEntry("count", "allowed");
        JsonNode hit = guarded.value("found").at("/hits/hits/0");
        assertThat(hit.at("/_source/vec").isNull()).isTrue();
        assertThat(hit.get("_score").doubleValue()).isEqualTo(1.0);
    }

    @Test
    void refusalsRaiseTheClientsOwnExceptions() {
        for (String operation : List.of("helpers.scan", "open_point_in_time", "sql.query", "indices.delete")) {
            assertThat(guarded.raised(operation)).as(operation).startsWith("AuthorizationException: ");
        }
        assertThat(guarded.raised("blocked text")).contains("CREDIT_CARD").doesNotContain("4111");
        assertThat(guarded.raised("stranger")).startsWith("AuthenticationException: ");
        assertThat(guarded.raised("missing record")).startsWith("NotFoundError: ");
        assertThat(guarded.raised("wrong type")).startsWith("BadRequestError: ").doesNotContain("ann.lee");
    }

    @Test
    void whatReachesTheServerIsBoundedRedactedAndInTheVersionThatTheClientSpeaks() {
        Sent search = sent("POST /raw/_search");
        assertThat(search.type()).isEqualTo("application/vnd.elasticsearch+json; compatible-with=9");
        assertThat(search.body()).contains("\"size\":10").contains("\"k\":10").contains("\"num_candidates\":1000");
        Sent bulk = sent("PUT /_bulk");
        assertThat(bulk.type()).isEqualTo("application/vnd.elasticsearch+x-ndjson; compatible-with=9");
        assertThat(bulk.body()).contains("Ticket 2 of <EMAIL_ADDRESS>");
        assertThat(guardedStub.sent())
                .noneSatisfy(sent -> assertThat(sent.body()).contains("ann.lee"));
    }

    private Sent sent(String line) {
        return guardedStub.sent().stream()
                .filter(sent -> sent.line().startsWith(line))
                .findFirst()
                .orElseThrow();
    }
}
