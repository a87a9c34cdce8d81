package dev.redoubt.sidecar;

import dev.redoubt.wire.postgres.FieldWriter;
import dev.redoubt.wire.postgres.ProtocolFault;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * What a client asks for when its session begins. Only settings of display are passed on: {@code options} could set any
 * other, and {@code replication} would open the whole database.
 *
 * @param user the name of the client
 * @param database the database
 * @param display how the server writes values
 */
record StartupSettings(String user, String database, Map<String, String> display) {
    private static final Set<String> DISPLAY =
            Set.of("application_name", "datestyle", "timezone", "intervalstyle", "extra_float_digits");

    /** Names of these are settings of the protocol, which may be ignored with notice. */
    private static final String OPTION = "_pq_.";

    private static final String ENCODING = "client_encoding";
    private static final int LONGEST = 256;

    /** @throws ProtocolFault where a setting is not known, or too long */
    static StartupSettings of(Map<String, String> parameters) throws ProtocolFault {
        Map<String, String> display = new LinkedHashMap<>();
        String user = parameters.getOrDefault("user", "");
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            String name = parameter.getKey();
            String value = parameter.getValue();
            if (value.length() > LONGEST) {
                throw new ProtocolFault("a setting that is too long");
            }
            if (name.equals(ENCODING)) {
                requireUtf8(value);
            } else if (DISPLAY.contains(name.toLowerCase(Locale.ROOT))) {
                display.put(name, value);
            } else if (!name.equals("user") && !name.equals("database") && !name.startsWith(OPTION)) {
                throw new ProtocolFault("a setting that may not be given; known are " + DISPLAY);
            }
        }
        return new StartupSettings(user, parameters.getOrDefault("database", user), display);
    }

    /** Names of options of the protocol, of which the guard speaks none. */
    static List<String> options(Map<String, String> parameters) {
        return parameters.keySet().stream()
                .filter(name -> name.startsWith(OPTION))
                .toList();
    }

    /** In another encoding the guard would not see what texts say. */
    private static void requireUtf8(String encoding) throws ProtocolFault {
        if (!isUtf8(encoding)) {
            throw new ProtocolFault("an encoding other than UTF8");
        }
    }

    static boolean isUtf8(String encoding) {
        String plain = encoding.replace("'", "").replace("-", "");
        return plain.equalsIgnoreCase("utf8") || plain.equalsIgnoreCase("unicode");
    }

    /** The packet by which a role begins the same session. */
    byte[] packet(String role) {
        FieldWriter fields = new FieldWriter().int32(3 << 16);
        fields.terminated("user").terminated(role);
        fields.terminated("database").terminated(database);
        fields.terminated(ENCODING).terminated("UTF8");
        display.forEach((name, value) -> fields.terminated(name).terminated(value));
        byte[] body = fields.int8(0).body();
        return new FieldWriter().int32(body.length + 4).bytes(body).body();
    }
}
