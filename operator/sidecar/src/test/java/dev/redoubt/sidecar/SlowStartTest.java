package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A guard on a node whose processor is wanted by others, such as one on which many guards start at once. */
class SlowStartTest {
    private static final Settings SETTINGS = new Settings(
            Guards.NAMESPACE,
            Guards.PIPELINE,
            Guards.TARGET,
            List.of(new Settings.Port("http", 0, 1)),
            Path.of("."),
            0,
            0,
            1,
            GuardFixture.TIMEOUTS,
            PoolBounds.DEFAULT);

    private final CountDownLatch compiled = new CountDownLatch(1);

    private Mount slowly() throws IOException {
        try {
            compiled.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
        return Mount.of(Guards.chroma(), Guards.keyring());
    }

    @Test
    @Timeout(60)
    void aGuardWhoseConfigurationTakesLongIsUpAndRefusesUntilItHasIt() throws Exception {
        Guard guard = new Guard(SETTINGS, OutputStream.nullOutputStream(), System::nanoTime, this::slowly);
        guard.start();
        try {
            assertThat(status(guard.healthPort(), "/livez")).isEqualTo(200);
            assertThat(status(guard.ports().get(0), "/api/v2/version")).isEqualTo(503);
            compiled.countDown();
            await().atMost(Duration.ofSeconds(30))
                    .until(() -> status(guard.ports().get(0), "/api/v2/version") == 401);
        } finally {
            compiled.countDown();
            guard.stop();
        }
    }

    private static int status(int port, String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                .build();
        return HttpClient.newHttpClient()
                .send(request, HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }
}
