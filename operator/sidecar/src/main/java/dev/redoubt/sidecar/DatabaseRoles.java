package dev.redoubt.sidecar;

import dev.redoubt.policy.database.DatabaseRole;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;

/**
 * Applies the generated roles of a database, where the guard was given a superuser: to every database with pgvector, when
 * a configuration comes into force, and again when a table with vectors changed. Until that is done, nobody gets in.
 *
 * <p>A database that follows another one has its roles from there, and nothing is done.
 */
final class DatabaseRoles {
    private static final System.Logger LOG = System.getLogger(DatabaseRoles.class.getName());
    /** So long a run may take, and so long a database may take for one statement or for a lock. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Map<String, String> SETTINGS = Map.of(
            "application_name",
            "redoubt-guard",
            // nothing that a user put into a schema is taken for a function of the server's own (CVE-2018-1058)
            "search_path",
            "pg_catalog",
            "statement_timeout",
            "30000",
            "lock_timeout",
            "10000");

    /** The longest pause between two tries, and the pause between two looks for new tables: a minute of seconds. */
    private static final int LONGEST_PAUSE = 60;

    private static final String NOT_YET = "the roles of the database are not applied yet";

    private static final String MAINTENANCE = "postgres";

    private static final String DATABASES = "SELECT datname FROM pg_database"
            + " WHERE datallowconn AND NOT datistemplate AND NOT pg_is_in_recovery() ORDER BY datname";

    /** A digest of all that the roles depend on; no row where there is no pgvector. */
    private static final String TABLES =
            "SELECT coalesce(md5(string_agg(concat_ws(' ', a.attrelid, a.attnum, a.attname,"
                    + " a.atttypid, (SELECT string_agg(i.indexrelid::text, ',' ORDER BY i.indexrelid) FROM pg_index i"
                    + " WHERE i.indrelid = a.attrelid)), ';' ORDER BY a.attrelid, a.attnum)), 'none')"
                    + " FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid"
                    + " WHERE c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped"
                    + " AND EXISTS (SELECT FROM pg_attribute v JOIN pg_type y ON y.oid = v.atttypid WHERE v.attrelid = c.oid"
                    + " AND NOT v.attisdropped AND y.typname IN ('vector', 'halfvec', 'sparsevec'))"
                    + " HAVING EXISTS (SELECT FROM pg_extension WHERE extname = 'vector')";

    private final Services services;
    private final Settings.Port port;
    private final NetClient client;
    private final Context context;
    private final Map<String, String> applied = new HashMap<>();
    private Snapshot wanted;
    private boolean running;
    /** In polls of the mount. */
    private int pause;

    private long dueAt;
    private volatile Snapshot done;
    private volatile String obstacle = NOT_YET;

    /** @param port where the database is */
    DatabaseRoles(Services services, Settings.Port port) {
        this.services = services;
        this.port = port;
        Vertx vertx = services.vertx();
        context = vertx.getOrCreateContext();
        client = vertx.createNetClient(new NetClientOptions()
                .setConnectTimeout((int) services.timeouts().connect().toMillis())
                .setTcpNoDelay(true));
    }

    /** Looks from now on whether there is something to apply. */
    void start() {
        context.runOnContext(
                begun -> services.vertx().setPeriodic(services.timeouts().poll().toMillis(), tick -> look()));
    }

    /** What stands in the way of sessions under a configuration; {@code null} for nothing. */
    String obstacle(Snapshot snapshot) {
        return snapshot.administrator() == null || snapshot == done ? null : obstacle;
    }

    private void look() {
        Snapshot now = services.configurations().current().orElse(null);
        if (running || now == null || now.administrator() == null) {
            return;
        }
        if (now != wanted) {
            wanted = now;
            applied.clear();
            obstacle = NOT_YET;
            pause = 1;
        } else if (System.nanoTime() - dueAt < 0) {
            return;
        }
        running = true;
        Promise<Void> run = Promise.promise();
        long timer = services.vertx()
                .setTimer(PATIENCE.toMillis(), late -> run.tryFail(new IllegalStateException("it took too long")));
        services.vertx()
                .executeBlocking(now::roleScript, false)
                .compose(script -> apply(now, script))
                .onSuccess(run::tryComplete)
                .onFailure(run::tryFail);
        run.future().onComplete(ended -> {
            services.vertx().cancelTimer(timer);
            running = false;
            if (ended.succeeded()) {
                succeeded(now);
            } else {
                failed(now, ended.cause());
            }
        });
    }

    private void succeeded(Snapshot now) {
        if (done != now) {
            LOG.log(System.Logger.Level.INFO, "the roles of {0} are applied to {1}", now.revision(), applied.keySet());
        }
        done = now;
        pause = 1;
        rest(LONGEST_PAUSE);
    }

    /** Roles that were applied stay good while a later look for new tables fails. */
    private void failed(Snapshot now, Throwable failure) {
        String why = "the roles of the database are not applied: " + reason(failure);
        if (done != now && !why.equals(obstacle)) {
            LOG.log(System.Logger.Level.WARNING, why);
        }
        obstacle = why;
        rest(pause);
        pause = Math.min(2 * pause, LONGEST_PAUSE);
    }

    private void rest(int polls) {
        dueAt = System.nanoTime()
                + services.timeouts().poll().multipliedBy(polls).toNanos();
    }

    private Future<Void> apply(Snapshot now, String script) {
        return in(MAINTENANCE, now.administrator(), query -> query.run(DATABASES))
                .compose(databases -> {
                    Future<Void> all = Future.succeededFuture();
                    for (String database : databases) {
                        all = all.compose(
                                before -> in(database, now.administrator(), query -> applyIn(database, script, query)));
                    }
                    return all;
                });
    }

    private Future<Void> applyIn(String database, String script, PostgresQuery query) {
        return query.run(TABLES).compose(tables -> {
            if (tables.isEmpty() || tables.get(0).equals(applied.get(database))) {
                return Future.succeededFuture();
            }
            return query.run(script).map(ran -> {
                applied.put(database, tables.get(0));
                return null;
            });
        });
    }

    private <T> Future<T> in(String database, DatabaseRole role, Function<PostgresQuery, Future<T>> work) {
        StartupSettings settings = new StartupSettings(role.name(), database, SETTINGS);
        return PostgresLogin.begin(services, client, port, role, settings).compose(session -> {
            PostgresQuery query = new PostgresQuery(session);
            return work.apply(query).onComplete(ended -> query.close());
        });
    }

    /** Tells SQLSTATEs and nothing that the database said, which quotes what it was given. */
    private static String reason(Throwable failure) {
        if (failure instanceof PostgresLogin.RefusedLogin refused) {
            return switch (refused.sqlState()) {
                case "28000", "28P01" -> "it does not accept the upstreamCredential";
                default -> "the login failed with SQLSTATE " + refused.sqlState();
            };
        }
        if (failure instanceof PostgresQuery.SqlException refused) {
            return refused.sqlState().equals("42501")
                    ? "the user of the upstreamCredential is no superuser"
                    : "SQLSTATE " + refused.sqlState();
        }
        return "it cannot be reached, or does not answer as it should";
    }
}
