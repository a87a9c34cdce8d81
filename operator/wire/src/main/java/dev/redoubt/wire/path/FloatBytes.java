package dev.redoubt.wire.path;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.function.UnaryOperator;

/** Vectors as floats of four bytes, little end first. */
public final class FloatBytes {
    private FloatBytes() {}

    /**
     * Changes a vector.
     *
     * @throws UnfitVectorException where the bytes are no whole number of floats, or one that is not finite
     */
    public static byte[] change(byte[] bytes, UnaryOperator<float[]> change) throws UnfitVectorException {
        if (bytes.length % Float.BYTES != 0) {
            throw new UnfitVectorException();
        }
        float[] vector = new float[bytes.length / Float.BYTES];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(vector);
        byte[] changed = new byte[bytes.length];
        ByteBuffer.wrap(changed).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().put(changed(vector, change));
        return changed;
    }

    /** A changed vector; one with a number that is not finite is none. */
    public static float[] changed(float[] vector, UnaryOperator<float[]> change) throws UnfitVectorException {
        try {
            return change.apply(vector);
        } catch (IllegalArgumentException e) {
            throw new UnfitVectorException();
        }
    }
}
