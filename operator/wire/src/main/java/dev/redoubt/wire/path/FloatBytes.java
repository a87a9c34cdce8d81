package dev.redoubt.wire.path;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
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

    /**
     * Changes vectors that stand one behind the other.
     *
     * @param width how many numbers each has
     * @throws UnfitVectorException where the bytes are not a whole number of them, or hold a number that is not finite
     */
    public static byte[] change(byte[] bytes, int width, UnaryOperator<float[]> change) throws UnfitVectorException {
        long each = (long) width * Float.BYTES;
        if (bytes.length % each != 0) {
            throw new UnfitVectorException();
        }
        byte[] changed = new byte[bytes.length];
        for (int from = 0; from < bytes.length; from += (int) each) {
            byte[] one = change(Arrays.copyOfRange(bytes, from, from + (int) each), change);
            System.arraycopy(one, 0, changed, from, one.length);
        }
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
