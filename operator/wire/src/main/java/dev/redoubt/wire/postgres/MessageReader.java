package dev.redoubt.wire.postgres;

import java.util.Arrays;

/**
 * Reads messages from pieces that are cut anywhere. Takes memory for what has come, never for what a length announces.
 */
public final class MessageReader {
    private static final int HEADER = 5;
    private static final int LENGTH = 4;

    private final int most;
    private byte[] buffer = new byte[0];
    private int from;
    private int to;

    /** @param most the largest message that is read, its header included */
    public MessageReader(int most) {
        this.most = most;
    }

    /** Takes the next piece. */
    public void append(byte[] piece) {
        int kept = to - from;
        if (buffer.length - to < piece.length) {
            byte[] target = kept + piece.length > buffer.length / 2
                    ? new byte[Math.max(kept + piece.length, Math.min(buffer.length * 2, most))]
                    : buffer;
            System.arraycopy(buffer, from, target, 0, kept);
            buffer = target;
            from = 0;
            to = kept;
        }
        System.arraycopy(piece, 0, buffer, to, piece.length);
        to += piece.length;
    }

    /**
     * The next message.
     *
     * @return {@code null} where it is not complete
     * @throws ProtocolFault where its length is none that a message can have, or too large
     */
    public Message next() throws ProtocolFault {
        if (to - from < HEADER) {
            return null;
        }
        long length = 0;
        for (int i = 1; i < HEADER; i++) {
            length = length << 8 | buffer[from + i] & 0xff;
        }
        if (length < LENGTH) {
            throw new ProtocolFault("a message that is shorter than its header");
        }
        if (length + 1 > most) {
            throw new ProtocolFault("a message that is too large");
        }
        int end = from + 1 + (int) length;
        if (end > to) {
            return null;
        }
        Message message = new Message((char) (buffer[from] & 0xff), Arrays.copyOfRange(buffer, from + HEADER, end));
        from = end;
        if (from == to) {
            from = 0;
            to = 0;
            // a large message is rare, and its buffer is not kept for the small ones that follow
            buffer = buffer.length > 1 << 16 ? new byte[0] : buffer;
        }
        return message;
    }

    /** Bytes of messages that are not complete. */
    public int held() {
        return to - from;
    }
}
