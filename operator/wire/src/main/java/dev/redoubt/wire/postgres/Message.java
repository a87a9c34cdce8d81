package dev.redoubt.wire.postgres;

import java.util.Objects;

/**
 * One message of PostgreSQL's frontend/backend protocol 3, as it is after the startup (PostgreSQL documentation, 53.7).
 *
 * @param type the byte that says what it is
 * @param body what follows the length
 */
public record Message(char type, byte[] body) {
    private static final int TYPE = 1;
    private static final int LENGTH = 4;

    public Message {
        Objects.requireNonNull(body, "body");
    }

    /** The message as it goes over the wire. */
    public byte[] encode() {
        byte[] encoded = new byte[size()];
        encoded[0] = (byte) type;
        int length = LENGTH + body.length;
        for (int i = 0; i < LENGTH; i++) {
            encoded[TYPE + i] = (byte) (length >>> 8 * (LENGTH - 1 - i));
        }
        System.arraycopy(body, 0, encoded, TYPE + LENGTH, body.length);
        return encoded;
    }

    /** Bytes that it takes on the wire. */
    public int size() {
        return TYPE + LENGTH + body.length;
    }

    /** The fields of the body, from its first. */
    public FieldReader fields() {
        return new FieldReader(body);
    }

    /** Says what it is and not what it holds. */
    @Override
    public String toString() {
        return "Message[" + type + ", bytes=" + body.length + "]";
    }
}
