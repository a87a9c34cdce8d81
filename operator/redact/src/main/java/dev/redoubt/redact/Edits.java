package dev.redoubt.redact;

/**
 * Is told what becomes of the bytes of a stream, in their order. For callers whose text stands for other bytes, such as
 * escapes, which they can thus keep as they were written.
 */
public interface Edits {
    /** The next bytes of the input go on unchanged. */
    void keep(int bytes);

    /**
     * The next bytes of the input do not go on, others do in their place.
     *
     * @param bytes how many, 0 where others are put between
     * @param by UTF-8, of length 0 where nothing takes their place
     */
    void replace(int bytes, byte[] by);
}
