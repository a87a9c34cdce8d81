package dev.redoubt.sidecar;

import dev.redoubt.profiles.Takeover;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/**
 * What the guard is told by its environment; everything else is in the guard configuration.
 *
 * @param namespace namespace of the pipeline
 * @param pipeline name of the RagPipeline
 * @param target name of the vector store or model in it
 * @param ports the ports that the guard took over; their names say what is spoken there
 * @param directory where the configuration, the key ring and the admin port's certificates are mounted
 * @param adminPort port of the admin server (mutual TLS); 0 for any free port
 * @param healthPort port of the health server (plain HTTP); 0 for any free port
 * @param eventLoops threads that move bytes, at least 1
 * @param timeouts how long the guard waits for whom
 * @param pool how much each event loop asks of the application at once
 */
public record Settings(
        String namespace,
        String pipeline,
        String target,
        List<Port> ports,
        Path directory,
        int adminPort,
        int healthPort,
        int eventLoops,
        Timeouts timeouts,
        PoolBounds pool) {
    /** Port of the admin server in a pod. */
    public static final int ADMIN_PORT = 15090;

    /** Port of the health server in a pod. */
    public static final int HEALTH_PORT = 15091;

    private static final String DEFAULT_DIRECTORY = "/etc/redoubt";
    private static final int MOST_EVENT_LOOPS = 2;
    private static final int HIGHEST_PORT = 65535;

    public Settings {
        Objects.requireNonNull(namespace, "namespace");
        Objects.requireNonNull(pipeline, "pipeline");
        Objects.requireNonNull(target, "target");
        ports = List.copyOf(ports);
        Objects.requireNonNull(directory, "directory");
        Objects.requireNonNull(timeouts, "timeouts");
        Objects.requireNonNull(pool, "pool");
        if (ports.isEmpty() || eventLoops < 1) {
            throw new IllegalArgumentException("the guard needs at least one port and one event loop");
        }
    }

    /**
     * A port that the guard listens on in place of the application.
     *
     * @param name the profile's name of the port
     * @param listen the application's original port; 0 for any free port
     * @param host where the application is; 127.0.0.1 in a pod
     * @param upstream the port that it listens on there
     */
    public record Port(String name, int listen, String host, int upstream) {
        public Port {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(host, "host");
        }

        /** A port of an application in the same pod. */
        public Port(String name, int listen, int upstream) {
            this(name, listen, Takeover.LOOPBACK, upstream);
        }
    }

    /**
     * Reads {@code REDOUBT_NAMESPACE}, {@code REDOUBT_PIPELINE}, {@code REDOUBT_TARGET}, {@code REDOUBT_PORTS}
     * ({@code name:listen:upstream}, separated by commas) and the optional {@code REDOUBT_DIR}.
     *
     * @throws IllegalArgumentException with a sentence that names the variable at fault
     */
    public static Settings from(Map<String, String> environment) {
        String directory = environment.getOrDefault("REDOUBT_DIR", DEFAULT_DIRECTORY);
        return new Settings(
                required(environment, "REDOUBT_NAMESPACE"),
                required(environment, "REDOUBT_PIPELINE"),
                required(environment, "REDOUBT_TARGET"),
                ports(required(environment, "REDOUBT_PORTS")),
                Path.of(directory),
                ADMIN_PORT,
                HEALTH_PORT,
                Math.min(MOST_EVENT_LOOPS, Runtime.getRuntime().availableProcessors()),
                Timeouts.DEFAULT,
                PoolBounds.DEFAULT);
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("the environment variable " + name + " is not set");
        }
        return value;
    }

    private static List<Port> ports(String text) {
        List<Port> ports = new ArrayList<>();
        Set<Integer> used = new HashSet<>(Set.of(ADMIN_PORT, HEALTH_PORT));
        for (String item : text.split(",", -1)) {
            String[] parts = item.trim().split(":", -1);
            if (parts.length != 3 || parts[0].isEmpty()) {
                throw new IllegalArgumentException("REDOUBT_PORTS is not a list of name:listen:upstream: " + text);
            }
            Port port = new Port(parts[0], number(parts[1], text), number(parts[2], text));
            if (!used.add(port.listen()) || !used.add(port.upstream())) {
                throw new IllegalArgumentException("REDOUBT_PORTS names a port twice: " + text);
            }
            ports.add(port);
        }
        return ports;
    }

    private static int number(String port, String text) {
        try {
            int number = Integer.parseInt(port);
            if (number >= 1 && number <= HIGHEST_PORT) {
                return number;
            }
        } catch (NumberFormatException e) {
            // falls through to the message below
        }
        throw new IllegalArgumentException("REDOUBT_PORTS has a port that is not between 1 and 65535: " + text);
    }
}
