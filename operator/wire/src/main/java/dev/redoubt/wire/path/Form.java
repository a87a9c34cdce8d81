package dev.redoubt.wire.path;

import dev.redoubt.wire.frame.MessageFault;

/** How messages are written, and what is looked for in them. */
public interface Form {
    /**
     * Reads a message.
     *
     * @param message all of it
     * @param into those of a message that is done with; they become those of this one
     * @throws MessageFault where the bytes are not one
     */
    Draft read(byte[] message, Hits into) throws MessageFault;
}
