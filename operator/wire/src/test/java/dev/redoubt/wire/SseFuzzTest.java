package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.Optional;

/** Bytes as a stream of events, whole and in pieces of a size that the first byte tells. */
class SseFuzzTest {
    private static final RouteGuard CHAT =
            Guarded.openAi().finding("EMAIL_ADDRESS", "CREDIT_CARD").chat();

    @FuzzTest
    void stream(byte[] data) {
        if (data.length == 0) {
            return;
        }
        byte[] stream = Arrays.copyOfRange(data, 1, data.length);
        Optional<byte[]> whole = Pieces.through(CHAT.stream(CLOSED), stream, stream.length + 1);
        Optional<byte[]> cut = Pieces.through(CHAT.stream(CLOSED), stream, 1 + (data[0] & 0xFF));
        assertThat(cut.isPresent()).isEqualTo(whole.isPresent());
        whole.ifPresent(out -> {
            assertThat(cut.orElseThrow()).isEqualTo(out);
            // what goes out is a stream that can be read again
            assertThat(Pieces.through(CHAT.stream(CLOSED), out, out.length + 1)).isPresent();
        });
    }
}
