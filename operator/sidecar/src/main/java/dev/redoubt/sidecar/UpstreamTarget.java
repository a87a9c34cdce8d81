package dev.redoubt.sidecar;

import dev.redoubt.profiles.Takeover;
import io.vertx.core.http.HttpClient;

/**
 * Where the application listens.
 *
 * @param client its pool of connections, of one event loop
 * @param port its port on 127.0.0.1
 */
record UpstreamTarget(HttpClient client, int port) {
    /** The only address that a guarded application listens on. */
    static final String HOST = Takeover.LOOPBACK;
}
