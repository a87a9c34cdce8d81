package dev.redoubt.sidecar;

import static dev.redoubt.sidecar.GuardTest.EMPTY_ANSWER;
import static dev.redoubt.sidecar.GuardTest.QUERY;
import static dev.redoubt.sidecar.GuardTest.QUESTION;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Waiting for a free connection, connecting, and waiting for an answer are three things, and each has its own error. */
class BusyTargetTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(250);

    /** Requests that reached the application and have no answer. */
    private final Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();

    private static Timeouts timeouts(Duration connect, Duration upstream) {
        return new Timeouts(LONG, LONG, connect, upstream, Duration.ofSeconds(1), Duration.ofSeconds(1));
    }

    private static CompletableFuture<HttpResponse<String>> ask(GuardFixture guard) {
        return guard.client.sendAsync(
                guard.request(QUERY, Guards.KEY)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofString(QUESTION))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private void answer(HttpServerRequest request) {
        request.response().putHeader("content-type", "application/json").end(EMPTY_ANSWER);
    }

    private static void assertProblem(HttpResponse<String> response, int status, String slug, String retryAfter) {
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.body()).contains("urn:redoubt:problem:" + slug);
        assertThat(response.headers().firstValue("retry-after").orElse("none")).isEqualTo(retryAfter);
    }

    @Test
    void aWaitForABusyConnectionIsNoAttemptToConnect() throws Exception {
        Timeouts timeouts = timeouts(SHORT, LONG);
        try (GuardFixture guard = new GuardFixture(
                Guards.chroma(),
                timeouts,
                new PoolBounds(1, 10, LONG),
                // longer than an attempt to connect may take
                request -> Vertx.currentContext().owner().setTimer(2 * SHORT.toMillis(), fired -> answer(request)))) {
            List<CompletableFuture<HttpResponse<String>>> asked = List.of(ask(guard), ask(guard), ask(guard));
            for (CompletableFuture<HttpResponse<String>> one : asked) {
                assertThat(one.get().statusCode()).isEqualTo(200);
            }
        }
    }

    @Test
    void whatCannotEvenWaitIsRefusedAtOnceAndTheOthersAreAnswered() throws Exception {
        Timeouts timeouts = timeouts(LONG, LONG);
        try (GuardFixture guard = new GuardFixture(Guards.chroma(), timeouts, new PoolBounds(1, 2, LONG), held::add)) {
            CompletableFuture<HttpResponse<String>> busy = ask(guard);
            await().until(() -> !held.isEmpty());
            List<CompletableFuture<HttpResponse<String>>> more = List.of(ask(guard), ask(guard), ask(guard));
            await().until(() -> more.stream().anyMatch(CompletableFuture::isDone));
            assertThat(busy).isNotDone();
            await().until(() -> {
                for (HttpServerRequest request = held.poll(); request != null; request = held.poll()) {
                    answer(request);
                }
                return more.stream().allMatch(CompletableFuture::isDone);
            });
            assertThat(busy.join().statusCode()).isEqualTo(200);
            assertThat(more.stream().map(one -> one.join().statusCode())).containsExactlyInAnyOrder(200, 200, 503);
            HttpResponse<String> refused = more.stream()
                    .map(CompletableFuture::join)
                    .filter(one -> one.statusCode() == 503)
                    .findFirst()
                    .orElseThrow();
            assertProblem(refused, 503, "overloaded", "1");
        }
    }

    @Test
    void whatHasWaitedTooLongForABusyConnectionIsOverloadAndNoTimeoutOfTheTarget() throws Exception {
        Timeouts timeouts = timeouts(SHORT, LONG);
        PoolBounds pool = new PoolBounds(1, 10, Duration.ofSeconds(1));
        try (GuardFixture guard = new GuardFixture(Guards.chroma(), timeouts, pool, held::add)) {
            CompletableFuture<HttpResponse<String>> busy = ask(guard);
            await().until(() -> !held.isEmpty());
            assertProblem(ask(guard).get(), 503, "overloaded", "1");
            answer(held.remove());
            assertThat(busy.get().statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aRefusedConnectionIsToldWithoutAnyWait() throws Exception {
        Timeouts timeouts = timeouts(LONG, LONG);
        try (GuardFixture guard = new GuardFixture(Guards.chroma(), timeouts, new PoolBounds(1, 10, LONG), held::add)) {
            guard.stopApplication();
            // the client gives up long before any of these timeouts
            assertProblem(guard.post(QUERY, Guards.KEY, QUESTION), 503, "upstream-unavailable", "1");
        }
    }

    @Test
    void anAttemptToConnectThatNobodyTakesIsUnavailableAndNoTimeoutOfTheTarget() throws Exception {
        List<Socket> filling = new ArrayList<>();
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                GuardFixture guard = new GuardFixture(Guards.chroma(), timeouts(SHORT, LONG), deaf.getLocalPort())) {
            fill(deaf, filling);
            assertProblem(guard.post(QUERY, Guards.KEY, QUESTION), 503, "upstream-unavailable", "1");
        } finally {
            for (Socket socket : filling) {
                socket.close();
            }
        }
    }

    /** Connects until the kernel takes no more, because nobody accepts. */
    private static void fill(ServerSocket deaf, List<Socket> filling) throws IOException {
        while (true) {
            Socket socket = new Socket();
            filling.add(socket);
            try {
                socket.connect(new InetSocketAddress(deaf.getInetAddress(), deaf.getLocalPort()), 200);
            } catch (SocketTimeoutException e) {
                return;
            }
        }
    }

    @Test
    void onlyARequestWithoutAnAnswerIsATimeoutOfTheTargetAndItsConnectionIsGivenUp() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        try (GuardFixture guard =
                new GuardFixture(Guards.chroma(), timeouts(LONG, SHORT), new PoolBounds(1, 10, LONG), request -> {
                    if (asked.incrementAndGet() > 1) {
                        answer(request);
                    }
                })) {
            assertProblem(guard.post(QUERY, Guards.KEY, QUESTION), 504, "upstream-timeout", "none");
            assertThat(guard.post(QUERY, Guards.KEY, QUESTION).statusCode()).isEqualTo(200);
        }
    }
}
