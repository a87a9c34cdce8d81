package dev.redoubt.wire.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StartupPacketTest {
    private static StartupPacket read(byte[] body) throws ProtocolFault {
        byte[] packet = new FieldWriter().int32(body.length + 4).bytes(body).body();
        StartupPacket read = null;
        StartupReader reader = new StartupReader();
        for (byte each : packet) {
            assertThat(read).isNull();
            read = reader.append(new byte[] {each});
        }
        assertThat(reader.rest()).isEmpty();
        return read;
    }

    @Test
    void aPacketOfARealClientIsRead() throws ProtocolFault {
        // fixtures/pgvector/raw-startup-scram.json
        byte[] packet = HexFormat.of()
                .parseHex("00000029000300007573657200706f73746772657300646174616261736500706f7374677265730000");
        assertThat(new StartupReader().append(packet))
                .isEqualTo(new StartupPacket.Start(0, Map.of("user", "postgres", "database", "postgres")));
    }

    @Test
    void requestsAreToldApart() throws ProtocolFault {
        assertThat(read(new FieldWriter().int16(1234).int16(5679).body())).isInstanceOf(StartupPacket.TlsRequest.class);
        assertThat(read(new FieldWriter().int16(1234).int16(5680).body())).isInstanceOf(StartupPacket.GssRequest.class);
        byte[] cancel =
                new FieldWriter().int16(1234).int16(5678).int32(7).int32(9).body();
        assertThat(read(cancel)).isInstanceOfSatisfying(StartupPacket.Cancel.class, each -> {
            assertThat(each.process()).isEqualTo(7);
            assertThat(each.secret()).containsExactly(0, 0, 0, 9);
        });
    }

    @Test
    void whatCouldBeReadInTwoWaysIsRefused() {
        FieldWriter twice = new FieldWriter().int32(3 << 16).terminated("user").terminated("ann");
        twice.terminated("user").terminated("eve").int8(0);
        FieldWriter behind = new FieldWriter().int32(3 << 16).terminated("user").terminated("ann");
        behind.int8(0).int8(1);
        FieldWriter endless = new FieldWriter().int32(3 << 16).terminated("user");
        FieldWriter old = new FieldWriter().int32(2 << 16);
        FieldWriter unknown = new FieldWriter().int16(1234).int16(1);
        FieldWriter request = new FieldWriter().int16(1234).int16(5679).int8(0);
        for (FieldWriter each : new FieldWriter[] {twice, behind, endless, old, unknown, request}) {
            assertThatThrownBy(() -> read(each.body())).isInstanceOf(ProtocolFault.class);
        }
    }

    @Test
    void aFirstPacketThatIsAnotherProtocolsIsRefusedByItsLength() {
        byte[] http = "GET / HTTP/1.1\r\n".getBytes(StandardCharsets.US_ASCII);
        assertThatThrownBy(() -> new StartupReader().append(http)).isInstanceOf(ProtocolFault.class);
        byte[] tls = {0x16, 3, 1, 2};
        assertThatThrownBy(() -> new StartupReader().append(tls)).isInstanceOf(ProtocolFault.class);
    }
}
