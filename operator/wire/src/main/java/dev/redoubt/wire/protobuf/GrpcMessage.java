package dev.redoubt.wire.protobuf;

import dev.redoubt.wire.frame.Frame;
import dev.redoubt.wire.frame.FrameFault;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One message of a gRPC call, uncompressed.
 *
 * @param data the message without its prefix
 */
public record GrpcMessage(byte[] data) implements Frame {
    private static final int PREFIX = 5;

    /**
     * The message of a body that holds one and nothing else.
     *
     * @throws FrameFault where it holds another number of them, or a compressed one
     */
    public static GrpcMessage only(byte[] body) throws FrameFault {
        GrpcParser parser = new GrpcParser(body.length);
        List<GrpcMessage> messages = parser.append(body);
        parser.finish();
        if (messages.size() != 1) {
            throw new FrameFault("there is not one message");
        }
        return messages.get(0);
    }

    /** The message with its prefix. */
    public byte[] framed() {
        return ByteBuffer.allocate(PREFIX + data.length)
                .put((byte) 0)
                .putInt(data.length)
                .put(data)
                .array();
    }

    @Override
    public GrpcMessage with(byte[] other) {
        return new GrpcMessage(other);
    }

    /** The end of a call is told beside its messages. */
    @Override
    public boolean closes() {
        return false;
    }

    @Override
    public void write(ByteArrayOutputStream out) {
        out.writeBytes(framed());
    }
}
