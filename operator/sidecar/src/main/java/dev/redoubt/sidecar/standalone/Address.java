package dev.redoubt.sidecar.standalone;

import dev.redoubt.policy.spec.SpecException;
import dev.redoubt.policy.spec.SpecNode;
import dev.redoubt.profiles.Takeover;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a program is reached.
 *
 * @param host name or address
 * @param port its port
 */
record Address(String host, int port) {
    private static final int HIGHEST_PORT = 65535;
    private static final Pattern FORM =
            Pattern.compile("(?:([A-Za-z0-9](?:[-._A-Za-z0-9]*[A-Za-z0-9])?|\\[[0-9A-Fa-f:.]+]):)?([0-9]{1,5})");

    /**
     * Reads {@code host:port}, or a port of this host.
     *
     * @param example shown where it is none
     */
    static Address parse(SpecNode node, String example) throws SpecException {
        String text = node instanceof SpecNode.Scalar scalar && scalar.text() != null ? scalar.text() : "";
        return of(text).orElseThrow(
                        () -> new SpecException(node.place(), "host:port or port is expected, such as " + example));
    }

    static Optional<Address> of(String text) {
        Matcher address = FORM.matcher(text);
        int port = address.matches() ? Integer.parseInt(address.group(2)) : 0;
        if (port < 1 || port > HIGHEST_PORT) {
            return Optional.empty();
        }
        String host = address.group(1);
        return Optional.of(new Address(host == null ? Takeover.LOOPBACK : host.replaceAll("[\\[\\]]", ""), port));
    }
}
