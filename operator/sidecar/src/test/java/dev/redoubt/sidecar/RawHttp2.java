package dev.redoubt.sidecar;

import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Frames of HTTP/2 to and from the guard, exactly as a test wants them. */
final class RawHttp2 implements AutoCloseable {
    static final String PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
    static final int DATA = 0;
    static final int HEADERS = 1;
    static final int RST_STREAM = 3;
    static final int SETTINGS = 4;
    static final int GOAWAY = 7;
    static final int CONTINUATION = 9;
    static final int END_STREAM = 1;
    static final int END_HEADERS = 4;

    private static final int PRIORITY = 0x20;
    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket;
    private final DataInputStream in;
    private final DefaultHttp2HeadersDecoder headers = new DefaultHttp2HeadersDecoder();

    RawHttp2(int port) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new DataInputStream(socket.getInputStream());
    }

    /** A connection whose preface is sent. */
    static RawHttp2 open(int port) throws IOException {
        RawHttp2 http = new RawHttp2(port);
        http.bytes(PREFACE.getBytes(StandardCharsets.US_ASCII));
        http.frame(SETTINGS, 0, 0, new byte[0]);
        return http;
    }

    /**
     * What the guard says of a stream, or of the connection.
     *
     * @param type of the frame that tells it
     * @param code status of an answer, error code of anything else; −1 for a connection that just ends
     */
    record Said(int type, int code) {}

    void bytes(byte[] bytes) throws IOException {
        socket.getOutputStream().write(bytes);
    }

    void frame(int type, int flags, int stream, byte[] payload) throws IOException {
        ByteBuffer frame = ByteBuffer.allocate(9 + payload.length);
        frame.put((byte) (payload.length >>> 16)).putShort((short) payload.length);
        frame.put((byte) type).put((byte) flags).putInt(stream).put(payload);
        bytes(frame.array());
    }

    /** Fields as pairs of name and value, neither indexed nor compressed. */
    static byte[] fields(String... pairs) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        for (int i = 0; i < pairs.length; i += 2) {
            block.write(0);
            text(pairs[i], block);
            text(pairs[i + 1], block);
        }
        return block.toByteArray();
    }

    private static void text(String text, ByteArrayOutputStream block) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        if (bytes.length < 127) {
            block.write(bytes.length);
        } else {
            block.write(127);
            int rest = bytes.length - 127;
            for (; rest >= 128; rest >>>= 7) {
                block.write(rest & 127 | 128);
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    /** Reads until something is said of a stream, or the connection ends. */
    Said said(int stream) throws Exception {
        try {
            while (true) {
                int length = in.readUnsignedByte() << 16 | in.readUnsignedShort();
                int type = in.readUnsignedByte();
                int flags = in.readUnsignedByte();
                int of = in.readInt();
                byte[] payload = in.readNBytes(length);
                if (type == SETTINGS && (flags & 1) == 0) {
                    frame(SETTINGS, 1, 0, new byte[0]);
                } else if (type == HEADERS && of == stream) {
                    int skipped = (flags & PRIORITY) == 0 ? 0 : 5;
                    CharSequence status = headers.decodeHeaders(
                                    of, Unpooled.wrappedBuffer(payload, skipped, payload.length - skipped))
                            .status();
                    return new Said(type, Integer.parseInt(status.toString()));
                } else if (type == RST_STREAM && of == stream) {
                    return new Said(type, ByteBuffer.wrap(payload).getInt());
                } else if (type == GOAWAY) {
                    return new Said(type, ByteBuffer.wrap(payload).getInt(4));
                }
            }
        } catch (EOFException | SocketException e) {
            return new Said(-1, -1);
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
