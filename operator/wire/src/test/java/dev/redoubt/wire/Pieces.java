package dev.redoubt.wire;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.Optional;

/** A stream that is taken in pieces of one size. */
final class Pieces {
    private Pieces() {}

    /** All that comes out; empty where the stream is refused. */
    static Optional<byte[]> through(AnswerStream stream, byte[] bytes, int size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (stream) {
            for (int from = 0; from < bytes.length; from += size) {
                Outcome outcome = stream.append(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size)));
                if (!(outcome instanceof Outcome.Forward forward)) {
                    return Optional.empty();
                }
                out.writeBytes(forward.body());
            }
            return stream.finish() instanceof Outcome.Forward last
                    ? Optional.of(concat(out.toByteArray(), last.body()))
                    : Optional.empty();
        }
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
