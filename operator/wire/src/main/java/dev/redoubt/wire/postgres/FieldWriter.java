package dev.redoubt.wire.postgres;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes the fields of a message's body, as {@link FieldReader} reads them. */
public final class FieldWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    public FieldWriter int8(int number) {
        out.write(number);
        return this;
    }

    public FieldWriter int16(int number) {
        out.write(number >>> 8);
        out.write(number);
        return this;
    }

    public FieldWriter int32(int number) {
        return int16(number >>> 16).int16(number);
    }

    /** A text and the zero byte that ends it. */
    public FieldWriter terminated(byte[] text) {
        return bytes(text).int8(0);
    }

    public FieldWriter terminated(String text) {
        return terminated(text.getBytes(StandardCharsets.UTF_8));
    }

    /** A value behind its length; {@code null} for SQL's null. */
    public FieldWriter value(byte[] value) {
        return value == null ? int32(-1) : int32(value.length).bytes(value);
    }

    public FieldWriter bytes(byte[] bytes) {
        out.writeBytes(bytes);
        return this;
    }

    public byte[] body() {
        return out.toByteArray();
    }

    /** The message of a type with what was written. */
    public Message message(char type) {
        return new Message(type, body());
    }
}
