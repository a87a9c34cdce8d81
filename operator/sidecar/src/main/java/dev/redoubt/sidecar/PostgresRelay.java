package dev.redoubt.sidecar;

import dev.redoubt.policy.Client;
import dev.redoubt.profiles.Operation;
import dev.redoubt.wire.Outcome;
import dev.redoubt.wire.Report;
import dev.redoubt.wire.SessionGuard;
import dev.redoubt.wire.postgres.FieldReader;
import dev.redoubt.wire.postgres.FieldWriter;
import dev.redoubt.wire.postgres.Message;
import dev.redoubt.wire.postgres.ProtocolFault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;

/**
 * What a client sends in its session: a known set of messages, each checked and edited, on their way to the database.
 *
 * <p>A statement that is refused is replaced by one that cannot but fail, and the database's error by the guard's: so
 * transactions, batches and their order stay what the database says they are. Before every Execute the database is asked
 * what columns it will send, whatever the client asked before, so that no row is read by another description than its own.
 */
final class PostgresRelay {
    /** No SQL in any version. */
    private static final String FAILING = "refused by redoubt";

    /** Some more may be there: one Execute makes two. Each statement among them holds room in the audit. */
    private static final int MOST_PENDING = 256;

    private final Services services;
    private final Snapshot snapshot;
    private final Client client;
    private final SessionGuard guard;
    private final Consumer<Message> toServer;
    private final Deque<PostgresPending> pending = new ArrayDeque<>();
    private final List<Report> reports = new ArrayList<>();
    private final boolean copiesIn;

    /** Parses that were counted as statements already, and whose Execute costs nothing more. */
    private int paid;

    /** @param toServer takes messages for the database, in order */
    PostgresRelay(Services services, Snapshot snapshot, Client client, SessionGuard guard, Consumer<Message> toServer) {
        this.services = services;
        this.snapshot = snapshot;
        this.client = client;
        this.guard = guard;
        this.toServer = toServer;
        // rows that are copied in come as pieces of text in a format of their own, in which nothing is redacted
        copiesIn = snapshot.observes()
                || client.operations().contains(Operation.Ingest) && !guard.actsOnIngest() && !guard.protectsVectors();
    }

    /** The messages that wait for their answers, oldest first. */
    Deque<PostgresPending> pending() {
        return pending;
    }

    /** Whether the client may copy records in. */
    boolean copiesIn() {
        return copiesIn;
    }

    /** Whether so many messages wait for their answers that no more are to be taken. */
    boolean isFull() {
        return pending.size() >= MOST_PENDING;
    }

    /**
     * Takes a message.
     *
     * @return why the session ends; {@code null} where it goes on
     * @throws ProtocolFault where the message is malformed
     */
    Problem take(Message message) throws ProtocolFault {
        if (services.draining().get()) {
            return Problem.of(Reason.Draining);
        }
        if (services.configurations().current().orElse(null) != snapshot) {
            return Problem.of(Reason.ConfigurationChanged, "connect again", null);
        }
        FieldReader fields = message.fields();
        switch (message.type()) {
            case 'Q' -> query(message, fields);
            case 'P' -> parse(message, fields);
            case 'B' -> bind(message, fields);
            case 'D', 'C' -> named(message, fields);
            case 'E' -> execute(message, fields);
            case 'S' -> {
                fields.end();
                pending.add(PostgresPending.of(PostgresPending.SYNC));
                toServer.accept(message);
            }
            case 'H' -> {
                fields.end();
                toServer.accept(message);
            }
            case 'd', 'c', 'f' -> {
                // also before the database asks for them: it would have taken them before it is told not to
                if (!copiesIn) {
                    return Problem.of(Reason.UnknownMessage, null, "copy");
                }
                toServer.accept(message);
            }
            default -> {
                return Problem.of(Reason.UnknownMessage, null, "messages");
            }
        }
        return null;
    }

