package dev.redoubt.wire.protobuf;

import dev.redoubt.wire.frame.FrameFault;
import dev.redoubt.wire.frame.FrameParser;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads the length-prefixed messages of a gRPC call: a byte that tells whether the message is compressed, four of its
 * length, the message. Compressed ones are refused; a call must have been told so by its headers. Memory grows with what
 * arrives, not with what is announced.
 *
 * <p>Source: gRPC over HTTP2, section Requests, Length-Prefixed-Message.
 */
public final class GrpcParser implements FrameParser {
    private static final int PREFIX = 5;

    private final int most;
    private byte[] bytes = new byte[1024];
    private int length;

    /** @param most the largest message in bytes */
    public GrpcParser(int most) {
        this.most = most;
    }

    @Override
    public List<GrpcMessage> append(byte[] piece) throws FrameFault {
        List<GrpcMessage> messages = new ArrayList<>();
        int from = 0;
        while (from < piece.length) {
            int wanted = length < PREFIX ? PREFIX : PREFIX + announced();
            int taken = Math.min(piece.length - from, wanted - length);
            keep(piece, from, taken);
            from += taken;
            if (length >= PREFIX && length == PREFIX + announced()) {
                messages.add(new GrpcMessage(Arrays.copyOfRange(bytes, PREFIX, length)));
                length = 0;
            }
        }
        return messages;
    }

    @Override
    public List<GrpcMessage> finish() throws FrameFault {
        if (length > 0) {
            throw new FrameFault("a message is cut off");
        }
        return List.of();
    }

    private void keep(byte[] piece, int from, int count) {
        if (length + count > bytes.length) {
            bytes = Arrays.copyOf(bytes, Math.max(length + count, bytes.length * 2));
        }
        System.arraycopy(piece, from, bytes, length, count);
        length += count;
    }

    private int announced() throws FrameFault {
        if (bytes[0] != 0) {
            throw new FrameFault("a message is compressed");
        }
        int announced = 0;
        for (int i = 1; i < PREFIX; i++) {
            announced = announced << 8 | bytes[i] & 0xFF;
        }
        if (announced < 0 || announced > most) {
            throw new FrameFault("a message is too large");
        }
        return announced;
    }
}
