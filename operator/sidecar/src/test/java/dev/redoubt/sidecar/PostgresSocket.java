package dev.redoubt.sidecar;

import dev.redoubt.wire.postgres.FieldReader;
import dev.redoubt.wire.postgres.FieldWriter;
import dev.redoubt.wire.postgres.Message;
import dev.redoubt.wire.postgres.MessageReader;
import dev.redoubt.wire.postgres.ProtocolFault;
import dev.redoubt.wire.postgres.ServerError;
import java.io.IOException;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** PostgreSQL's protocol to a guard, message by message, for what no driver would send. */
final class PostgresSocket implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final byte[] TLS_REQUEST =
            new FieldWriter().int32(8).int16(1234).int16(5679).body();

    private final MessageReader reader = new MessageReader(1 << 26);
    private Socket socket;
    private int process;
    private byte[] secret;

    PostgresSocket(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    /** A session that has begun. */
    static PostgresSocket login(int port, String user, String key) throws IOException, ProtocolFault {
        PostgresSocket socket = new PostgresSocket(port).secure();
        socket.start(Map.of("user", user, "database", "postgres"));
        socket.key(key);
        for (Message message : socket.until('Z')) {
            if (message.type() == 'K') {
                FieldReader fields = message.fields();
                socket.process = fields.int32();
                socket.secret = fields.rest();
            }
        }
        return socket;
    }

    PostgresSocket raw(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
        return this;
    }

    PostgresSocket send(Message... messages) throws IOException {
        FieldWriter all = new FieldWriter();
        for (Message message : messages) {
            all.bytes(message.encode());
        }
        return raw(all.body());
    }

    /** Asks for TLS; returns the one byte of the answer, -1 where the connection is closed. */
    int askForTls(byte... behind) throws IOException {
        return ask(new FieldWriter().bytes(TLS_REQUEST).bytes(behind).body());
    }

    /** The one byte that answers a request. */
    int ask(byte[] request) throws IOException {
        raw(request);
        return socket.getInputStream().read();
    }

    PostgresSocket secure() throws IOException {
        if (askForTls() != 'S') {
            throw new IOException("no TLS here");
        }
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(null, new TrustManager[] {new TrustingManager()}, new SecureRandom());
            SSLSocket secure = (SSLSocket) context.getSocketFactory().createSocket(socket, "localhost", 5432, true);
            secure.setSoTimeout(PATIENCE_MILLIS);
            secure.startHandshake();
            socket = secure;
        } catch (GeneralSecurityException e) {
            throw new IOException(e);
        }
        return this;
    }

    PostgresSocket start(Map<String, String> parameters) throws IOException {
        FieldWriter fields = new FieldWriter().int32(3 << 16);
        parameters.forEach((name, value) -> fields.terminated(name).terminated(value));
        byte[] body = fields.int8(0).body();
        return raw(new FieldWriter().int32(body.length + 4).bytes(body).body());
    }

    PostgresSocket key(String key) throws IOException {
        return send(new FieldWriter().terminated(key).message('p'));
    }

    /** The next message; {@code null} where the connection is closed. */
    Message next() throws IOException, ProtocolFault {
        byte[] piece = new byte[1 << 16];
        Message message = reader.next();
        while (message == null) {
            int length = socket.getInputStream().read(piece);
            if (length < 0) {
                return null;
            }
            reader.append(Arrays.copyOf(piece, length));
            message = reader.next();
        }
        return message;
    }

    /** Messages up to one of a type, which is the last; up to the end of the connection where none is. */
    List<Message> until(char type) throws IOException, ProtocolFault {
        List<Message> messages = new ArrayList<>();
        for (Message message = next(); message != null; message = next()) {
            messages.add(message);
            if (message.type() == type) {
                break;
            }
        }
        return messages;
    }

    /** Runs SQL; the types of the answers in one word, errors with their SQLSTATE and tags as they are. */
    String query(String sql) throws IOException, ProtocolFault {
        send(new FieldWriter().terminated(sql).message('Q'));
        return told(until('Z'));
    }

    static String told(List<Message> messages) throws ProtocolFault {
        StringBuilder told = new StringBuilder();
        for (Message message : messages) {
            told.append(message.type());
            if (message.type() == 'E') {
                told.append('(').append(ServerError.sqlState(message)).append(')');
            } else if (message.type() == 'C') {
                told.append('(').append(message.fields().name()).append(')');
            } else if (message.type() == 'Z') {
                told.append((char) message.body()[0]);
            }
        }
        return told.toString();
    }

    int process() {
        return process;
    }

    byte[] secret() {
        return secret;
    }

    void finishWriting() throws IOException {
        socket.shutdownOutput();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    /** What is tested is the protocol, not the certificate. */
    private static final class TrustingManager implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // anybody
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // anybody
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
