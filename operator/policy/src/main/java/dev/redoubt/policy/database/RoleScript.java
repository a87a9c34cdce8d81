package dev.redoubt.policy.database;

import dev.redoubt.policy.Client;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Keyring;
import dev.redoubt.policy.Permission;
import dev.redoubt.policy.Retrieval;
import dev.redoubt.profiles.Operation;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The SQL that gives every client of a store a role of its own with just the rights that its operations need: a
 * transaction for a superuser of the store's database. Everything that comes from a configuration stands in it as a quoted
 * literal; identifiers are made of literals by the database itself, with {@code format('%I')}. Equal input gives equal
 * SQL, and running it again changes nothing. It holds no password: verifiers let nobody log in.
 */
public final class RoleScript {
    private static final String COMMON = "roles.sql";

    private static final String GROUP_PREFIX = "redoubt_";

    /** Connections of one client: a pool or two. */
    private static final int CONNECTIONS = 64;

    private RoleScript() {}

    /** Writes the script of a store. Where its records have tenants, their field is a column of every table. */
    public static String of(GuardConfig config, Keyring keyring) {
        Retrieval retrieval = config.retrieval();
        StringBuilder sql = new StringBuilder("BEGIN;\n").append(common());
        List<Client> clients = config.clients().stream()
                .filter(client -> !client.apiKeySha256().isEmpty())
                .toList();
        for (Client client : clients) {
            DatabaseRole role = DatabaseRole.of(keyring, client);
            sql.append("CALL redoubt.enrol(")
                    .append(literal(role.name()) + ", " + literal(role.verifier()) + ", " + CONNECTIONS + ", ")
                    .append(client.tenant() == null ? "NULL" : literal(client.tenant()))
                    .append(", " + array(groups(client)) + ");\n");
        }
        sql.append("CALL redoubt.expel_all_but(")
                .append(array(clients.stream().map(DatabaseRole::name).toList()))
                .append(");\n");
        sql.append("CALL redoubt.protect(")
                .append(retrieval.maxResults() + ", "
                        + literal(retrieval.scores().name()) + ", ")
                .append(
                        retrieval.scoreStep() == null
                                ? "NULL"
                                : retrieval.scoreStep().toPlainString())
                .append(", " + (retrieval.bulkExport() == Permission.Allow))
                .append(", " + (retrieval.vectors() == Retrieval.Vectors.Return) + ", ")
                .append(retrieval.tenant() == null ? "NULL" : literal(retrieval.tenant()))
                .append(");\n");
        return sql.append("COMMIT;\n").toString();
    }

    private static String common() {
        try (InputStream in = RoleScript.class.getResourceAsStream(COMMON)) {
            if (in == null) {
                throw new IllegalStateException(COMMON + " is missing from the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> groups(Client client) {
        return client.operations().stream()
                .filter(List.of(Operation.Query, Operation.Ingest, Operation.Manage, Operation.Export)::contains)
                .map(operation -> GROUP_PREFIX + operation.name().toLowerCase(Locale.ROOT))
                .distinct()
                .toList();
    }

    private static String array(List<String> names) {
        return "ARRAY[" + names.stream().map(RoleScript::literal).collect(Collectors.joining(", "))
                + "]::pg_catalog.name[]";
    }

    /**
     * A string literal; the script sees to it that a backslash is one.
     *
     * @throws IllegalArgumentException where PostgreSQL has no such text
     */
    static String literal(String text) {
        if (text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("a name holds a zero character");
        }
        return "'" + text.replace("'", "''") + "'";
    }
}
