package dev.redoubt.wire.json;

import dev.redoubt.redact.text.EightBytes;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * SipHash-1-3 of a member name's decoded UTF-8, keyed anew in every process. Equal names always have equal hashes;
 * two different ones have them with probability 2<sup>-64</sup>, and nobody outside can look for such a pair. So a
 * hash stands for its name: for duplicates, paths and fields alike.
 *
 * <p>Source: Aumasson and Bernstein, SipHash: a fast short-input PRF, 2012.
 */
public final class NameHash {
    private static final long K0;
    private static final long K1;

    static {
        SecureRandom random = new SecureRandom();
        K0 = random.nextLong();
        K1 = random.nextLong();
    }

    private NameHash() {}

    /** Hash of a name given as text. */
    public static long of(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        return of(utf8, 0, utf8.length);
    }

    /** Hash of a name given as decoded UTF-8 in {@code [from, to)}. */
    public static long of(byte[] utf8, int from, int to) {
        long v0 = K0 ^ 0x736f6d6570736575L;
        long v1 = K1 ^ 0x646f72616e646f6dL;
        long v2 = K0 ^ 0x6c7967656e657261L;
        long v3 = K1 ^ 0x7465646279746573L;
        int p = from;
        long last = ((long) (to - from)) << 56;
        boolean more = true;
        while (more) {
            long m;
            if (to - p >= Long.BYTES) {
                m = EightBytes.at(utf8, p);
                p += Long.BYTES;
            } else {
                m = last;
                for (int shift = 0; p < to; p++, shift += 8) {
                    m |= (utf8[p] & 0xFFL) << shift;
                }
                more = false;
            }
            v3 ^= m;
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
            v0 ^= m;
        }
        v2 ^= 0xFF;
        for (int round = 0; round < 3; round++) {
            v0 += v1;
            v1 = Long.rotateLeft(v1, 13) ^ v0;
            v0 = Long.rotateLeft(v0, 32);
            v2 += v3;
            v3 = Long.rotateLeft(v3, 16) ^ v2;
            v0 += v3;
            v3 = Long.rotateLeft(v3, 21) ^ v0;
            v2 += v1;
            v1 = Long.rotateLeft(v1, 17) ^ v2;
            v2 = Long.rotateLeft(v2, 32);
        }
        return v0 ^ v1 ^ v2 ^ v3;
    }
}
