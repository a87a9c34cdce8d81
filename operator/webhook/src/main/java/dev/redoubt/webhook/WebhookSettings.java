package dev.redoubt.webhook;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What the environment says.
 *
 * @param namespaces namespaces whose pipelines count ({@code REDOUBT_NAMESPACES}, separated by commas)
 * @param guardImage image of the guard ({@code REDOUBT_GUARD_IMAGE}), by digest in ordinary use
 * @param tlsDir folder with {@code tls.crt} and {@code tls.key} ({@code REDOUBT_TLS_DIR})
 * @param port port of admission over HTTPS ({@code REDOUBT_PORT}, 8443 where absent); 0 for a free one
 * @param healthPort port of health and metrics over HTTP ({@code REDOUBT_HEALTH_PORT}, 8080 where absent); 0 for a free
 *     one
 */
public record WebhookSettings(List<String> namespaces, String guardImage, Path tlsDir, int port, int healthPort) {
    private static final int PORT = 8443;
    private static final int HEALTH_PORT = 8080;

    public WebhookSettings {
        namespaces = List.copyOf(namespaces);
    }

    /**
     * Reads the environment.
     *
     * @throws IllegalArgumentException where something is missing or makes no sense; the message says what to set
     */
    public static WebhookSettings from(Map<String, String> environment) {
        List<String> namespaces = Arrays.stream(
                        required(environment, "REDOUBT_NAMESPACES").split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .distinct()
                .toList();
        if (namespaces.isEmpty()) {
            throw new IllegalArgumentException("REDOUBT_NAMESPACES names no namespace; list them, separated by commas");
        }
        return new WebhookSettings(
                namespaces,
                required(environment, "REDOUBT_GUARD_IMAGE"),
                Path.of(required(environment, "REDOUBT_TLS_DIR")),
                port(environment, "REDOUBT_PORT", PORT),
                port(environment, "REDOUBT_HEALTH_PORT", HEALTH_PORT));
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("the environment variable " + name + " is not set; set it");
        }
        return value;
    }

    private static int port(Map<String, String> environment, String name, int fallback) {
        String value = environment.get(name);
        try {
            int port = value == null ? fallback : Integer.parseInt(value);
            if (port >= 0 && port <= 65_535) {
                return port;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("the environment variable " + name + " is no port number; correct it");
    }
}
