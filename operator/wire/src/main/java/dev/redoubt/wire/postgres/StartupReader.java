package dev.redoubt.wire.postgres;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;

/** Reads one startup packet from pieces that are cut anywhere. */
public final class StartupReader {
    private static final int LENGTH = 4;
    private static final int SHORTEST = 8;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private byte[] rest;

    /**
     * Takes the next piece.
     *
     * @return {@code null} where the packet is not complete
     * @throws ProtocolFault where it is none
     */
    public StartupPacket append(byte[] piece) throws ProtocolFault {
        bytes.writeBytes(piece);
        if (bytes.size() < LENGTH) {
            return null;
        }
        byte[] all = bytes.toByteArray();
        int length = new FieldReader(all).int32();
        if (length < SHORTEST || length > StartupPacket.MOST_BYTES) {
            throw new ProtocolFault("a first packet that is none of PostgreSQL's");
        }
        if (all.length < length) {
            return null;
        }
        rest = Arrays.copyOfRange(all, length, all.length);
        bytes.reset();
        return StartupPacket.read(Arrays.copyOfRange(all, LENGTH, length));
    }

    /** What came behind the packet. */
    public byte[] rest() {
        return rest;
    }
}
