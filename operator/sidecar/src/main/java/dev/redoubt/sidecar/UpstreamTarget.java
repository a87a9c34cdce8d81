package dev.redoubt.sidecar;

import dev.redoubt.profiles.Takeover;
import io.vertx.core.http.HttpClient;
import java.time.Duration;

/**
 * Where the application listens.
 *
 * @param client its pool of connections, of one event loop
 * @param port its port on 127.0.0.1
 * @param patience how long a request may wait for a connection
 */
record UpstreamTarget(HttpClient client, int port, Duration patience) {
    /** The only address that a guarded application listens on. */
    static final String HOST = Takeover.LOOPBACK;
}
