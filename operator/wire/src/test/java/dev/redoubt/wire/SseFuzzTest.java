package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;

/** Bytes as a stream of events, whole and in pieces of a size that the first byte tells. */
class SseFuzzTest {
    private static final RouteGuard CHAT =
            Guarded.openAi().finding("EMAIL_ADDRESS", "CREDIT_CARD").chat();

    @FuzzTest
    void stream(byte[] data) {
        // what goes out is a stream that can be read again
        Pieces.anyhow(() -> CHAT.stream(CLOSED), data)
                .ifPresent(out -> assertThat(Pieces.through(CHAT.stream(CLOSED), out, out.length + 1))
                        .isPresent());
    }
}
