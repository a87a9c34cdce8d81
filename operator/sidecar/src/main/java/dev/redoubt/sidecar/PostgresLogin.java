package dev.redoubt.sidecar;

import dev.redoubt.policy.database.DatabaseRole;
import dev.redoubt.wire.postgres.FieldReader;
import dev.redoubt.wire.postgres.FieldWriter;
import dev.redoubt.wire.postgres.Message;
import dev.redoubt.wire.postgres.MessageReader;
import dev.redoubt.wire.postgres.ProtocolFault;
import dev.redoubt.wire.postgres.ScramClient;
import dev.redoubt.wire.postgres.ServerError;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Logs in at the database as a role, and learns what the database calls its vectors. */
final class PostgresLogin {
    private static final int MOST_BYTES = 1 << 20;
    private static final int NONCE_BYTES = 18;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int OK = 0;
    private static final int SASL = 10;
    private static final int SASL_CONTINUE = 11;
    private static final int SASL_FINAL = 12;

    /** Of any schema: a type that only has the name is hidden too. */
    private static final String VECTOR_TYPES =
            "SELECT oid, typarray FROM pg_catalog.pg_type" + " WHERE typname IN ('vector', 'halfvec', 'sparsevec')";

    private final Services services;
    private final DatabaseRole role;
    private final MessageReader reader = new MessageReader(MOST_BYTES);
    private final Promise<Session> done = Promise.promise();
    private final List<Message> statuses = new ArrayList<>();
    private final Set<Integer> vectors = new HashSet<>();
    private NetSocket socket;
    private ScramClient scram;
    private boolean proved;
    private boolean asked;
    private int process;
    private int secret;

    private PostgresLogin(Services services, DatabaseRole role) {
        this.services = services;
        this.role = role;
    }

    /**
     * A session that can begin.
     *
     * @param socket paused
     * @param process and {@code secret} cancel its statements
     * @param statuses what the server told of its settings
     * @param ready the message that says that it is ready
     * @param vectors OIDs of pgvector's types and of arrays of them
     */
    record Session(
            NetSocket socket, int process, int secret, List<Message> statuses, Message ready, Set<Integer> vectors) {}

    /** The database refused the login. */
    static final class RefusedLogin extends Exception {
        private final String sqlState;

        RefusedLogin(String sqlState) {
            super("SQLSTATE " + sqlState, null, false, false);
            this.sqlState = sqlState;
        }

        String sqlState() {
            return sqlState;
        }
    }

    /** Logs in; fails where that is not possible. */
    static Future<Session> begin(
            Services services, NetClient client, Settings.Port port, DatabaseRole role, StartupSettings settings) {
        PostgresLogin login = new PostgresLogin(services, role);
        long timer = services.vertx()
                .setTimer(services.timeouts().connect().toMillis(), late -> login.fail(new ProtocolFault("no answer")));
        client.connect(port.upstream(), port.host())
                .onFailure(login::fail)
                .onSuccess(connected -> login.connected(connected, settings));
        return login.done.future().onComplete(any -> services.vertx().cancelTimer(timer));
    }

    /** What a client is told of a failure. */
    static Problem problem(Throwable failure) {
        if (failure instanceof RefusedLogin refused) {
            String detail =
                    switch (refused.sqlState) {
                        case "28000", "28P01" ->
                            "the database does not know the client's role; apply the generated roles";
                        case "3D000" -> "there is no such database";
                        case "42501" -> "the client's role may not connect to this database";
                        case "53300" -> "too many connections";
                        default -> "SQLSTATE " + refused.sqlState;
                    };
            return Problem.of(Reason.UpstreamUnavailable, detail, null);
        }
        return Problem.of(Reason.UpstreamUnavailable);
    }

    private void connected(NetSocket connected, StartupSettings settings) {
        if (done.future().isComplete()) {
            connected.close();
            return;
        }
        socket = connected;
        socket.exceptionHandler(this::fail);
        socket.closeHandler(closed -> fail(new ProtocolFault("the server closed the connection")));
        socket.handler(this::received);
        socket.write(Buffer.buffer(settings.packet(role.name())));
    }

    private void received(Buffer piece) {
        try {
            reader.append(piece.getBytes());
            for (Message message = reader.next(); message != null; message = reader.next()) {
                take(message);
            }
        } catch (ProtocolFault e) {
            fail(e);
        }
    }

    private void take(Message message) throws ProtocolFault {
        switch (message.type()) {
            case 'R' -> authenticate(message.fields());
            case 'S' -> statuses.add(message);
            case 'K' -> {
                FieldReader fields = message.fields();
                process = fields.int32();
                secret = fields.int32();
            }
            case 'D' -> vectorTypes(message.fields());
            case 'Z' -> ready(message);
            case ServerError.TYPE -> fail(new RefusedLogin(ServerError.sqlState(message)));
            case 'N', 'T', 'C' -> {
                // told to nobody
            }
            default -> throw new ProtocolFault("a message that does not belong to a login");
        }
    }

    private void authenticate(FieldReader fields) throws ProtocolFault {
        int step = fields.int32();
        switch (step) {
            case SASL -> {
                requireScram(fields);
                byte[] nonce = new byte[NONCE_BYTES];
                RANDOM.nextBytes(nonce);
                scram = new ScramClient("", role.password(), Base64.getEncoder().encodeToString(nonce));
                byte[] first = scram.first();
                send(new FieldWriter()
                        .terminated(ScramClient.MECHANISM)
                        .value(first)
                        .message('p'));
            }
            case SASL_CONTINUE -> {
                require(scram != null);
                byte[] challenge = fields.rest();
                // thousands of rounds: not on an event loop
                services.vertx()
                        .executeBlocking(() -> scram.last(challenge), false)
                        .onSuccess(last -> send(new FieldWriter().bytes(last).message('p')))
                        .onFailure(this::fail);
            }
            case SASL_FINAL -> {
                require(scram != null);
                scram.verify(fields.rest());
                proved = true;
            }
            // without a challenge where pg_hba.conf trusts loopback, as the official image's does
            case OK -> require(scram == null || proved);
            default -> throw new ProtocolFault("the server asks for a password in another way than SCRAM-SHA-256");
        }
    }

    private static void requireScram(FieldReader fields) throws ProtocolFault {
        for (String mechanism = fields.name(); !mechanism.isEmpty(); mechanism = fields.name()) {
            if (mechanism.equals(ScramClient.MECHANISM)) {
                return;
            }
        }
        throw new ProtocolFault("the server does not offer SCRAM-SHA-256");
    }

    private static void require(boolean expected) throws ProtocolFault {
        if (!expected) {
            throw new ProtocolFault("a step of the login that was not its turn");
        }
    }

    private void vectorTypes(FieldReader fields) throws ProtocolFault {
        int columns = fields.int16();
        for (int i = 0; i < columns; i++) {
            byte[] oid = fields.value();
            vectors.add(Integer.parseUnsignedInt(new String(oid, StandardCharsets.US_ASCII)));
        }
    }

    private void ready(Message message) throws ProtocolFault {
        if (!asked) {
            asked = true;
            send(new FieldWriter().terminated(VECTOR_TYPES).message('Q'));
            return;
        }
        if (reader.held() > 0) {
            throw new ProtocolFault("the server speaks before it is asked");
        }
        socket.pause();
        done.tryComplete(new Session(socket, process, secret, statuses, message, vectors));
    }

    private void send(Message message) {
        socket.write(Buffer.buffer(message.encode()));
    }

    private void fail(Throwable failure) {
        if (done.tryFail(failure) && socket != null) {
            socket.close();
        }
    }
}
