package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static dev.redoubt.wire.Guarded.bytes;
import static dev.redoubt.wire.Guarded.lines;
import static dev.redoubt.wire.Guarded.openAi;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Answers that are compressed streams, cut inside of headers, blocks, events and characters. */
class GzipStreamProperties {
    private static final String EVENTS = event("é write to ann") + event("@example.") + event("com 😀 4111-1111-")
            + event("1111-1111.") + "data: [DONE]\n\n";
    private static final String LINES = line("é write to ann@exam") + line("ple.com now") + "{\"done\":true}\n";

    private static final RouteGuard EVENT_CHAT = openAi().chat();
    private static final RouteGuard LINE_CHAT = lines().route("POST", "/api/chat");

    private static String event(String text) {
        return "data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + text
                + "\"},\"finish_reason\":null}]}\n\n";
    }

    private static String line(String text) {
        return "{\"message\":{\"role\":\"a\",\"content\":\"" + text + "\"},\"done\":false}\n";
    }

    private static AnswerStream compressedEvents() {
        return EVENT_CHAT.stream(ContentCoding.Gzip, CLOSED);
    }

    @Property(tries = 300)
    void aCompressedStreamComesOutLikeAnUncompressedOneHoweverItIsCut(
            @ForAll @IntRange(min = 1, max = 300) int block, @ForAll @IntRange(min = 1, max = 60) int piece) {
        byte[] expected =
                Pieces.through(EVENT_CHAT.stream(CLOSED), bytes(EVENTS), 10_000).orElseThrow();
        assertThat(new String(expected, StandardCharsets.UTF_8))
                .contains("<EMAIL_ADDRESS>", "<CREDIT_CARD>")
                .doesNotContain("example");
        assertThat(Pieces.through(EVENT_CHAT.stream(ContentCoding.Gzip, CLOSED), Pieces.zipped(EVENTS, block), piece)
                        .orElseThrow())
                .isEqualTo(expected);
        assertThat(Pieces.through(LINE_CHAT.stream(ContentCoding.Gzip, CLOSED), Pieces.zipped(LINES, block), piece)
                        .orElseThrow())
                .isEqualTo(Pieces.through(LINE_CHAT.stream(CLOSED), bytes(LINES), 10_000)
                        .orElseThrow());
    }

    @Test
    void aStreamThatIsCutOffDamagedOrFollowedBySomethingIsRefused() {
        byte[] stream = Pieces.zipped(EVENTS, 40);
        byte[] damaged = stream.clone();
        damaged[stream.length - 5]++;
        for (byte[] broken : new byte[][] {
            damaged, Arrays.copyOf(stream, stream.length - 1), Arrays.copyOf(stream, stream.length + 1), bytes(EVENTS)
        }) {
            assertThat(Pieces.through(compressedEvents(), broken, 17)).isEmpty();
        }
    }

    @Test
    void nothingComesAfterARefusal() {
        AnswerStream stream = compressedEvents();
        assertThat(stream.append(bytes("no gzip"))).isInstanceOf(Outcome.Refused.class);
        assertThat(stream.append(Pieces.zipped(EVENTS, 40))).isInstanceOf(Outcome.Refused.class);
        assertThat(stream.finish()).isInstanceOf(Outcome.Refused.class);
        stream.close();
    }

    @Test
    void everyTokenComesOutWithItsBlock() {
        byte[] first = Pieces.zipped(event("good morning, "), 10_000);
        try (AnswerStream stream = compressedEvents()) {
            Outcome outcome = stream.append(Arrays.copyOf(first, first.length - 10));
            assertThat(Guarded.forwarded(outcome)).isEqualTo(event("good morning, "));
            assertThat(stream.held()).isZero();
        }
    }

    @Test
    void observingCannotPassWhatItCannotDecode() {
        AnswerStream stream = openAi().observing().chat().stream(ContentCoding.Gzip, CLOSED);
        assertThat(stream.append(bytes("no gzip"))).isInstanceOf(Outcome.Refused.class);
        stream.close();
        assertThat(Pieces.through(
                                openAi().observing().chat().stream(ContentCoding.Gzip, CLOSED),
                                Pieces.zipped(EVENTS, 40),
                                17)
                        .orElseThrow())
                .isEqualTo(bytes(EVENTS));
    }
}
