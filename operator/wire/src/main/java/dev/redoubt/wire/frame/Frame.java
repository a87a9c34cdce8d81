package dev.redoubt.wire.frame;

import java.io.ByteArrayOutputStream;

/** One message of a stream, in the wrapping that the stream gives it. */
public interface Frame {
    /** The message; {@code null} where there is none, such as in a comment. */
    byte[] data();

    /** The same wrapping around another message. */
    Frame with(byte[] data);

    /** Whether this is the sender's word that no message follows. */
    boolean closes();

    /** Writes it as a stream has it. */
    void write(ByteArrayOutputStream out);
}
