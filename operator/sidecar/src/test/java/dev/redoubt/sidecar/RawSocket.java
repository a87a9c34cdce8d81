package dev.redoubt.sidecar;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Bytes to and from the guard, exactly as a test wants them. */
final class RawSocket implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;

    RawSocket(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
    }

    /**
     * An answer.
     *
     * @param status −1 where the connection was closed without one
     * @param complete whether the body ended as its framing says
     */
    record Answer(int status, String head, String body, boolean complete) {}

    RawSocket send(String text) throws IOException {
        socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    void finishWriting() throws IOException {
        socket.shutdownOutput();
    }

    /** Closes with a reset instead of an orderly end. */
    void reset() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    Answer answer() throws IOException {
        String head = head();
        if (head.isEmpty()) {
            return new Answer(-1, "", "", false);
        }
        int status = Integer.parseInt(head.substring(9, 12));
        String lower = head.toLowerCase(Locale.ROOT);
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        boolean complete;
        if (status == 100) {
            complete = true;
        } else if (lower.contains("transfer-encoding: chunked")) {
            complete = chunks(body);
        } else if (!lower.contains("content-length: ")) {
            complete = true;
        } else {
            int at = lower.indexOf("content-length: ") + "content-length: ".length();
            int length = Integer.parseInt(
                    lower.substring(at, lower.indexOf('\r', at)).trim());
            byte[] bytes = socket.getInputStream().readNBytes(length);
            body.writeBytes(bytes);
            complete = bytes.length == length;
        }
        return new Answer(status, head, body.toString(StandardCharsets.UTF_8), complete);
    }

    private String head() throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = read();
            if (b < 0) {
                return "";
            }
            head.write(b);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private boolean chunks(ByteArrayOutputStream body) throws IOException {
        while (true) {
            StringBuilder size = new StringBuilder();
            int b;
            while ((b = read()) != '\n') {
                if (b < 0) {
                    return false;
                }
                size.append((char) b);
            }
            int length = Integer.parseInt(size.toString().trim(), 16);
            byte[] chunk = socket.getInputStream().readNBytes(length + 2);
            if (chunk.length < length + 2) {
                return false;
            }
            body.write(chunk, 0, length);
            if (length == 0) {
                return true;
            }
        }
    }

    /** Whether the guard ends the connection, and sends nothing more before it does. */
    boolean isClosed() throws IOException {
        return read() < 0;
    }

    private int read() throws IOException {
        InputStream in = socket.getInputStream();
        try {
            return in.read();
        } catch (SocketException e) {
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
