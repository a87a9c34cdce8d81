package dev.redoubt.sidecar;

import java.time.Duration;

/**
 * How much one event loop asks of the application at once. What is beyond is refused as {@code Overloaded}, at
 * once or after its wait; that says nothing about the application.
 *
 * @param connections that may be open to it, at least 1
 * @param waiting requests that may wait for one of them
 * @param patience how long one waits for one of them, the time to open it included; longer than an attempt to connect
 */
public record PoolBounds(int connections, int waiting, Duration patience) {
    /** What a pod uses. */
    public static final PoolBounds DEFAULT = new PoolBounds(256, 1024, Duration.ofSeconds(30));
}
