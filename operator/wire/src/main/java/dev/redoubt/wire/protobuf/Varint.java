package dev.redoubt.wire.protobuf;

import java.util.Arrays;

/** Numbers of variable length, seven bits in a byte. */
final class Varint {
    private Varint() {}

    /** The shortest form of a number that is not negative. */
    static byte[] of(int number) {
        byte[] bytes = new byte[5];
        int size = 0;
        int rest = number;
        while (rest > 0x7F) {
            bytes[size++] = (byte) (rest | 0x80);
            rest >>>= 7;
        }
        bytes[size++] = (byte) rest;
        return Arrays.copyOf(bytes, size);
    }
}
