package dev.redoubt.wire.protobuf;

import java.util.Arrays;

/**
 * Numbers of variable length, seven bits in a byte.
 *
 * <p>Source: Protocol Buffers, Encoding, section Base 128 Varints.
 */
public final class Varint {
    private static final int LONGEST = 10;

    private Varint() {}

    /** The shortest form of a number; a negative one is that of its 64 bits. */
    public static byte[] of(long number) {
        byte[] bytes = new byte[LONGEST];
        int size = 0;
        long rest = number;
        while ((rest & ~0x7FL) != 0) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return Arrays.copyOf(bytes, size);
    }

    /** The number that is written at a place, which was checked before. */
    static long at(byte[] in, int from) {
        long number = 0;
        int p = from;
        for (int shift = 0; ; shift += 7) {
            byte b = in[p++];
            number |= (b & 0x7FL) << shift;
            if (b >= 0) {
                return number;
            }
        }
    }

    /** The place behind the number that is written at a place, which was checked before. */
    static int end(byte[] in, int from) {
        int p = from;
        while (in[p] < 0) {
            p++;
        }
        return p + 1;
    }
}
