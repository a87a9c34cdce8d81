package dev.redoubt.wire.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.wire.frame.FrameFault;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class GrpcParserProperties {
    private static final int MOST = 5000;

    @Property(tries = 1000)
    void whatIsWrittenIsReadBackHoweverItIsCut(
            @ForAll @Size(max = 5) List<@Size(max = 3000) byte[]> messages, @ForAll long seed) throws FrameFault {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        messages.forEach(message -> new GrpcMessage(message).write(out));
        byte[] stream = out.toByteArray();
        GrpcParser parser = new GrpcParser(MOST);
        List<byte[]> read = new ArrayList<>();
        int from = 0;
        for (int cut : new Random(seed).ints(5, 0, stream.length + 1).sorted().toArray()) {
            parser.append(Arrays.copyOfRange(stream, from, cut)).forEach(message -> read.add(message.data()));
            from = cut;
        }
        parser.append(Arrays.copyOfRange(stream, from, stream.length)).forEach(message -> read.add(message.data()));
        assertThat(parser.finish()).isEmpty();
        assertThat(read).usingElementComparator(Arrays::compare).isEqualTo(messages);
    }

    @Test
    void compressedLargeAndCutMessagesAreRefused() throws FrameFault {
        assertThatThrownBy(() -> new GrpcParser(MOST).append(new byte[] {1, 0, 0, 0, 0}))
                .isInstanceOf(FrameFault.class)
                .hasMessageContaining("compressed");
        assertThatThrownBy(() -> new GrpcParser(MOST).append(new byte[] {0, 0, 0, 0x13, (byte) 0x89, 0}))
                .isInstanceOf(FrameFault.class)
                .hasMessageContaining("large");
        assertThatThrownBy(() -> new GrpcParser(MOST).append(new byte[] {0, (byte) 0xFF, 0, 0, 0}))
                .isInstanceOf(FrameFault.class);
        GrpcParser parser = new GrpcParser(MOST);
        assertThat(parser.append(new byte[] {0, 0, 0, 0, 2, 1})).isEmpty();
        assertThatThrownBy(parser::finish).isInstanceOf(FrameFault.class);
    }
}
