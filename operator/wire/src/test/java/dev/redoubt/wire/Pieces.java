package dev.redoubt.wire;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;

/** Bodies in pieces: streams that are taken in pieces of one size, and what is compressed in blocks of one size. */
final class Pieces {
    private Pieces() {}

    /** Compressed in blocks that end after a number of bytes. */
    static byte[] zipped(byte[] content, int block) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out, 512, true)) {
            for (int from = 0; from < content.length; from += block) {
                gzip.write(content, from, Math.min(block, content.length - from));
                gzip.flush();
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    static byte[] zipped(String content, int block) {
        return zipped(Guarded.bytes(content), block);
    }

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
