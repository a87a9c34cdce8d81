package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.policy.Bounds;
import dev.redoubt.policy.Mode;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Hugging Face's official client, unmodified, with {@link StubTgi}: bare, and through the guard. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TgiIT {
    private final Vertx vertx = Vertx.vertx();
    private GuardFixture guard;
    private ClientMatrix bare;
    private ClientMatrix guarded;

    @BeforeAll
    void useTheClient() throws Exception {
        HttpServer stub = vertx.createHttpServer()
                .requestHandler(new StubTgi())
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
        guard = new GuardFixture(Guards.model("TGI", Mode.Enforce, Bounds.DEFAULT), stub.actualPort());
        Map<String, String> environment = Map.of(
                "PYTHONPATH",
                PythonPackages.paths(PythonPackages.IMAGES.resolve("requirements.txt")),
                "REDOUBT_KEY",
                Guards.KEY);
        bare = ClientMatrix.of("tgi.py", environment, "--port", "" + stub.actualPort(), "--direct");
        guarded = ClientMatrix.of("tgi.py", environment, "--port", "" + guard.port());
    }

    @AfterAll
    void stop() throws Exception {
        guard.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void everyDoorIsOpenAtTheStub() {
        assertThat(bare.closedDoors()).isEmpty();
    }

    @Test
    void noDoorIsOpenThroughTheGuard() {
        assertThat(guarded.openDoors()).isEmpty();
        assertThat(guarded.closedDoors()).isEqualTo(bare.openDoors());
    }

    @Test
    void whatClientsOrdinarilyDoIsAllowedAndItsTextRedacted() {
        assertThat(guarded.operations("transformed"))
                .containsExactly(
                        "text_generation",
                        "text_generation stream",
                        "text_generation details",
                        "text_generation stream details",
                        "POST /generate");
        assertThat(guarded.operations("allowed")).containsExactly("GET /info");
        assertThat(guard.get("/health", null).statusCode()).isEqualTo(200);
    }

    @Test
    void tokensAreLimitedWithoutBeingAskedFor() {
        assertThat(bare.value("tokens").isNull()).isTrue();
        assertThat(guarded.value("tokens").intValue()).isEqualTo(256);
    }

    @Test
    void refusalsRaiseTheClientsOwnExceptions() {
        assertThat(guarded.error("text_generation best_of")).isEqualTo("ValidationError");
        assertThat(guarded.error("text_generation invalid")).isEqualTo("ValidationError");
        assertThat(guarded.error("unknown key")).isEqualTo("HfHubHTTPError");
        for (String path : List.of("/tokenize", "/chat_tokenize", "/invocations", "/predict", "/vertex")) {
            assertThat(guarded.text("POST " + path)).as(path).contains("unknown-route");
        }
        assertThat(guarded.text("GET /metrics")).contains("unknown-route");
    }
}
