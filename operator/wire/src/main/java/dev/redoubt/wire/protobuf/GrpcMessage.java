package dev.redoubt.wire.protobuf;

import dev.redoubt.wire.frame.Frame;
import java.io.ByteArrayOutputStream;

/**
 * One message of a gRPC call, uncompressed.
 *
 * @param data the message without its prefix
 */
public record GrpcMessage(byte[] data) implements Frame {
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
        out.write(0);
        for (int shift = 24; shift >= 0; shift -= 8) {
            out.write(data.length >>> shift);
        }
        out.write(data, 0, data.length);
    }
}
