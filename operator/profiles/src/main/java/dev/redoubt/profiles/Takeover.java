package dev.redoubt.profiles;

import java.util.List;
import java.util.Objects;

/**
 * How the application is moved to loopback so that the guard can listen on its port.
 *
 * @param arguments command-line flags that are set, replaced where they are there already
 * @param environment environment variables that are set, replaced where they are there already
 */
public record Takeover(List<Argument> arguments, List<Variable> environment) {
    /** The only address a guarded application may listen on. */
    public static final String LOOPBACK = "127.0.0.1";

    public Takeover {
        arguments = arguments == null ? List.of() : List.copyOf(arguments);
        environment = environment == null ? List.of() : List.copyOf(environment);
    }

    /**
     * A flag with a value.
     *
     * @param flag the flag with its dashes
     * @param value the literal value, or {@code null} where {@code port} is given
     * @param port name of the port whose relocated number is the value, or {@code null}
     * @param last whether the program takes {@code flag=value} in one word only, and the last such word counts
     */
    public record Argument(String flag, String value, String port, boolean last) {
        public Argument {
            Objects.requireNonNull(flag, "flag");
            requireOne(flag, value, port);
        }

        /** A flag that may stand in two words, and is given once. */
        public Argument(String flag, String value, String port) {
            this(flag, value, port, false);
        }
    }

    /**
     * An environment variable.
     *
     * @param name the variable
     * @param value the literal value, in which {@value #PORT} stands for the number of the port where one is given;
     *     {@code null} where the number is all of it
     * @param port name of the port whose relocated number is in the value, or {@code null}
     */
    public record Variable(String name, String value, String port) {
        /** Stands for the number of a port. */
        public static final String PORT = "{port}";

        public Variable {
            Objects.requireNonNull(name, "name");
            if (value == null || port == null) {
                requireOne(name, value, port);
            } else if (!value.contains(PORT)) {
                throw new IllegalArgumentException(name + " has a port and no place for it");
            }
        }
    }

    private static void requireOne(String what, String value, String port) {
        if ((value == null) == (port == null)) {
            throw new IllegalArgumentException(what + " needs either a value or a port");
        }
    }
}
