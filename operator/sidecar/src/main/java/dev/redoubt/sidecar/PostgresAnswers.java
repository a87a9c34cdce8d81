package dev.redoubt.sidecar;

import dev.redoubt.policy.Client;
import dev.redoubt.policy.Permission;
import dev.redoubt.policy.Retrieval;
import dev.redoubt.profiles.Operation;
import dev.redoubt.wire.RowGuard;
import dev.redoubt.wire.SessionGuard;
import dev.redoubt.wire.postgres.Column;
import dev.redoubt.wire.postgres.FieldReader;
import dev.redoubt.wire.postgres.FieldWriter;
import dev.redoubt.wire.postgres.Message;
import dev.redoubt.wire.postgres.ProtocolFault;
import dev.redoubt.wire.postgres.ServerError;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the database answers in a session, checked and edited on its way to the client. Everything has to be the answer to
 * a message that waits for one; anything else ends the session.
 *
 * <p>Rows beyond the policy's maximum are left out, and the statement ends as if it had found no more: what a client asks
 * beyond is cut, as everywhere. Their effects, where a statement has any, stay. SQL cursors would read on where a
 * statement was cut, so the session ends where one is declared.
 */
final class PostgresAnswers {
    private static final int MOST_PORTALS = 256;
    private static final String PRIVILEGE = "retrieval.bulkExport";

    private final Snapshot snapshot;
    private final SessionGuard guard;
    private final RowGuard rowGuard;
    private final Deque<PostgresPending> pending;
    private final Consumer<Message> toClient;
    private final Consumer<Message> toServer;
    private final boolean exports;
    private final boolean copiesOut;
    private final boolean copiesIn;
    private final long mostRows;
    private final Map<String, Long> byPortal = new HashMap<>();
    private List<Column> columns = List.of();
    private long rows;
    private long found;
    private char status = 'I';

    /** After a statement was refused by what it answered: nothing more of its batch is told. */
    private boolean silent;

    PostgresAnswers(
            Snapshot snapshot,
            Client client,
            SessionGuard guard,
            RowGuard rowGuard,
            PostgresRelay relay,
            Consumer<Message> toClient,
            Consumer<Message> toServer) {
        this.snapshot = snapshot;
        this.guard = guard;
        this.rowGuard = rowGuard;
        pending = relay.pending();
        this.toClient = toClient;
        this.toServer = toServer;
        Retrieval retrieval = snapshot.config().retrieval();
        exports = snapshot.observes()
                || client.operations().contains(Operation.Export) && retrieval.bulkExport() == Permission.Allow;
        // a line of COPY is text in which no column can be told
        copiesOut = snapshot.observes()
                || exports && retrieval.vectors() == Retrieval.Vectors.Return && !guard.actsOnRetrieve();
        copiesIn = relay.copiesIn();
        mostRows = exports ? Long.MAX_VALUE : retrieval.maxResults();
    }

    /** Whether no statement and no transaction is under way. */
    boolean isIdle() {
        return pending.isEmpty() && status == 'I';
    }

    /**
     * Takes a message.
     *
     * @return why the session ends; {@code null} where it goes on
     * @throws ProtocolFault where the message is malformed, or answers nothing
     */
    Problem take(Message message) throws ProtocolFault {
        switch (message.type()) {
            case ServerError.TYPE -> error(message);
            case 'N' -> toClient.accept(guard.error(message));
            case 'A' -> toClient.accept(guard.notification(message));
            case 'S' -> {
                return setting(message);
            }
            case '1' -> answered(PostgresPending.PARSE, message);
            case '2' -> byPortal.remove(answered(PostgresPending.BIND, message).portal());
            case '3' -> answered(PostgresPending.CLOSE, message);
            case 't' -> {
                head(PostgresPending.DESCRIBE);
                tell(message);
            }
            case 'n' -> described(message, List.of());
            case Column.DESCRIPTION -> described(message, Column.read(message));
            case 'D' -> row(message);
            case 'C' -> {
                return complete(message);
            }
            case 'I' -> {
                ended(head(PostgresPending.QUERY, PostgresPending.EXECUTE), 200);
                tell(message);
            }
            case 's' -> suspended(message);
            case 'Z' -> ready(message);
            case 'G' -> copyIn(message);
            case 'H' -> copyOut(message);
            case 'd', 'c' -> {
                head(PostgresPending.QUERY, PostgresPending.EXECUTE);
                tell(message);
            }
            default -> throw new ProtocolFault("a message that does not belong to a session");
        }
        return null;
    }

    private void tell(Message message) {
        if (!silent) {
            if (!pending.isEmpty() && pending.peek().ledger() != null) {
                pending.peek().ledger().out(message.size());
            }
            toClient.accept(message);
        }
    }

    private PostgresPending head(char... types) throws ProtocolFault {
        PostgresPending head = pending.peek();
        for (char type : types) {
            if (head != null && head.type() == type) {
                return head;
            }
        }
        throw new ProtocolFault("an answer to nothing that was asked");
    }

    private PostgresPending answered(char type, Message message) throws ProtocolFault {
        PostgresPending head = head(type);
        pending.remove();
        tell(message);
        return head;
    }

    private void described(Message message, List<Column> described) throws ProtocolFault {
        PostgresPending head = head(PostgresPending.QUERY, PostgresPending.DESCRIBE);
        if (head.type() == PostgresPending.QUERY || head.isOwn()) {
            columns = described;
            begin();
        }
        if (head.type() == PostgresPending.DESCRIBE) {
            pending.remove();
        }
        if (!head.isOwn()) {
            tell(message);
        }
    }

