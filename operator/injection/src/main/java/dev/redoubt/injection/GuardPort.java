package dev.redoubt.injection;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A port that the guard took over.
 *
 * @param name name of the port in the profile
 * @param listen the application's original port, on which the guard listens now
 * @param upstream the port of the loopback address that the application was moved to
 */
public record GuardPort(String name, int listen, int upstream) {
    private static final int SHIFT = 10_000;
    static final int MAX = 65_535;
    static final int FIRST_UNPRIVILEGED = 1024;
    private static final Pattern FORM = Pattern.compile("([a-z][a-z0-9-]{0,14}):([0-9]{1,5}):([0-9]{1,5})");

    /** Where a port goes: 10,000 higher, or lower where that is no port. */
    static int relocated(int port) {
        return port + SHIFT > MAX ? port - SHIFT : port + SHIFT;
    }

    /** The port to try after a taken one; privileged ports are passed over. */
    static int next(int port) {
        return port == MAX ? FIRST_UNPRIVILEGED : port + 1;
    }

    /** The ports as the guard's environment gives them, such as {@code http:8000:18000}. */
    static String format(List<GuardPort> ports) {
        return ports.stream()
                .map(port -> port.name + ":" + port.listen + ":" + port.upstream)
                .collect(Collectors.joining(","));
    }

    /** Reads what {@link #format} wrote; empty where it did not. */
    static Optional<List<GuardPort>> parse(String text) {
        List<GuardPort> ports = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            Matcher matcher = FORM.matcher(part);
            if (!matcher.matches()) {
                return Optional.empty();
            }
            ports.add(new GuardPort(
                    matcher.group(1), Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3))));
        }
        return Optional.of(List.copyOf(ports));
    }
}
