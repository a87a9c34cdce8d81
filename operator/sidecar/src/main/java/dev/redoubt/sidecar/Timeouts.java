package dev.redoubt.sidecar;

import java.time.Duration;

/**
 * How long the guard waits for whom.
 *
 * @param head from the moment a connection is open and nothing is under way on it until a whole request head is
 *     there; it is both the keep-alive time and the defence against a head that drips
 * @param body from the head until the whole request body is there
 * @param connect until the application accepts a connection
 * @param upstream of silence of the application, before or while it answers; long, because a model may think
 * @param drain that requests under way are given when the guard is told to stop
 * @param poll between two looks at the mounted files
 */
public record Timeouts(
        Duration head, Duration body, Duration connect, Duration upstream, Duration drain, Duration poll) {
    /** What a pod uses. */
    public static final Timeouts DEFAULT = new Timeouts(
            Duration.ofSeconds(75),
            Duration.ofSeconds(60),
            Duration.ofSeconds(5),
            Duration.ofMinutes(10),
            Duration.ofSeconds(25),
            Duration.ofSeconds(1));
}
