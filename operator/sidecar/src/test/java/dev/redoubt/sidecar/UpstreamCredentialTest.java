package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redoubt.policy.Bounds;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Mode;
import dev.redoubt.policy.Upstream;
import dev.redoubt.policy.UpstreamCredential;
import dev.redoubt.sidecar.Configurations.Pushed;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** What a guard presents to a store that asks who it is. */
class UpstreamCredentialTest {
    private static final String SECRET = "the-stores-own-key";
    private static final String QDRANT_QUERY = "/collections/c/points/query";
    private static final String QDRANT_QUESTION = "{\"query\":[1.0],\"limit\":3}";
    private static final String QDRANT_ANSWER = "{\"result\":{\"points\":[]},\"status\":\"ok\",\"time\":0.1}";

    private final List<MultiMap> seen = new CopyOnWriteArrayList<>();
    private volatile String accepted = SECRET;

    private static GuardConfig config(String engine, Mode mode) {
        return Guards.store(engine, mode, Bounds.DEFAULT, 10, List.of())
                .with()
                .upstream(new Upstream(true))
                .build();
    }

    /** A store that asks everybody for its key. */
    private void qdrant(HttpServerRequest request) {
        seen.add(request.headers());
        boolean known = accepted.equals(request.getHeader("api-key"));
        request.response()
                .setStatusCode(known ? 200 : 401)
                .putHeader("content-type", "application/json")
                .end(known ? QDRANT_ANSWER : "{\"status\":{\"error\":\"Invalid API key " + SECRET + "\"}}");
    }

    private static void mount(GuardFixture guard, String user, String key) throws IOException {
        guard.mount("upstream.json", new UpstreamCredential(user, key).json());
        guard.guard.look();
    }

    private static HttpResponse<String> query(GuardFixture guard, String key) {
        return guard.post(QDRANT_QUERY, key, QDRANT_QUESTION);
    }

    @Test
    void theStoreGetsItsOwnCredentialAndNeverTheClients() throws Exception {
        try (GuardFixture guard = new GuardFixture(config("Qdrant", Mode.Enforce), this::qdrant)) {
            mount(guard, null, SECRET);
            assertThat(query(guard, Guards.KEY).statusCode()).isEqualTo(200);
            assertThat(seen).singleElement().satisfies(headers -> {
                assertThat(headers.getAll("api-key")).containsExactly(SECRET);
                assertThat(headers.contains("authorization")).isFalse();
            });
            assertThat(guard.health("/readyz").statusCode())
                    .as("it presents itself where it asks for readiness too")
                    .isEqualTo(200);
        }
    }

    @Test
    void whoeverSendsTheStoresCredentialIsNobodyToTheGuard() throws Exception {
        try (GuardFixture guard = new GuardFixture(config("Qdrant", Mode.Enforce), this::qdrant)) {
            mount(guard, null, SECRET);
            assertThat(query(guard, SECRET).statusCode()).isEqualTo(401);
            assertThat(seen).isEmpty();
        }
    }

    @Test
    void withoutItsCredentialTheGuardRefusesEverythingAndSaysWhatIsMissing() throws Exception {
        GuardConfig config = config("Qdrant", Mode.Enforce);
        try (GuardFixture guard = new GuardFixture(config, this::qdrant)) {
            assertThat(query(guard, Guards.KEY).statusCode()).isEqualTo(503);
            assertThat(guard.health("/readyz").body()).isEqualTo("no credential of the target\n");
            Configurations configurations = guard.guard.services().configurations();
            assertThat(configurations.push(config.json().getBytes(StandardCharsets.UTF_8)))
                    .isEqualTo(new Pushed.Waiting("credential of the target"));

            mount(guard, null, SECRET);
            assertThat(query(guard, Guards.KEY).statusCode()).isEqualTo(200);
            Files.delete(guard.directory.resolve("upstream.json"));
            guard.guard.look();
            assertThat(query(guard, Guards.KEY).statusCode())
                    .as("what was taken away is not used any longer")
                    .isEqualTo(503);
            guard.mount("upstream.json", "{\"user\":null,\"key\":\"two words\"}".getBytes(StandardCharsets.UTF_8));
            guard.guard.look();
            assertThat(query(guard, Guards.KEY).statusCode()).isEqualTo(503);
            mount(guard, null, SECRET);
            assertThat(query(guard, Guards.KEY).statusCode()).isEqualTo(200);
            assertThat(seen).hasSize(2);
        }
    }

