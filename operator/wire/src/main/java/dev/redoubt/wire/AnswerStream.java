package dev.redoubt.wire;

/** An answer that is checked and edited as it comes, in pieces that are cut anywhere. For one thread at a time. */
public interface AnswerStream extends AutoCloseable {
    /**
     * Takes a piece of the stream. Reports tell what is new since the last one, texts when they have ended.
     *
     * @return the bytes to send now, or a refusal: then the stream is over, and nothing of this piece is sent
     */
    Outcome append(byte[] piece);

    /** Ends the stream. Returns what was held back. */
    Outcome finish();

    /** Bytes of texts that are held back now. */
    int held();

    /** Gives back what it holds. */
    @Override
    void close();
}
