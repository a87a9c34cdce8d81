package dev.redoubt.wire.postgres;

import java.util.Objects;

/**
 * An error as PostgreSQL tells it (PostgreSQL documentation, 53.8).
 *
 * @param severity {@code ERROR} for a statement, {@code FATAL} for a session
 * @param sqlState five characters by which drivers choose their exception (Appendix A)
 * @param message one sentence for people
 * @param hint what to do about it; {@code null} for nothing
 */
public record ServerError(String severity, String sqlState, String message, String hint) {
    /** The type of such a message. */
    public static final char TYPE = 'E';

    public ServerError {
        Objects.requireNonNull(severity, "severity");
        Objects.requireNonNull(sqlState, "sqlState");
        Objects.requireNonNull(message, "message");
    }

    /** The error as a message of the server. */
    public Message encode() {
        FieldWriter fields = new FieldWriter();
        field(fields, 'S', severity);
        field(fields, 'V', severity);
        field(fields, 'C', sqlState);
        field(fields, 'M', message);
        if (hint != null) {
            field(fields, 'H', hint);
        }
        return fields.int8(0).message(TYPE);
    }

    private static void field(FieldWriter fields, char code, String text) {
        fields.int8(code).terminated(text);
    }

    /** The SQLSTATE of an error of the server; empty where it tells none. */
    public static String sqlState(Message error) throws ProtocolFault {
        FieldReader fields = error.fields();
        for (int code = fields.int8(); code != 0; code = fields.int8()) {
            String text = fields.name();
            if (code == 'C') {
                return text;
            }
        }
        return "";
    }
}
