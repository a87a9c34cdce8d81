package dev.redoubt.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Speaks JSON over HTTP/1.1 to one Service with the API key of one client. Waits as long as a 429 asks, repeats what
 * failed on the way, and bounds time and size of every exchange.
 */
final class JsonClient {
    private static final int LARGEST_BODY = 64 << 20;
    private static final int ATTEMPTS = 4;
    private static final Duration CONNECT = Duration.ofSeconds(5);
    private static final Duration EXCHANGE = Duration.ofSeconds(30);
    private static final Set<Integer> PASSING = Set.of(502, 503, 504);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final RunSpec.Endpoint endpoint;
    private final String key;
    private final Pause pause;
    private final GuardWitness witness;

    JsonClient(RunSpec.Endpoint endpoint, String key, Pause pause, GuardWitness witness) {
        this.endpoint = endpoint;
        this.key = key;
        this.pause = pause;
        this.witness = witness;
    }

    /** How waiting is done. */
    interface Pause {
        void await(Duration time) throws InterruptedException;
    }

    /**
     * What came back with a status below 400, or, from {@link #attempt}, with any status.
     *
     * @param status HTTP status
     * @param body parsed body; missing where there was none or it is no JSON
     */
    record Answer(int status, JsonNode body) {}

    /** An exchange that must succeed. */
    JsonNode call(String method, String path, JsonNode body, Budget time) throws AttackException, InterruptedException {
        Answer answer = attempt(method, path, body, time);
        if (answer.status() >= 400) {
            throw new AttackException.Refused(method + " " + lastOf(path), answer.status());
        }
        if (answer.body().isMissingNode()) {
            throw new AttackException.Unreadable(method + " " + lastOf(path));
        }
        return answer.body();
    }

    /**
     * An exchange whose refusal is an answer too.
     *
     * @param body {@code null} for none
     * @param time its queries are not touched
     */
    Answer attempt(String method, String path, JsonNode body, Budget time)
            throws AttackException, InterruptedException {
        HttpRequest request = request(method, path, body);
        for (int attempt = 1; ; attempt++) {
            time.checkTime();
            HttpResponse<byte[]> response;
            try {
                response = exchange(request, time.timeLeft());
            } catch (IOException | TimeoutException e) {
                if (attempt == ATTEMPTS) {
                    throw new AttackException.Unreachable(endpoint.toString());
                }
                await(Duration.ofSeconds(attempt), time);
                continue;
            }
            witness.saw(endpoint, response.headers());
            if (response.statusCode() == 429) {
                await(retryAfter(response), time);
                attempt--;
            } else if (PASSING.contains(response.statusCode()) && attempt < ATTEMPTS) {
                await(Duration.ofSeconds(attempt), time);
            } else {
                return new Answer(response.statusCode(), parsed(response.body()));
            }
        }
    }

    private HttpRequest request(String method, String path, JsonNode body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create("http://" + endpoint.host() + ":" + endpoint.port() + path))
                .header("Authorization", "Bearer " + key)
                .header("Accept", "application/json")
                .header("User-Agent", "redoubt-probe")
                .timeout(EXCHANGE);
        if (body == null) {
            return request.method(method, BodyPublishers.noBody()).build();
        }
        return request.header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(body.toString()))
                .build();
    }

    private HttpResponse<byte[]> exchange(HttpRequest request, Duration timeLeft)
            throws IOException, TimeoutException, InterruptedException {
        CompletableFuture<HttpResponse<byte[]>> response = http.sendAsync(request, BoundedBody.of(LARGEST_BODY));
        Duration limit = timeLeft.compareTo(EXCHANGE) < 0 ? timeLeft : EXCHANGE;
        try {
            return response.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw new IOException("the exchange failed", e.getCause());
        } finally {
            response.cancel(true);
        }
    }

    private void await(Duration time, Budget budget) throws AttackException, InterruptedException {
        if (time.compareTo(budget.timeLeft()) >= 0) {
            throw new AttackException.BudgetSpent("the client has to wait " + time.toSeconds()
                    + " s for its next request, longer than the test may run (after " + budget.spent() + " queries)");
        }
        pause.await(time);
    }

    private static Duration retryAfter(HttpResponse<?> response) {
        try {
            long seconds =
                    Long.parseLong(response.headers().firstValue("Retry-After").orElse("1"));
            return Duration.ofSeconds(Math.min(Math.max(seconds, 1), 1_000_000));
        } catch (NumberFormatException e) {
            // an HTTP date: look again soon, the deadline bounds it
            return Duration.ofSeconds(5);
        }
    }

    private static JsonNode parsed(byte[] body) {
        try {
            JsonNode node = JSON.readTree(body);
            return node == null ? MissingNode.getInstance() : node;
        } catch (IOException e) {
            return MissingNode.getInstance();
        }
    }

    private static String lastOf(String path) {
        String bare = path.indexOf('?') < 0 ? path : path.substring(0, path.indexOf('?'));
        return bare.substring(bare.lastIndexOf('/') + 1);
    }
}
