package dev.redoubt.wire.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Messages that are cut anywhere, and bytes that are none. */
class MessageReaderProperties {
    private static final int MOST = 1 << 16;

    private static byte[] stream(List<byte[]> bodies) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] body : bodies) {
            out.writeBytes(new Message((char) ('A' + body.length % 26), body).encode());
        }
        return out.toByteArray();
    }

    private static List<String> read(byte[] stream, int piece) throws ProtocolFault {
        MessageReader reader = new MessageReader(MOST);
        List<String> read = new ArrayList<>();
        for (int from = 0; from < stream.length; from += piece) {
            reader.append(Arrays.copyOfRange(stream, from, Math.min(stream.length, from + piece)));
            for (Message message = reader.next(); message != null; message = reader.next()) {
                read.add(message.type() + Arrays.toString(message.body()));
            }
        }
        assertThat(reader.held()).isZero();
        return read;
    }

    @Property(tries = 300)
    void messagesAreTheSameHoweverTheyAreCut(
            @ForAll @Size(max = 20) List<@Size(max = 300) byte[]> bodies,
            @ForAll @IntRange(min = 1, max = 400) int piece)
            throws ProtocolFault {
        byte[] stream = stream(bodies);
        assertThat(read(stream, piece)).hasSameSizeAs(bodies).isEqualTo(read(stream, stream.length + 1));
    }

    @Property(tries = 300)
    void whatIsReadIsWrittenTheSame(@ForAll @Size(max = 300) byte[] body) throws ProtocolFault {
        MessageReader reader = new MessageReader(MOST);
        byte[] encoded = new Message('D', body).encode();
        reader.append(encoded);
        assertThat(reader.next().encode()).isEqualTo(encoded);
    }

    @Property(tries = 1000)
    void anyBytesAreReadOrRefused(
            @ForAll @Size(max = 200) byte[] bytes, @ForAll @IntRange(min = 1, max = 20) int piece) {
        MessageReader messages = new MessageReader(100);
        StartupReader startup = new StartupReader();
        try {
            for (int from = 0; from < bytes.length; from += piece) {
                byte[] next = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + piece));
                messages.append(next);
                startup.append(next);
                for (Message message = messages.next(); message != null; message = messages.next()) {
                    assertThat(message.size()).isLessThanOrEqualTo(100);
                }
            }
        } catch (ProtocolFault e) {
            assertThat(e.getMessage()).doesNotContain(Arrays.toString(bytes));
        }
        BinaryArray.read(bytes).ifPresent(array -> assertThat(array.encode()).hasSize(bytes.length));
        BinaryNumber.numeric(bytes);
    }

    @Test
    void aLengthThatNoMessageCanHaveIsRefusedBeforeTheMessageIsThere() {
        for (int length : new int[] {0, 3, -1, Integer.MIN_VALUE, Integer.MAX_VALUE, MOST}) {
            MessageReader reader = new MessageReader(MOST);
            reader.append(new FieldWriter().int8('Q').int32(length).body());
            assertThatThrownBy(reader::next).as("length " + length).isInstanceOf(ProtocolFault.class);
        }
    }
}
