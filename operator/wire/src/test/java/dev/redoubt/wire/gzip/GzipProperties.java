package dev.redoubt.wire.gzip;

import static dev.redoubt.wire.Pieces.zipped;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.redoubt.wire.gzip.GzipFault.Kind;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.CRC32;
import java.util.zip.Deflater;
import java.util.zip.GZIPInputStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The JDK's streams are the oracle. */
class GzipProperties {
    private static final int MOST = 1 << 20;

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] decoded(byte[] member, int... cuts) throws GzipFault {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GzipDecoder decoder = new GzipDecoder(MOST)) {
            int from = 0;
            for (int cut : cuts) {
                out.writeBytes(decoder.append(Arrays.copyOfRange(member, from, cut)));
                from = cut;
            }
            out.writeBytes(decoder.append(Arrays.copyOfRange(member, from, member.length)));
            decoder.finish();
        }
        return out.toByteArray();
    }

    private static Kind fault(byte[] member, int... cuts) {
        try {
            decoded(member, cuts);
            throw new AssertionError("accepted");
        } catch (GzipFault e) {
            return e.kind();
        }
    }

    /** A header with every optional field, which no compressor of the JDK makes. */
    private static byte[] withFullHeader(byte[] content, int crcError) {
        byte[] plain = zipped(content, 1 << 20);
        ByteArrayOutputStream header = new ByteArrayOutputStream();
        header.writeBytes(new byte[] {0x1F, (byte) 0x8B, 8, 0x1F, 1, 2, 3, 4, 0, 3});
        header.writeBytes(new byte[] {3, 0, 'x', 'y', 'z'});
        header.writeBytes(bytes("name\0comment\0"));
        CRC32 crc = new CRC32();
        crc.update(header.toByteArray());
        int sum = (int) crc.getValue() + crcError;
        header.write(sum);
        header.write(sum >> 8);
        header.write(plain, 10, plain.length - 10);
        return header.toByteArray();
    }

    @Property(tries = 1500)
    void whatTheJdkCompressesIsDecodedHoweverItIsCut(
            @ForAll("contents") byte[] content, @ForAll long seed, @ForAll boolean flushes) throws GzipFault {
        byte[] member = zipped(content, flushes ? 7 : MOST);
        int[] cuts = new Random(seed).ints(6, 0, member.length + 1).sorted().toArray();
        assertThat(decoded(member, cuts)).isEqualTo(content);
        assertThat(GzipDecoder.decode(member, content.length)).isEqualTo(content);
    }

    @Test
    void everyCutOfOneMemberGivesTheSame() throws GzipFault {
        byte[] content = bytes("{\"text\":\"é ann@example.com\"}\n".repeat(20));
        for (byte[] member : new byte[][] {zipped(content, 5), withFullHeader(content, 0)}) {
            for (int cut = 0; cut <= member.length; cut++) {
                assertThat(decoded(member, cut)).isEqualTo(content);
            }
            for (int end = 0; end < member.length; end++) {
                assertThat(fault(Arrays.copyOf(member, end)))
                        .as("cut off at " + end)
                        .isEqualTo(Kind.Truncated);
            }
        }
    }

    @Test
    void contentComesAsSoonAsItsBlockIsThere() throws GzipFault {
        byte[] member = zipped(bytes("first|second|"), 6);
        try (GzipDecoder decoder = new GzipDecoder(MOST)) {
            // all but the trailer, the last block and the flush of the second part
            assertThat(new String(decoder.append(Arrays.copyOf(member, member.length - 20)), StandardCharsets.UTF_8))
                    .startsWith("first|");
        }
    }

    /** A decoder that is more lenient than another would let what the other reads past the guard. */
    @Property(tries = 4000)
    void aDamagedMemberIsRefusedOrMeansWhatTheJdkTakesItFor(
            @ForAll("contents") byte[] content, @ForAll int where, @ForAll byte by) throws IOException {
        byte[] member = zipped(content, 50);
        member[Math.floorMod(where, member.length)] ^= by;
        byte[] read;
        try {
            read = decoded(member);
        } catch (GzipFault e) {
            return;
        }
        assertThat(read).isEqualTo(new GZIPInputStream(new ByteArrayInputStream(member)).readAllBytes());
    }

    @Test
    void whatFollowsTheMemberIsRefusedAnotherMemberToo() {
        byte[] member = zipped(bytes("{}"), 10);
        byte[] twice = Arrays.copyOf(member, member.length * 2);
        System.arraycopy(member, 0, twice, member.length, member.length);
        assertThat(fault(twice)).isEqualTo(Kind.TrailingBytes);
        assertThat(fault(twice, member.length)).isEqualTo(Kind.TrailingBytes);
        assertThat(fault(Arrays.copyOf(member, member.length + 1))).isEqualTo(Kind.TrailingBytes);
    }

    @Test
    void otherFormatsAndReservedFlagsAreRefused() {
        byte[] member = zipped(bytes("{}"), 10);
        for (int at : new int[] {0, 1, 2}) {
            byte[] other = member.clone();
            other[at]++;
            assertThat(fault(other)).isEqualTo(Kind.Syntax);
        }
        for (int flag : new int[] {0x20, 0x40, 0x80}) {
            byte[] other = member.clone();
            other[3] = (byte) flag;
            assertThat(fault(other)).isEqualTo(Kind.Syntax);
        }
        assertThat(fault(bytes("{\"a\":1}"))).isEqualTo(Kind.Syntax);
        assertThat(fault(withFullHeader(bytes("{}"), 1))).isEqualTo(Kind.Checksum);
        byte[] endless = Arrays.copyOf(new byte[] {0x1F, (byte) 0x8B, 8, 0x08}, 1 << 16);
        Arrays.fill(endless, 10, endless.length, (byte) 'x');
        assertThat(fault(endless)).isEqualTo(Kind.Syntax);
    }

    @Test
    void sizeAndChecksumOfTheTrailerCount() {
        byte[] member = zipped(bytes("{\"a\":1}"), 10);
        for (int i = 1; i <= 8; i++) {
            byte[] other = member.clone();
            other[other.length - i]++;
            assertThat(fault(other)).isEqualTo(Kind.Checksum);
            assertThatThrownBy(() -> GzipDecoder.decode(other, MOST)).isInstanceOf(GzipFault.class);
        }
    }

    @Test
    void aBombIsRefusedBeforeItIsUnpacked() throws GzipFault {
        byte[] bomb = zipped(new byte[64 << 20], 64 << 20);
        assertThat(fault(bomb)).isEqualTo(Kind.Ratio);
        assertThatThrownBy(() -> GzipDecoder.decode(bomb, Integer.MAX_VALUE))
                .isInstanceOfSatisfying(
                        GzipFault.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.Ratio));
        // one that lies about its size is stopped where the lie shows
        byte[] lying = bomb.clone();
        Arrays.fill(lying, lying.length - 4, lying.length, (byte) 1);
        lying[lying.length - 1] = 0;
        lying[lying.length - 2] = 0;
        assertThatThrownBy(() -> GzipDecoder.decode(lying, Integer.MAX_VALUE)).isInstanceOf(GzipFault.class);
        byte[] small = zipped(new byte[GzipDecoder.FREE], GzipDecoder.FREE);
        assertThat(GzipDecoder.decode(small, GzipDecoder.FREE)).hasSize(GzipDecoder.FREE);
    }

    @Test
    void contentBeyondTheBoundIsRefused() {
        byte[] noise = new byte[10_000];
        new Random(1).nextBytes(noise);
        byte[] member = zipped(noise, noise.length);
        assertThatThrownBy(() -> GzipDecoder.decode(member, noise.length - 1))
                .isInstanceOfSatisfying(
                        GzipFault.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.TooLarge));
        try (GzipDecoder decoder = new GzipDecoder(noise.length - 1)) {
            assertThatThrownBy(() -> decoder.append(member))
                    .isInstanceOfSatisfying(
                            GzipFault.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.TooLarge));
        }
    }

    @Test
    void aDictionaryIsRefused() {
        Deflater deflater = new Deflater(6, false);
        deflater.setDictionary(bytes("dictionary"));
        deflater.setInput(bytes("{}"));
        deflater.finish();
        byte[] zlib = new byte[100];
        int length = deflater.deflate(zlib);
        deflater.end();
        byte[] member = new byte[10 + length];
        System.arraycopy(zipped(bytes("{}"), 10), 0, member, 0, 10);
        System.arraycopy(zlib, 0, member, 10, length);
        assertThat(fault(member)).isEqualTo(Kind.Syntax);
    }

    @Provide
    Arbitrary<byte[]> contents() {
        Arbitrary<String> texts = Arbitraries.of(
                        "{\"text\":\"", "ann@example.com", "é😀", "0.123456,", "\"}\n", "a".repeat(300), "\\u0041")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
        return Arbitraries.oneOf(
                texts.map(GzipProperties::bytes), Arbitraries.bytes().array(byte[].class));
    }
}
