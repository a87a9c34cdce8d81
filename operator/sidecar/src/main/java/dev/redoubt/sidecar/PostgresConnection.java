package dev.redoubt.sidecar;

import dev.redoubt.policy.Client;
import dev.redoubt.policy.database.DatabaseRole;
import dev.redoubt.wire.Refusal;
import dev.redoubt.wire.RefusalReason;
import dev.redoubt.wire.postgres.FieldReader;
import dev.redoubt.wire.postgres.FieldWriter;
import dev.redoubt.wire.postgres.Message;
import dev.redoubt.wire.postgres.MessageReader;
import dev.redoubt.wire.postgres.ProtocolFault;
import dev.redoubt.wire.postgres.StartupPacket;
import dev.redoubt.wire.postgres.StartupReader;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.util.List;
import java.util.Optional;

/**
 * A client's connection until its session begins: TLS, startup, identity, rate. Before TLS nothing is taken but the
 * request for it, and a request to cancel, which carries no key of anybody.
 *
 * <p>The API key is asked for as a password in the clear, inside TLS. SCRAM would keep it from the guard, but needs the
 * key itself or a salted verifier of it, and configurations hold plain SHA-256 digests: the keys are 256 random bits, which
 * nobody can search for. The client's user name is its name in the pipeline, so that a key never works under another name.
 */
final class PostgresConnection {
    /** One request for TLS and one for GSSAPI, in either order. */
    private static final int MOST_REQUESTS = 2;

    /** A password message: an API key is much shorter. */
    private static final int LONGEST_PASSWORD = 4096;

    private static final int AUTHENTICATION_OK = 0;
    private static final int AUTHENTICATION_CLEARTEXT = 3;

    private final Services services;
    private final NetSocket socket;
    private final NetClient upstream;
    private final Settings.Port port;
    private final SwitchableKeys keys;
    private final CancelKeys cancels;
    private final DatabaseRoles roles;
    private final boolean tooMany;
    private final Snapshot snapshot;
    private StartupReader startup = new StartupReader();
    private int requests;
    private boolean secure;
    private long timer;
    private StartupSettings settings;
    private Ledger ledger;
    private Runnable closed;
    private boolean gone;

    PostgresConnection(
            Services services,
            NetSocket socket,
            NetClient upstream,
            Settings.Port port,
            SwitchableKeys keys,
            CancelKeys cancels,
            DatabaseRoles roles,
            boolean tooMany) {
        this.services = services;
        this.socket = socket;
        this.upstream = upstream;
        this.port = port;
        this.keys = keys;
        this.cancels = cancels;
        this.roles = roles;
        this.tooMany = tooMany;
        snapshot = services.configurations().current().orElse(null);
    }

    /** @param whenClosed run once the connection is gone */
    void begin(Runnable whenClosed) {
        closed = whenClosed;
        socket.closeHandler(end -> {
            gone = true;
            services.vertx().cancelTimer(timer);
            if (ledger != null) {
                ledger.brokeOff(Reason.ClientGone);
            }
            closed.run();
        });
        socket.exceptionHandler(failed -> socket.close());
        timer = services.vertx().setTimer(services.timeouts().head().toMillis(), late -> socket.close());
        socket.handler(this::startup);
    }

    private void startup(Buffer piece) {
        try {
            StartupPacket packet = startup.append(piece.getBytes());
            if (packet == null) {
                return;
            }
            // what comes behind a request was sent before its answer: somebody else's bytes inside of TLS
            // (CVE-2021-23214)
            if (startup.rest().length > 0) {
                throw new ProtocolFault("bytes behind the first packet");
            }
            startup = new StartupReader();
            take(packet);
        } catch (ProtocolFault e) {
            refuse(Problem.of(Reason.MalformedRequest, e.getMessage(), null));
        }
    }

    private void take(StartupPacket packet) throws ProtocolFault {
        if (packet instanceof StartupPacket.Cancel cancel) {
            cancels.find(cancel.process(), cancel.secret()).ifPresent(this::cancel);
            socket.close();
        } else if (packet instanceof StartupPacket.Start start) {
            start(start);
        } else if (++requests > MOST_REQUESTS || secure) {
            throw new ProtocolFault("a request that comes too late");
        } else if (packet instanceof StartupPacket.TlsRequest && keys.areThere()) {
            secure();
        } else {
            socket.write(Buffer.buffer("N"));
        }
    }

    private void secure() {
        secure = true;
        // nothing is read between the answer and the handshake
        socket.pause();
        socket.write(Buffer.buffer("S"));
        socket.upgradeToSsl().onFailure(failed -> socket.close());
        socket.resume();
    }

    private void cancel(CancelKeys.Given given) {
        upstream.connect(port.upstream(), port.host()).onSuccess(server -> server.end(Buffer.buffer(given.upstream())));
    }

