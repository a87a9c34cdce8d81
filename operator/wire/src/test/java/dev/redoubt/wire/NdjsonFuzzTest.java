package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.redoubt.wire.json.JsonDocuments;
import java.nio.charset.StandardCharsets;

/** Bytes as lines of JSON, whole and as a stream in pieces of a size that the first byte tells. */
class NdjsonFuzzTest {
    private static final Guarded GUARDED = Guarded.lines().finding("EMAIL_ADDRESS");
    private static final RouteGuard BULK = GUARDED.route("POST", "/_bulk");
    private static final RouteGuard CHAT = GUARDED.route("POST", "/api/chat");

    @FuzzTest
    void body(byte[] data) {
        if (BULK.read(data).apply(CLOSED) instanceof Outcome.Forward forward) {
            requireLines(forward.body());
            assertThat(BULK.read(forward.body()).apply(CLOSED))
                    .isInstanceOfSatisfying(Outcome.Forward.class, again -> assertThat(again.body())
                            .isSameAs(forward.body()));
        }
    }

    @FuzzTest
    void stream(byte[] data) {
        Pieces.anyhow(() -> CHAT.stream(CLOSED), data).ifPresent(NdjsonFuzzTest::requireLines);
    }

    private static void requireLines(byte[] body) {
        for (String line : new String(body, StandardCharsets.UTF_8).split("\n")) {
            if (!line.isBlank()) {
                assertThat(JsonDocuments.tree(line.getBytes(StandardCharsets.UTF_8)))
                        .isPresent();
            }
        }
    }
}
