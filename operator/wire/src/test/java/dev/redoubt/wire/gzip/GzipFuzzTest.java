package dev.redoubt.wire.gzip;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;

/** Bytes as gzip, in pieces of a size that the first byte tells: refused, or what the JDK reads. */
class GzipFuzzTest {
    private static final int MOST = 1 << 20;

    @FuzzTest
    void decode(byte[] data) throws IOException {
        if (data.length == 0) {
            return;
        }
        byte[] member = Arrays.copyOfRange(data, 1, data.length);
        byte[] cut = inPieces(member, 1 + (data[0] & 0xFF));
        byte[] whole = whole(member);
        assertThat(cut).isEqualTo(whole);
        if (whole != null) {
            assertThat(whole).isEqualTo(new GZIPInputStream(new ByteArrayInputStream(member)).readAllBytes());
        }
    }

    /** The content; {@code null} where it is refused. */
    private static byte[] whole(byte[] member) {
        try {
            return GzipDecoder.decode(member, MOST);
        } catch (GzipFault e) {
            return null;
        }
    }

    private static byte[] inPieces(byte[] member, int size) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GzipDecoder decoder = new GzipDecoder(MOST)) {
            for (int from = 0; from < member.length; from += size) {
                out.writeBytes(decoder.append(Arrays.copyOfRange(member, from, Math.min(member.length, from + size))));
            }
            decoder.finish();
            return out.toByteArray();
        } catch (GzipFault e) {
            return null;
        }
    }
}