    private void row(Message message) throws ProtocolFault {
        PostgresPending head = head(PostgresPending.QUERY, PostgresPending.EXECUTE);
        found++;
        if (silent || before(head) + rows >= mostRows) {
            return;
        }
        Optional<Message> edited = rowGuard.edit(columns, message);
        if (head.ledger() != null) {
            head.ledger().findings().add(guard.report());
        }
        if (edited.isPresent()) {
            rows++;
            tell(edited.get());
        }
    }

    /** Rows of the portal that earlier Executes have told. */
    private long before(PostgresPending head) {
        return head.portal() == null ? 0 : byPortal.getOrDefault(head.portal(), 0L);
    }

    private Problem complete(Message message) throws ProtocolFault {
        PostgresPending head = head(PostgresPending.QUERY, PostgresPending.EXECUTE);
        FieldReader fields = message.fields();
        String tag = fields.name();
        fields.end();
        if (!exports && (tag.equals("DECLARE CURSOR") || tag.startsWith("FETCH ") || tag.startsWith("MOVE "))) {
            return Problem.of(Reason.Forbidden, "SQL cursors read in bulk", PRIVILEGE);
        }
        boolean isCut = tag.startsWith("SELECT ") && rows < found;
        tell(isCut ? selected(rows) : message);
        byPortal.remove(head.portal());
        begin();
        ended(head, 200);
        return null;
    }

    /** A portal that has more rows than this Execute asked for. */
    private void suspended(Message message) throws ProtocolFault {
        PostgresPending head = head(PostgresPending.EXECUTE);
        long told = before(head) + rows;
        long now = rows;
        begin();
        if (told >= mostRows) {
            // nothing more would come, so the client need not ask for it
            tell(selected(now));
        } else {
            tell(message);
        }
        if (byPortal.size() >= MOST_PORTALS && !byPortal.containsKey(head.portal())) {
            throw new ProtocolFault("too many portals that are read in parts");
        }
        byPortal.put(head.portal(), told);
        ended(head, 200);
    }

    /** The end of a statement that has so many rows. */
    private static Message selected(long count) {
        return new FieldWriter().terminated("SELECT " + count).message('C');
    }

    private void begin() {
        rows = 0;
        found = 0;
    }

    private void ended(PostgresPending head, int status) {
        if (head.type() == PostgresPending.EXECUTE) {
            pending.remove();
            close(head, status);
        }
    }

    private static void close(PostgresPending done, int status) {
        if (done.ledger() != null) {
            if (done.refusal() != null) {
                done.ledger().refused(done.refusal());
            } else {
                done.ledger().passed(status);
            }
        }
    }

    private void error(Message message) throws ProtocolFault {
        PostgresPending head = pending.peek();
        if (head == null || head.error() == null) {
            tell(guard.error(message));
        } else {
            tell(head.error().encode());
        }
        if (head == null) {
            return;
        }
        if (head.ledger() != null) {
            head.ledger().findings().add(guard.report());
        }
        begin();
        close(head, 400);
        if (head.type() != PostgresPending.QUERY) {
            // the database skips everything up to the next Sync
            pending.remove();
            while (!pending.isEmpty() && pending.peek().type() != PostgresPending.SYNC) {
                PostgresPending skipped = pending.remove();
                if (skipped.ledger() != null) {
                    skipped.ledger().brokeOff(Reason.Skipped);
                }
            }
        }
    }

    private void ready(Message message) throws ProtocolFault {
        FieldReader fields = message.fields();
        status = (char) fields.int8();
        fields.end();
        PostgresPending head = head(PostgresPending.QUERY, PostgresPending.SYNC);
        close(head, 200);
        pending.remove();
        silent = false;
        begin();
        toClient.accept(message);
    }

    private Problem setting(Message message) throws ProtocolFault {
        FieldReader fields = message.fields();
        String name = fields.name();
        String value = fields.name();
        fields.end();
        if (name.equals("client_encoding") && !StartupSettings.isUtf8(value)) {
            return Problem.of(Reason.UnknownMessage, "only UTF8 is spoken here", "client_encoding");
        }
        toClient.accept(guard.setting(message));
        return null;
    }

    private void copyIn(Message message) throws ProtocolFault {
        PostgresPending head = head(PostgresPending.QUERY, PostgresPending.EXECUTE);
        if (head.type() == PostgresPending.EXECUTE) {
            // while it copies in, the database ignores a Sync; the client sends another one behind its data
            pending.removeIf(each -> each.type() == PostgresPending.SYNC);
        }
        if (copiesIn) {
            tell(message);
            return;
        }
        head.refuse(Problem.of(Reason.Forbidden, "use INSERT with parameters in place of COPY", "copy"));
        toServer.accept(new FieldWriter().terminated("refused").message('f'));
        if (head.type() == PostgresPending.EXECUTE) {
            toServer.accept(new Message('S', new byte[0]));
            pending.add(PostgresPending.of(PostgresPending.SYNC));
        }
    }

    private void copyOut(Message message) throws ProtocolFault {
        PostgresPending head = head(PostgresPending.QUERY, PostgresPending.EXECUTE);
        if (!copiesOut) {
            head.refuse(Problem.of(Reason.Forbidden, "COPY reads in bulk", PRIVILEGE));
            tell(head.error().encode());
            silent = true;
            return;
        }
        tell(message);
    }
}
