package dev.redoubt.sidecar;

import dev.redoubt.policy.Client;
import dev.redoubt.wire.SessionGuard;
import dev.redoubt.wire.postgres.Message;
import dev.redoubt.wire.postgres.MessageReader;
import dev.redoubt.wire.postgres.ProtocolFault;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;

/**
 * A session with PostgreSQL: two sockets and what goes on between them. Neither is read faster than the other takes it,
 * and what is not a whole message yet counts against the memory that all bodies share.
 */
final class PostgresSession {
    private static final long LOOK_MILLIS = 1000;
    private static final byte[] TERMINATE = new Message('X', new byte[0]).encode();

    private static final Message FLUSH = new Message('H', new byte[0]);

    private final Services services;
    private final Side client;
    private final Side server;
    private final PostgresRelay relay;
    private final PostgresAnswers answers;
    private Runnable cancel = () -> {};
    private Runnable closed = () -> {};
    private boolean over;
    private boolean waits;
    private long watch;
    private long heardAt;

    PostgresSession(
            Services services, Snapshot snapshot, Client who, NetSocket client, PostgresLogin.Session database) {
        this.services = services;
        this.client = new Side(client, snapshot.config().bounds().requestBytes());
        this.server = new Side(database.socket(), snapshot.config().bounds().responseBytes());
        SessionGuard guard = snapshot.messages().session(who);
        relay = new PostgresRelay(services, snapshot, who, guard, this.server::write);
        answers = new PostgresAnswers(
                snapshot,
                who,
                guard,
                snapshot.messages().rows(guard, database.vectors()),
                relay,
                this.client::write,
                this.server::write);
    }

    /** One of the two sockets. */
    private final class Side {
        private final NetSocket socket;
        private final MessageReader reader;
        private final Budget.Share memory = services.budget().share();

        Side(NetSocket socket, int mostBytes) {
            this.socket = socket;
            reader = new MessageReader(mostBytes);
        }

        void write(Message message) {
            socket.write(Buffer.buffer(message.encode()));
        }

        /** Takes memory for what is held; false where there is none. */
        boolean account() {
            memory.close();
            return memory.take(reader.held());
        }

        /** Reads no more from the other side before this one has taken what it was given. */
        void holdBack(Side other) {
            if (socket.writeQueueFull()) {
                other.socket.pause();
                socket.drainHandler(drained -> {
                    if (other != client || !waits) {
                        other.socket.resume();
                    }
                });
            }
        }
    }

    /**
     * Takes over both sockets.
     *
     * @param whenBrokenOff run where the session ends while a statement is under way
     * @param whenClosed run once the session is over
     */
    void begin(Runnable whenBrokenOff, Runnable whenClosed) {
        cancel = whenBrokenOff;
        closed = whenClosed;
        heardAt = System.nanoTime();
        long patience = services.timeouts().upstream().toMillis();
        watch = services.vertx().setPeriodic(LOOK_MILLIS, tick -> look(patience));
        client.socket.handler(this::fromClient);
        server.socket.handler(this::fromServer);
        server.socket.exceptionHandler(failed -> server.socket.close());
        server.socket.closeHandler(gone -> end(null));
        client.socket.closeHandler(gone -> end(null));
        server.socket.resume();
    }

    private void look(long patience) {
        boolean isAsked = !relay.pending().isEmpty();
        if (isAsked && System.nanoTime() - heardAt > patience * 1_000_000) {
            end(Problem.of(Reason.UpstreamTimeout));
        } else if (services.draining().get() && answers.isIdle()) {
            end(Problem.of(Reason.Draining));
        }
    }

    private void fromClient(Buffer piece) {
        client.reader.append(piece.getBytes());
        takeFromClient();
    }

    /** Takes what has come, as long as not too much of it waits for an answer. */
    private void takeFromClient() {
        try {
            while (!over && !relay.isFull()) {
                Message message = client.reader.next();
                if (message == null) {
                    break;
                }
                take(message);
            }
            if (!over && !client.account()) {
                end(Problem.of(Reason.Overloaded));
            }
        } catch (ProtocolFault e) {
            end(Problem.of(Reason.MalformedRequest, e.getMessage(), null));
        } catch (RuntimeException e) {
            failed(e);
        }
        if (over) {
            return;
        }
        server.holdBack(client);
        if (relay.isFull() && !waits) {
            waits = true;
            client.socket.pause();
            // the database keeps short answers back until it is asked for them
            server.write(FLUSH);
        }
    }

    private void take(Message message) throws ProtocolFault {
        if (message.type() == 'X') {
            end(null);
            return;
        }
        if (relay.pending().isEmpty()) {
            heardAt = System.nanoTime();
        }
        Problem problem = relay.take(message);
        if (problem != null) {
            end(problem);
        }
    }

    private void fromServer(Buffer piece) {
        heardAt = System.nanoTime();
        try {
            server.reader.append(piece.getBytes());
            for (Message message = server.reader.next(); message != null && !over; message = server.reader.next()) {
                Problem problem = answers.take(message);
                if (problem != null) {
                    end(problem);
                }
            }
            if (!over && !server.account()) {
                end(Problem.of(Reason.Overloaded));
            }
        } catch (ProtocolFault e) {
            end(Problem.of(Reason.UpstreamFailed, e.getMessage(), null));
        } catch (RuntimeException e) {
            failed(e);
        }
        if (over) {
            return;
        }
        client.holdBack(server);
        if (waits && !relay.isFull()) {
            waits = false;
            takeFromClient();
            if (!over && !waits && !server.socket.writeQueueFull()) {
                client.socket.resume();
            }
        }
    }

    /** The message of an exception may quote a text: only its kind is told. */
    private void failed(RuntimeException e) {
        System.getLogger(PostgresSession.class.getName())
                .log(
                        System.Logger.Level.ERROR,
                        "a message could not be transformed: {0}",
                        e.getClass().getName());
        end(Problem.of(Reason.InternalError));
    }

    /** @param problem what the client is told; {@code null} where one of the two left */
    private void end(Problem problem) {
        if (over) {
            return;
        }
        over = true;
        services.vertx().cancelTimer(watch);
        client.memory.close();
        server.memory.close();
        for (PostgresPending waiting : relay.pending()) {
            if (waiting.ledger() != null) {
                if (problem == null) {
                    waiting.ledger().brokeOff(Reason.ClientGone);
                } else {
                    waiting.ledger().refused(problem);
                }
            }
        }
        if (!relay.pending().isEmpty()) {
            // the database would notice the end of the connection only when the statement is done
            cancel.run();
        }
        closed.run();
        server.socket.end(Buffer.buffer(TERMINATE));
        if (problem == null) {
            client.socket.close();
        } else {
            client.socket.end(
                    Buffer.buffer(SqlErrors.ofSession(problem).encode().encode()));
        }
    }
}
