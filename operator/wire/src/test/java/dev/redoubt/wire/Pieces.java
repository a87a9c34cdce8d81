package dev.redoubt.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/** Bodies in pieces: streams that are taken in pieces of one size, and what is compressed in blocks of one size. */
public final class Pieces {
    private Pieces() {}

    /** Compressed in blocks that end after a number of bytes. */
    public static byte[] zipped(byte[] content, int block) {
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

    /**
     * All that comes out of a fuzzer's data, in which a stream stands behind a byte that tells the size of its pieces: the same
     * whether it comes in these or as a whole.
     */
    static Optional<byte[]> anyhow(Supplier<AnswerStream> streams, byte[] data) {
        if (data.length == 0) {
            return Optional.empty();
        }
        byte[] stream = Arrays.copyOfRange(data, 1, data.length);
        Optional<byte[]> whole = through(streams.get(), stream, stream.length + 1);
        Optional<byte[]> cut = through(streams.get(), stream, 1 + (data[0] & 0xFF));
        assertThat(cut.isPresent()).isEqualTo(whole.isPresent());
        whole.ifPresent(out -> assertThat(cut.orElseThrow()).isEqualTo(out));
        return whole;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
