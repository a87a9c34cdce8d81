package dev.redoubt.sidecar;

import dev.redoubt.policy.Client;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;

/**
 * Rates of all clients. Outlives configurations, so that a new revision gives nobody a new minute.
 */
final class Limits {
    private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier clock;
    private final ConcurrentMap<String, Gcra> byClient = new ConcurrentHashMap<>();

    /** @param clock monotonic, in nanoseconds */
    Limits(LongSupplier clock) {
        this.clock = clock;
    }

    /**
     * Asks for one request of a client.
     *
     * @return 0 where it may pass, else the whole seconds after which one may, rounded up
     */
    long ask(Client client) {
        Integer perMinute = client.requestsPerMinute();
        if (perMinute == null) {
            return 0;
        }
        long now = clock.getAsLong();
        long wait =
                byClient.computeIfAbsent(client.name(), name -> new Gcra(now)).ask(perMinute, now);
        return (wait + SECOND - 1) / SECOND;
    }

    /** Forgets everybody who is not among these. */
    void retain(List<Client> clients) {
        byClient.keySet().retainAll(clients.stream().map(Client::name).collect(Collectors.toSet()));
    }
}
