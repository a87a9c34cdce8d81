package dev.redoubt.policy;

import java.util.List;
import java.util.Objects;

/**
 * A recogniser outside of the guard that speaks the protocol of Presidio's analyzer. It is asked beside the built-in ones.
 *
 * @param name what audit, metrics and errors call it
 * @param host name or address that it answers at
 * @param port its port
 * @param entities names for {@link Redaction#named} of what it is asked for, one entity each
 * @param onError what happens to a message whose texts it does not judge
 * @param timeoutMillis the longest time of one answer, in milliseconds
 */
public record ExternalRecognizer(
        String name, String host, int port, List<String> entities, OnError onError, int timeoutMillis) {
    /** The longest time of one answer where a policy names none. */
    public static final int DEFAULT_TIMEOUT_MILLIS = 1000;

    private static final int HIGHEST_PORT = 65535;

    public ExternalRecognizer {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(host, "host");
        Objects.requireNonNull(onError, "onError");
        entities = List.copyOf(entities);
        if (host.isEmpty() || port < 1 || port > HIGHEST_PORT || timeoutMillis < 1) {
            throw new IllegalArgumentException("recogniser " + name + " has no address or no time");
        }
    }

    /** The same recogniser at another address. */
    public ExternalRecognizer at(String otherHost, int otherPort) {
        return new ExternalRecognizer(name, otherHost, otherPort, entities, onError, timeoutMillis);
    }

    /** What happens to a message whose texts it does not judge. */
    public enum OnError {
        /** The message is refused. */
        Block,
        /** The message goes on with what the built-in recognisers find. */
        Pass
    }
}
