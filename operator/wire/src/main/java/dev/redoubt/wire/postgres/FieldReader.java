package dev.redoubt.wire.postgres;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** Reads the fields of a message's body one after the other. Every read checks that the field is really there. */
public final class FieldReader {
    private final byte[] body;
    private int position;

    public FieldReader(byte[] body) {
        this.body = body;
    }

    public int int8() throws ProtocolFault {
        return number(1);
    }

    /** An unsigned number of two bytes: counts of parameters and columns are (PostgreSQL allows 65535 parameters). */
    public int int16() throws ProtocolFault {
        return number(2);
    }

    public int int32() throws ProtocolFault {
        return number(4);
    }

    private int number(int bytes) throws ProtocolFault {
        require(bytes);
        int number = 0;
        for (int i = 0; i < bytes; i++) {
            number = number << 8 | body[position++] & 0xff;
        }
        return number;
    }

    /** The bytes before the next zero byte, which is read too. */
    public byte[] terminated() throws ProtocolFault {
        for (int end = position; end < body.length; end++) {
            if (body[end] == 0) {
                byte[] text = Arrays.copyOfRange(body, position, end);
                position = end + 1;
                return text;
            }
        }
        throw new ProtocolFault("a text without an end");
    }

    /** The same as a string, for names of the protocol. */
    public String name() throws ProtocolFault {
        return new String(terminated(), StandardCharsets.UTF_8);
    }

    /**
     * As many bytes as the length before them says.
     *
     * @return {@code null} where the length is -1, which stands for SQL's null
     */
    public byte[] value() throws ProtocolFault {
        int length = int32();
        return length == -1 ? null : bytes(length);
    }

    public byte[] bytes(int length) throws ProtocolFault {
        require(length);
        position += length;
        return Arrays.copyOfRange(body, position - length, position);
    }

    /** Everything that was not read yet. */
    public byte[] rest() {
        byte[] rest = Arrays.copyOfRange(body, position, body.length);
        position = body.length;
        return rest;
    }

    public boolean atEnd() {
        return position == body.length;
    }

    /** Checks that nothing follows: what is not looked at must not go on. */
    public void end() throws ProtocolFault {
        if (!atEnd()) {
            throw new ProtocolFault("bytes behind the last field");
        }
    }

    private void require(int bytes) throws ProtocolFault {
        if (bytes < 0 || bytes > body.length - position) {
            throw new ProtocolFault("a field that is longer than its message");
        }
    }
}
