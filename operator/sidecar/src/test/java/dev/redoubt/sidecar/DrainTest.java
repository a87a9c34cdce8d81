package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.http.HttpServerRequest;
import java.net.http.HttpResponse;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class DrainTest {
    @Test
    void whatIsUnderWayIsFinishedAndNothingNewIsTaken() throws Exception {
        CompletableFuture<HttpServerRequest> asked = new CompletableFuture<>();
        GuardFixture guard = new GuardFixture(Guards.chroma(), request -> {
            request.response().putHeader("content-type", "application/json");
            if (!asked.complete(request)) {
                request.response().end("{}");
            }
        });
        CompletableFuture<Integer> slow = CompletableFuture.supplyAsync(() ->
                guard.post(GuardTest.QUERY, Guards.KEY, GuardTest.QUESTION).statusCode());
        HttpServerRequest held = asked.get();
        CompletableFuture<Void> closing = CompletableFuture.runAsync(() -> {
            try {
                guard.close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        await().untilTrue(guard.guard.services().draining());
        assertThat(guard.health("/readyz").statusCode()).isEqualTo(503);
        assertThat(guard.health("/livez").statusCode()).isEqualTo(200);
        HttpResponse<String> late = guard.post(GuardTest.QUERY, Guards.KEY, GuardTest.QUESTION);
        assertThat(late.statusCode()).isEqualTo(503);
        held.response().end(GuardTest.EMPTY_ANSWER);
        assertThat(slow.get()).isEqualTo(200);
        closing.get();
        assertThat(guard.audit()).hasSize(2);
    }
}