    private void query(Message message, FieldReader fields) throws ProtocolFault {
        byte[] sql = fields.terminated();
        fields.end();
        PostgresPending query = PostgresPending.of(PostgresPending.QUERY).with(ledger("query"));
        Problem objection = objection(query.ledger(), false, sql);
        query.ledger().in(message.size());
        if (objection == null) {
            pending.add(query);
            toServer.accept(message);
        } else {
            pending.add(query.refuse(objection));
            toServer.accept(new FieldWriter().terminated(FAILING).message('Q'));
        }
    }

    private void parse(Message message, FieldReader fields) throws ProtocolFault {
        fields.terminated();
        byte[] sql = fields.terminated();
        int types = fields.int16();
        for (int i = 0; i < types; i++) {
            fields.int32();
        }
        fields.end();
        Problem objection = rate();
        paid += objection == null ? 1 : 0;
        objection = objection == null ? text(sql) : objection;
        if (objection == null) {
            pending.add(PostgresPending.of(PostgresPending.PARSE));
            toServer.accept(message);
        } else {
            refuse(objection, ledger("parse"));
        }
    }

    private void bind(Message message, FieldReader fields) throws ProtocolFault {
        String portal = fields.name();
        Outcome outcome = guard.bind(message);
        reports.add(outcome.report());
        if (outcome instanceof Outcome.Forward forward) {
            pending.add(PostgresPending.of(PostgresPending.BIND, portal));
            toServer.accept(new Message(message.type(), forward.body()));
        } else {
            refuse(Problem.of(((Outcome.Refused) outcome).refusal()), ledger("bind"));
        }
    }

    /** Describe and Close: of a statement or of a portal. */
    private void named(Message message, FieldReader fields) throws ProtocolFault {
        int what = fields.int8();
        fields.terminated();
        fields.end();
        if (what != 'S' && what != 'P') {
            throw new ProtocolFault("neither a statement nor a portal");
        }
        pending.add(PostgresPending.of(message.type()));
        toServer.accept(message);
    }

    private void execute(Message message, FieldReader fields) throws ProtocolFault {
        String portal = fields.name();
        fields.int32();
        fields.end();
        Ledger ledger = ledger("execute");
        ledger.in(message.size());
        Problem objection = objection(ledger, paid > 0, null);
        paid = Math.max(0, paid - 1);
        if (objection != null) {
            refuse(objection, ledger);
            return;
        }
        toServer.accept(new FieldWriter().int8('P').terminated(portal).message('D'));
        pending.add(PostgresPending.ownDescribe());
        pending.add(PostgresPending.of(PostgresPending.EXECUTE, portal).with(ledger));
        toServer.accept(message);
    }

    private void refuse(Problem problem, Ledger ledger) {
        pending.add(PostgresPending.of(PostgresPending.PARSE).with(ledger).refuse(problem));
        toServer.accept(
                new FieldWriter().terminated("").terminated(FAILING).int16(0).message('P'));
    }

    /** A record of a statement, with what was found in its parts so far. What it does only the database knows. */
    private Ledger ledger(String what) {
        AuditLog.Slot slot = services.audit().reserve();
        Ledger ledger = new Ledger(services.place(), snapshot, slot, services.metrics());
        ledger.of(client, what, null);
        tell(ledger);
        return ledger;
    }

    /** Tells what was found in messages since the last record. */
    private void tell(Ledger ledger) {
        for (Report report : reports) {
            ledger.findings().add(report);
            if (report.observed() != null) {
                ledger.note(Problem.of(report.observed()));
            }
        }
        reports.clear();
    }

    private Problem objection(Ledger ledger, boolean isPaid, byte[] sql) {
        Problem problem = services.audit().healthy() ? null : Problem.of(Reason.AuditUnavailable);
        if (problem == null && !isPaid) {
            problem = rate();
        }
        if (problem == null && sql != null) {
            problem = text(sql);
            tell(ledger);
        }
        return problem;
    }

    private Problem rate() {
        long wait = services.limits().ask(client);
        return wait == 0 || snapshot.observes()
                ? null
                : Problem.of(Reason.RateLimited, null, "clients.limits.requestsPerMinute")
                        .retryAfter(wait);
    }

    private Problem text(byte[] sql) {
        Problem problem = guard.statement(sql).map(Problem::of).orElse(null);
        reports.add(guard.report());
        return problem;
    }
}
