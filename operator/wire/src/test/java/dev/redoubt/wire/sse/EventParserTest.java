package dev.redoubt.wire.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.wire.frame.FrameFault;
import dev.redoubt.wire.frame.FrameParser;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class EventParserTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Events of a stream that comes in pieces of a size, as a text. */
    private static List<String> events(String stream, int size) throws FrameFault {
        EventParser parser = new EventParser();
        List<ServerEvent> events = new ArrayList<>();
        byte[] all = bytes(stream);
        for (int from = 0; from < all.length; from += size) {
            events.addAll(parser.append(Arrays.copyOfRange(all, from, Math.min(all.length, from + size))));
        }
        events.addAll(parser.finish());
        return events.stream()
                .map(event -> event.data() == null
                        ? "comment"
                        : event.name() + "=" + new String(event.data(), StandardCharsets.UTF_8))
                .toList();
    }

    @Test
    void linesMayEndAndPiecesMayBeCutInEveryWay() throws FrameFault {
        String stream = "\uFEFFdata: {\"é\":\n\n"
                + ": a comment\n"
                + "event: delta\r\ndata:one\r\ndata: two\r\n\r\n"
                + "data: three\r\r"
                + "id: 7\nretry: 5\nunknown: x\ndata\n\n"
                + "event: lost\n\n"
                + "data:  two spaces\n\n"
                + "data: [DONE]";
        for (int size = 1; size <= stream.length() + 8; size++) {
            assertThat(events(stream, size))
                    .as("pieces of " + size)
                    .containsExactly(
                            "null={\"é\":",
                            "comment",
                            "delta=one\ntwo",
                            "null=three",
                            "null=",
                            "null= two spaces",
                            "null=[DONE]");
        }
    }

    @Test
    void anEventIsCompleteAsSoonAsItsLastByteIsThere() throws FrameFault {
        EventParser parser = new EventParser();
        assertThat(parser.append(bytes("data: a\r\n\r"))).hasSize(1);
        assertThat(parser.append(bytes("\ndata: b\n\n"))).hasSize(1);
    }

    @Test
    void anEventBeyondTheBoundEndsTheStream() {
        EventParser parser = new EventParser();
        assertThatThrownBy(() -> parser.append(bytes("data: " + "x".repeat(FrameParser.LARGEST))))
                .isInstanceOf(FrameFault.class);
        EventParser lines = new EventParser();
        assertThatThrownBy(() -> {
                    for (int i = 0; i < FrameParser.LARGEST; i++) {
                        lines.append(bytes("data: 0123456789\n"));
                    }
                })
                .isInstanceOf(FrameFault.class);
    }

    @Test
    void aNameThatIsTextEndsTheStream() {
        assertThatThrownBy(() -> events("event: ann@example.com\ndata: 1\n\n", 100))
                .isInstanceOf(FrameFault.class);
        assertThatThrownBy(() -> events("event: " + "a".repeat(65) + "\ndata: 1\n\n", 100))
                .isInstanceOf(FrameFault.class);
    }

    @Test
    void whatIsWrittenIsReadBack() throws FrameFault {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ServerEvent("delta", bytes("{\n \"a\": 1\n}")).write(out);
        ServerEvent.COMMENT.write(out);
        new ServerEvent(null, bytes("x")).write(out);
        assertThat(events(out.toString(StandardCharsets.UTF_8), 3))
                .containsExactly("delta={\n \"a\": 1\n}", "comment", "null=x");
    }
}
