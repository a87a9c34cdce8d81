package dev.redoubt.redact.recognise;

import dev.redoubt.policy.Entity;
import dev.redoubt.redact.text.Fold;
import java.util.List;

/** User and password in a URL (RFC 3986, userinfo), and passwords in the connection strings of databases and queues. */
final class Credentials {
    private static final Context CONNECTION = Context.of(
            64,
            "server",
            "host",
            "hostname",
            "source",
            "datasource",
            "uid",
            "user",
            "userid",
            "username",
            "database",
            "db",
            "dbname",
            "endpoint",
            "accountname",
            "catalog",
            "dsn",
            "driver",
            "jdbc",
            "sharedaccesskeyname",
            "port");

    /** What a password in a connection string goes on with. */
    private static final Tail PASSWORD = new Tail() {
        @Override
        public int step(int state, int symbol) {
            return " \t\n\r\f;\"'<>".indexOf(symbol) >= 0 ? STOPPED : 0;
        }

        @Override
        public boolean settled(int state) {
            return true;
        }
    };

    private Credentials() {}

    static List<Recogniser> recognisers() {
        return List.of(
                // a password may hold an unescaped @: the longest match ends at the last one
                Recogniser.token(Entity.URL_CREDENTIALS, 0.95, "://[^\\s/@:\"'<>?#]{0,100}:[^\\s/\"'<>?#]{1,200}@")
                        .anywhere()
                        .confirmedBy(c -> !masked(c))
                        .without("://".length(), "@".length()),
                Recogniser.token(
                                Entity.URL_CREDENTIALS,
                                0.9,
                                "(?i)(password|passwd|pwd|accountkey|sharedaccesskey)\\s?=\\s?[^\\s;\"'<>]")
                        .confirmedBy(c -> c.before(1) == ';' || c.supported(CONNECTION))
                        .followedBy(PASSWORD));
    }

    /** What a mask leaves: asterisks, and not one letter or digit. */
    private static boolean masked(Candidate candidate) {
        boolean hidden = false;
        for (int i = 0; i < candidate.length(); i++) {
            int symbol = candidate.at(i);
            if (Fold.alphanumeric(symbol) || symbol == Fold.LETTER) {
                return false;
            }
            hidden |= symbol == '*';
        }
        return hidden;
    }
}
