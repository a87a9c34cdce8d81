package dev.redoubt.wire;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;

/** Recognises vectors that stand in free content as base64 of 32-bit floats (RFC 4648 section 4). */
final class EncodedVector {
    private static final int SHORTEST = 16;

    /** No embedding has components beyond these, and of random bytes one float in five lies between them. */
    private static final float LARGEST = 1e5f;

    private static final float SMALLEST = 1e-9f;

    private EncodedVector() {}

    /** Whether a text is the base64 of at least 16 floats that the components of a vector could be, in either order of bytes. */
    static boolean isOne(byte[] text) {
        byte[] bytes = floats(text);
        return bytes != null && (isVector(bytes, ByteOrder.LITTLE_ENDIAN) || isVector(bytes, ByteOrder.BIG_ENDIAN));
    }

    /**
     * Whether a text would be taken for the base64 of floats, little end first, and is not: it has as many bytes, and they
     * make no components of a vector. It may have another order, or be hexadecimal.
     */
    static boolean isMisread(byte[] text) {
        byte[] bytes = floats(text);
        return bytes != null && !isVector(bytes, ByteOrder.LITTLE_ENDIAN);
    }

    /** The bytes of at least 16 numbers; {@code null} where the text is not the base64 of such. */
    private static byte[] floats(byte[] text) {
        if (text.length < SHORTEST * Float.BYTES || !isBase64(text)) {
            return null;
        }
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            return null;
        }
        return bytes.length % Float.BYTES == 0 && bytes.length >= SHORTEST * Float.BYTES ? bytes : null;
    }

    private static boolean isBase64(byte[] text) {
        for (byte c : text) {
            boolean word = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            if (!word && c != '+' && c != '/' && c != '=') {
                return false;
            }
        }
        return true;
    }

    private static boolean isVector(byte[] bytes, ByteOrder order) {
        ByteBuffer floats = ByteBuffer.wrap(bytes).order(order);
        while (floats.hasRemaining()) {
            float size = Math.abs(floats.getFloat());
            // NaN is in no range
            if (!(size == 0 || size >= SMALLEST && size <= LARGEST)) {
                return false;
            }
        }
        return true;
    }
}
