package dev.redoubt.redact.text;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Eight bytes of an array read at once, as a number in which the first of them is the lowest. */
public final class EightBytes {
    /** The lowest bit of each byte; times a byte it is that byte eight times. */
    public static final long ONES = 0x0101010101010101L;

    /** The highest bit of each byte. */
    public static final long HIGHS = 0x80 * ONES;

    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private EightBytes() {}

    /** Those from a place on, which must all be there. */
    public static long at(byte[] bytes, int place) {
        return (long) LONGS.get(bytes, place);
    }

    /** Not 0 where one of the bytes is 0; the lowest bit that is set is the highest of the first such byte. */
    public static long zero(long bytes) {
        return bytes - ONES & ~bytes & HIGHS;
    }
}
