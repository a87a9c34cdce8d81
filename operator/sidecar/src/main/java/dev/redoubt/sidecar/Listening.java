package dev.redoubt.sidecar;

import io.vertx.core.Verticle;

/** What takes connections on a port that the guard took over. */
interface Listening extends Verticle {
    /** The port that is listened on. */
    int port();
}
