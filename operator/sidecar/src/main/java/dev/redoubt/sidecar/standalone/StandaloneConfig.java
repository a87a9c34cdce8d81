package dev.redoubt.sidecar.standalone;

import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Keyring;
import java.util.List;

/**
 * What a configuration file asks for.
 *
 * @param targets what is guarded, at least one, in the order of the file
 * @param keyring keys of all targets; {@code null} where nothing is sealed and nothing redacted
 */
record StandaloneConfig(List<GuardedTarget> targets, Keyring keyring) {
    StandaloneConfig {
        targets = List.copyOf(targets);
    }

    /**
     * One store or model.
     *
     * @param config what its guard does
     * @param door where the guard is reached and where it reaches the target
     */
    record GuardedTarget(GuardConfig config, Door door) {
        String name() {
            return config.target();
        }
    }

    /**
     * Addresses of one guard. They cannot change while it serves.
     *
     * @param listen port of the guard; 0 for any free one
     * @param host name or address of the target
     * @param port its port
     * @param health port of the guard's health server; 0 for any free one
     */
    record Door(int listen, String host, int port, int health) {}
}