    private void start(StartupPacket.Start start) {
        ledger = new Ledger(services.place(), snapshot, services.audit().reserve(), services.metrics());
        ledger.of(null, "connect", null);
        Problem objection = objection();
        if (objection != null) {
            refuse(objection);
            return;
        }
        try {
            settings = StartupSettings.of(start.parameters());
        } catch (ProtocolFault e) {
            refuse(Problem.of(Reason.MalformedRequest, e.getMessage(), null));
            return;
        }
        List<String> unknown = StartupSettings.options(start.parameters());
        if (start.minor() > 0 || !unknown.isEmpty()) {
            FieldWriter version = new FieldWriter().int32(3 << 16).int32(unknown.size());
            unknown.forEach(version::terminated);
            send(version.message('v'));
        }
        MessageReader password = new MessageReader(LONGEST_PASSWORD);
        socket.handler(piece -> password(password, piece));
        send(new FieldWriter().int32(AUTHENTICATION_CLEARTEXT).message('R'));
    }

    /** Why nobody gets in now, or not this way. */
    private Problem objection() {
        if (!secure) {
            return Problem.of(Reason.TlsRequired);
        }
        if (services.draining().get()) {
            return Problem.of(Reason.Draining);
        }
        if (snapshot == null) {
            return Problem.of(Reason.NotConfigured);
        }
        if (!services.audit().healthy()) {
            return Problem.of(Reason.AuditUnavailable);
        }
        String obstacle = roles.obstacle(snapshot);
        if (obstacle != null) {
            return Problem.of(Reason.UpstreamUnavailable, obstacle, null);
        }
        return tooMany ? Problem.of(Reason.Overloaded) : null;
    }

    private void password(MessageReader reader, Buffer piece) {
        try {
            reader.append(piece.getBytes());
            Message message = reader.next();
            if (message == null) {
                return;
            }
            if (message.type() != 'p' || reader.held() > 0) {
                throw new ProtocolFault("something else than a password");
            }
            FieldReader fields = message.fields();
            byte[] key = fields.terminated();
            fields.end();
            admit(key);
        } catch (ProtocolFault e) {
            refuse(Problem.of(Reason.MalformedRequest, e.getMessage(), null));
        }
    }

    private void admit(byte[] key) {
        Optional<Client> found =
                snapshot.identities().byKey(key).filter(client -> client.name().equals(settings.user()));
        if (found.isEmpty()) {
            refuse(Problem.of(Reason.Unauthenticated));
            return;
        }
        Client client = found.get();
        ledger.of(client, "connect", null);
        if (client.operations().isEmpty()) {
            refuse(Problem.of(Reason.Forbidden, null, "clients.allow"));
            return;
        }
        if (client.tenant() == null && snapshot.config().retrieval().tenant() != null) {
            Problem problem = Problem.of(new Refusal(RefusalReason.NoTenant, "clients.tenant"));
            if (!snapshot.observes()) {
                refuse(problem);
                return;
            }
            ledger.note(problem);
        }
        long wait = services.limits().ask(client);
        if (wait > 0) {
            Problem problem = Problem.of(Reason.RateLimited, null, "clients.limits.requestsPerMinute")
                    .retryAfter(wait);
            if (!snapshot.observes()) {
                refuse(problem);
                return;
            }
            ledger.note(problem);
        }
        socket.pause();
        DatabaseRole role = snapshot.roles().get(client.name());
        PostgresLogin.begin(services, upstream, port, role, settings)
                .onSuccess(login -> admitted(client, login))
                .onFailure(failure -> refuse(PostgresLogin.problem(failure)));
    }

    private void admitted(Client client, PostgresLogin.Session session) {
        if (gone) {
            session.socket().close();
            return;
        }
        services.vertx().cancelTimer(timer);
        CancelKeys.Given given = cancels.give(session.process(), session.secret());
        Buffer first = Buffer.buffer(
                new FieldWriter().int32(AUTHENTICATION_OK).message('R').encode());
        session.statuses().forEach(status -> first.appendBytes(status.encode()));
        first.appendBytes(new FieldWriter()
                .int32(given.process())
                .bytes(given.secret())
                .message('K')
                .encode());
        first.appendBytes(session.ready().encode());
        ledger.passed(200);
        new PostgresSession(services, snapshot, client, socket, session).begin(() -> cancel(given), () -> {
            cancels.forget(given);
            closed.run();
        });
        socket.write(first);
        socket.resume();
    }

    private void send(Message message) {
        socket.write(Buffer.buffer(message.encode()));
    }

    private void refuse(Problem problem) {
        if (ledger != null) {
            ledger.refused(problem);
        }
        socket.resume();
        socket.handler(ignored -> {});
        socket.end(Buffer.buffer(SqlErrors.ofSession(problem).encode().encode()));
    }
}
