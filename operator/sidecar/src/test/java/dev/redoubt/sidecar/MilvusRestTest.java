package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.redoubt.policy.Mode;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** REST of Milvus through the guard, to a stub of it. */
class MilvusRestTest {
    private static final String ENTITIES = "/v2/vectordb/entities/";

    private final StubMilvusRest stub = new StubMilvusRest();
    private GuardFixture guard;

    @BeforeEach
    void start() throws Exception {
        guard = new GuardFixture(Guards.milvus(Mode.Enforce), request -> {
            if (request.path().startsWith(Calls.SERVICE)) {
                Calls.answer(request, Calls.framed(Calls.text(2, "by call")), "0", null);
            } else {
                stub.handle(request);
            }
        });
    }

    @AfterEach
    void stop() throws Exception {
        guard.close();
    }

    private static JsonNode tree(String json) {
        try {
            return new ObjectMapper().readTree(json);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void whatIsFoundIsRedactedBoundedAndWithoutVectors() {
        HttpResponse<String> answer = guard.post(
                ENTITIES + "search",
                Guards.KEY,
                "{\"collectionName\": \"c\", \"data\": [[0.1, 0.2]], \"limit\": 1000, \"outputFields\": [\"*\"]}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(tree(stub.asked.get(ENTITIES + "search").toString())
                        .get("limit")
                        .intValue())
                .isEqualTo(10);
        JsonNode first = tree(answer.body()).at("/data/0");
        assertThat(first.get("mail").textValue()).isEqualTo("<EMAIL_ADDRESS>");
        assertThat(first.get("vector").isNull()).isTrue();
        assertThat(first.get("id").longValue()).isEqualTo(448300048035776800L);
        assertThat(tree(answer.body()).at("/data/1/distance").decimalValue()).isEqualByComparingTo("0.95");
    }

    @Test
    void anErrorThatEchoesTheRequestIsRedacted() {
        HttpResponse<String> answer =
                guard.post(ENTITIES + "query", Guards.KEY, "{\"collectionName\": \"c\", \"filter\": \"mail == 'a'\"}");
        assertThat(tree(answer.body()).get("code").intValue()).isEqualTo(65535);
        assertThat(answer.body()).contains("<EMAIL_ADDRESS>").doesNotContain("ann.lee");
    }

    @Test
    void refusalsHaveTheCodeAndMessageThatClientsLookFor() {
        HttpResponse<String> stranger = guard.post(ENTITIES + "search", "nobody", "{}");
        assertThat(stranger.statusCode()).isEqualTo(401);
        assertThat(tree(stranger.body()).get("code").intValue()).isEqualTo(1400);
        HttpResponse<String> card = guard.post(
                ENTITIES + "insert",
                Guards.KEY,
                "{\"collectionName\": \"c\", \"data\": [{\"id\": 1, \"text\": \"4111 1111 1111 1111\"}]}");
        assertThat(card.statusCode()).isEqualTo(403);
        assertThat(tree(card.body()).get("code").intValue()).isEqualTo(1401);
        assertThat(tree(card.body()).get("message").textValue())
                .contains("CREDIT_CARD")
                .doesNotContain("4111");
        HttpResponse<String> filter =
                guard.post(ENTITIES + "delete", Guards.KEY, "{\"collectionName\": \"c\", \"filter\": \"a == 'b\"}");
        assertThat(tree(filter.body()).get("code").intValue()).isEqualTo(1100);
        assertThat(guard.post("/v2/vectordb/users/list", Guards.KEY, "{}").statusCode())
                .isEqualTo(403);
        assertThat(guard.post("/v1/vector/search", Guards.KEY, "{}").statusCode())
                .isEqualTo(403);
        assertThat(stub.asked).isEmpty();
    }

    @Test
    void callsAndRestShareAPortAndAClient() throws Exception {
        HttpResponse<String> rest = guard.post("/v2/vectordb/collections/list", Guards.KEY, "{}");
        assertThat(tree(rest.body()).at("/data/1").textValue()).isEqualTo("of <EMAIL_ADDRESS>");
        try (Calls calls = new Calls(guard.port())) {
            String key = Base64.getEncoder().encodeToString(Guards.KEY.getBytes(StandardCharsets.UTF_8));
            Calls.Answer call = calls.call(calls.options("ShowCollections", key), Calls.framed(Buffer.buffer()));
            assertThat(call.code()).isEqualTo("0");
            assertThat(call.body()).isEqualTo(Calls.framed(Calls.text(2, "by call")));
        }
    }
}