    @Test
    void aConfigurationThatPresentsNothingIsReplacedOnlyWhenTheCredentialIsThere() throws Exception {
        GuardConfig before = Guards.qdrant(List.of());
        GuardConfig after = config("Qdrant", Mode.Enforce);
        accepted = "";
        try (GuardFixture guard = new GuardFixture(before, request -> {
            if (request.getHeader("api-key") == null) {
                request.headers().set("api-key", "");
            }
            qdrant(request);
        })) {
            guard.mount(after);
            guard.guard.look();
            assertThat(query(guard, Guards.KEY).statusCode()).isEqualTo(200);
            accepted = SECRET;
            mount(guard, null, SECRET);
            assertThat(query(guard, Guards.KEY).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aChangedSecretIsPresentedWithoutANewConfiguration() throws Exception {
        try (GuardFixture guard = new GuardFixture(config("Qdrant", Mode.Enforce), this::qdrant)) {
            mount(guard, null, SECRET);
            assertThat(query(guard, Guards.KEY).statusCode()).isEqualTo(200);
            accepted = "the-next-key";
            mount(guard, null, "the-next-key");
            assertThat(query(guard, Guards.KEY).statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aStoreThatDoesNotKnowTheGuardIsNotTheClientsFaultAndTellsNobodyTheKey() throws Exception {
        try (GuardFixture guard = new GuardFixture(config("Qdrant", Mode.Enforce), this::qdrant)) {
            mount(guard, null, "an-old-key");
            HttpResponse<String> refused = query(guard, Guards.KEY);
            assertThat(refused.statusCode()).isEqualTo(502);
            assertThat(refused.body()).contains("upstream-unauthenticated").doesNotContain(SECRET, "an-old-key");
            assertThat(guard.health("/readyz").body()).isEqualTo("the target does not accept the guard's credential\n");
            await().until(() -> !guard.audit().isEmpty());
            assertThat(guard.audit().get(0).at("/reason").textValue()).isEqualTo("UpstreamUnauthenticated");
            assertThat(guard.auditText()).doesNotContain("an-old-key", SECRET);
            assertThat(guard.health("/metrics").body()).doesNotContain("an-old-key", SECRET);
        }
    }

    @Test
    void whileObservingTheStoresCredentialIsLentToNobodyWhoIsNotKnown() throws Exception {
        try (GuardFixture guard = new GuardFixture(config("Qdrant", Mode.Observe), this::qdrant)) {
            mount(guard, null, SECRET);
            assertThat(query(guard, "key-of-eve").statusCode()).isEqualTo(401);
            assertThat(seen.get(0).contains("api-key")).isFalse();
            assertThat(seen.get(0).get("authorization")).isEqualTo("Bearer key-of-eve");
            assertThat(query(guard, Guards.KEY).statusCode()).isEqualTo(200);
            assertThat(seen.get(1).get("api-key")).isEqualTo(SECRET);
            assertThat(seen.get(1).contains("authorization")).isFalse();
        }
    }

    @Test
    void aUserAndItsPasswordAreWrittenAsTheEngineTakesThem() throws Exception {
        String basic = Base64.getEncoder().encodeToString("admin:pass:word".getBytes(StandardCharsets.UTF_8));
        try (GuardFixture guard = new GuardFixture(config("OpenSearch", Mode.Enforce), request -> {
            seen.add(request.headers());
            request.response().putHeader("content-type", "application/json").end("{}");
        })) {
            mount(guard, "admin", "pass:word");
            assertThat(guard.get("/_cluster/health", null).statusCode()).isEqualTo(200);
            mount(guard, null, "a.web.token");
            assertThat(guard.get("/_cluster/health", null).statusCode()).isEqualTo(200);
            assertThat(seen)
                    .extracting(headers -> headers.get("authorization"))
                    .containsExactly("Basic " + basic, "Bearer a.web.token");
        }
    }

    @Test
    void aCallOfGrpcPresentsItTooAndIsToldOfAStoreThatDoesNotTakeIt() throws Exception {
        List<String> presented = new ArrayList<>();
        try (GuardFixture guard = new GuardFixture(config("Milvus", Mode.Enforce), request -> {
                    presented.add(request.getHeader("authorization"));
                    boolean known = presented.size() == 1;
                    request.response().putHeader("content-type", "application/grpc");
                    request.response().putTrailer("grpc-status", known ? "0" : "16");
                    Buffer message = Buffer.buffer(new byte[] {0, 0, 0, 0, 0});
                    request.body().onSuccess(body -> request.response().end(known ? message : Buffer.buffer()));
                });
                Calls calls = new Calls(guard.port())) {
            mount(guard, "root", "Milvus");
            Buffer empty = Buffer.buffer(new byte[] {0, 0, 0, 0, 0});
            String key = Base64.getEncoder().encodeToString(Guards.KEY.getBytes(StandardCharsets.UTF_8));
            assertThat(calls.call(calls.options("GetVersion", null).putHeader("authorization", key), empty)
                            .code())
                    .isEqualTo("0");
            Calls.Answer refused = calls.call(calls.options("GetVersion", null).putHeader("authorization", key), empty);
            assertThat(refused.body().toString())
                    .as("Milvus tells of errors in its messages")
                    .contains("does not accept the guard's credential");
            assertThat(presented)
                    .containsOnly(Base64.getEncoder().encodeToString("root:Milvus".getBytes(StandardCharsets.UTF_8)));
        }
    }
}
