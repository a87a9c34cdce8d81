package dev.redoubt.sidecar;

import io.vertx.core.http.HttpClient;

/**
 * Where the application listens.
 *
 * @param client its pool of connections, of one event loop
 * @param host its name or address; in a pod always 127.0.0.1
 * @param port its port there
 */
record UpstreamTarget(HttpClient client, String host, int port) {}
