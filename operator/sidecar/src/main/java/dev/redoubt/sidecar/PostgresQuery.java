package dev.redoubt.sidecar;

import dev.redoubt.wire.postgres.FieldReader;
import dev.redoubt.wire.postgres.FieldWriter;
import dev.redoubt.wire.postgres.Message;
import dev.redoubt.wire.postgres.MessageReader;
import dev.redoubt.wire.postgres.ProtocolFault;
import dev.redoubt.wire.postgres.ServerError;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Statements of the guard's own in a session of a database, by the simple query protocol. */
final class PostgresQuery {
    private static final int MOST_BYTES = 1 << 20;
    private static final byte[] TERMINATE = new Message('X', new byte[0]).encode();

    private final NetSocket socket;
    private MessageReader reader;
    private List<String> rows;
    private Exception error;
    private Promise<List<String>> answer;

    /** @param session one that nobody else uses */
    PostgresQuery(PostgresLogin.Session session) {
        socket = session.socket();
        socket.handler(this::received);
        socket.closeHandler(closed -> failed(new ProtocolFault("the server closed the connection")));
        socket.exceptionHandler(this::failed);
        socket.resume();
    }

    /**
     * Runs statements.
     *
     * @return the first column of every row, as text; fails with {@link SqlException} where the database refuses
     */
    Future<List<String>> run(String statements) {
        reader = new MessageReader(MOST_BYTES);
        rows = new ArrayList<>();
        error = null;
        answer = Promise.promise();
        byte[] sql = statements.getBytes(StandardCharsets.UTF_8);
        socket.write(
                Buffer.buffer(new FieldWriter().bytes(sql).int8(0).message('Q').encode()));
        return answer.future();
    }

    /** Ends the session; what was not committed is undone. */
    void close() {
        socket.end(Buffer.buffer(TERMINATE));
    }

    private void received(Buffer piece) {
        if (answer == null) {
            return;
        }
        try {
            reader.append(piece.getBytes());
            for (Message message = reader.next(); message != null; message = reader.next()) {
                take(message);
            }
        } catch (ProtocolFault e) {
            failed(e);
        }
    }

    private void take(Message message) throws ProtocolFault {
        switch (message.type()) {
            case 'D' -> {
                FieldReader fields = message.fields();
                if (fields.int16() > 0) {
                    rows.add(new String(fields.value(), StandardCharsets.UTF_8));
                }
            }
            case ServerError.TYPE -> error = new SqlException(ServerError.sqlState(message));
            case 'Z' -> {
                if (error == null) {
                    answer.tryComplete(rows);
                } else {
                    answer.tryFail(error);
                }
            }
            default -> {
                // descriptions, tags and notices are told to nobody
            }
        }
    }

    private void failed(Throwable failure) {
        if (answer != null) {
            answer.tryFail(failure);
        }
    }

    /** The database refused. */
    static final class SqlException extends Exception {
        private final String sqlState;

        SqlException(String sqlState) {
            super("SQLSTATE " + sqlState, null, false, false);
            this.sqlState = sqlState;
        }

        String sqlState() {
            return sqlState;
        }
    }
}
