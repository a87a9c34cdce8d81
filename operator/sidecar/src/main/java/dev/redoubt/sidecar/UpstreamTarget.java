package dev.redoubt.sidecar;

import io.vertx.core.http.HttpClient;
import java.time.Duration;

/**
 * Where the application listens.
 *
 * @param client its pool of connections, of one event loop
 * @param grpc those of HTTP/2, for calls of gRPC
 * @param host its name or address; in a pod always 127.0.0.1
 * @param port its port there
 * @param patience how long a request may wait for a connection
 */
record UpstreamTarget(HttpClient client, HttpClient grpc, String host, int port, Duration patience) {}
