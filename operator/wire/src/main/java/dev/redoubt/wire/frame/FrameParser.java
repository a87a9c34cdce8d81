package dev.redoubt.wire.frame;

import java.util.List;

/** Reads the messages of a stream from pieces that are cut anywhere. Memory is bounded by the largest message. */
public interface FrameParser {
    /** The largest message of a stream in bytes, with its wrapping. */
    int LARGEST = 256 << 10;

    /**
     * Takes a piece.
     *
     * @return the messages that it completes
     * @throws FrameFault where the stream is not of the form, or a message is too large; nothing may be read on then
     */
    List<? extends Frame> append(byte[] piece) throws FrameFault;

    /** Ends the stream: what stands there counts as a message although its end is missing. */
    List<? extends Frame> finish() throws FrameFault;
}
