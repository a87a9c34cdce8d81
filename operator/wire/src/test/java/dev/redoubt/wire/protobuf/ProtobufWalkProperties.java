package dev.redoubt.wire.protobuf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.redoubt.profiles.Schema;
import dev.redoubt.profiles.SchemaField;
import dev.redoubt.wire.path.Draft;
import dev.redoubt.wire.path.Hits;
import dev.redoubt.wire.protobuf.ProtobufFault.Kind;
import dev.redoubt.wire.protobuf.ProtobufWalk.Plan;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** protobuf-java is the oracle. */
class ProtobufWalkProperties {
    private static final Plan DROPPING = TestSchema.plan(true, 16);
    private static final Plan REFUSING = TestSchema.plan(false, 16);

    private static byte[] edited(byte[] message, Plan plan) throws ProtobufFault {
        return TestSchema.edited(message, plan);
    }

    private static Kind fault(int... bytes) {
        return fault(DROPPING, bytes);
    }

    private static Kind fault(Plan plan, int... bytes) {
        byte[] message = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            message[i] = (byte) bytes[i];
        }
        try {
            edited(message, plan);
            throw new AssertionError("accepted");
        } catch (ProtobufFault e) {
            assertThat(e.offset()).isBetween(0, message.length);
            return e.kind();
        }
    }

    private static DynamicMessage parsed(byte[] message) throws InvalidProtocolBufferException {
        return DynamicMessage.parseFrom(TestSchema.POINT, message);
    }

    @Property(tries = 3000)
    void aMessageIsEditedAsATreeWouldBe(@ForAll long seed) throws Exception {
        DynamicMessage message = TestSchema.message(new Random(seed), 3, false);
        byte[] bytes = message.toByteArray();
        byte[] out = edited(bytes, DROPPING);
        assertThat(parsed(out)).isEqualTo(TestSchema.edited(message));
        assertThat(out)
                .as("in the writer's order and in shortest form")
                .isEqualTo(TestSchema.edited(message).toByteArray());
    }

    @Property(tries = 2000)
    void aMemberThatIsAbsentIsAddedToEveryMessageThatMayHaveIt(@ForAll long seed) throws Exception {
        DynamicMessage message = TestSchema.message(new Random(seed), 3, false);
        Draft draft = TestSchema.defaults().read(message.toByteArray(), new Hits());
        for (int i = 0; i < draft.hits().size(); i++) {
            if (draft.hits().kind(i) == Hits.Kind.Absent) {
                draft.putScalar(i, "70000".getBytes(StandardCharsets.US_ASCII));
            }
        }
        assertThat(parsed(draft.finish())).isEqualTo(TestSchema.counted(message, 70_000));
    }

    @Property(tries = 2000)
    void fieldsThatAreNotKnownAreNeverCopied(@ForAll long seed) throws Exception {
        DynamicMessage message = TestSchema.message(new Random(seed), 3, true);
        byte[] bytes = message.toByteArray();
        DynamicMessage expected = TestSchema.edited(message);
        assertThat(parsed(edited(bytes, DROPPING))).isEqualTo(expected);
        if (!Arrays.equals(expected.toByteArray(), edited(bytes, DROPPING))) {
            throw new AssertionError("bytes of an unknown field are left");
        }
    }

    /** What the walk accepts is a message to others too, and no text of it was passed unseen. */
    @Property(tries = 8000)
    void aDamagedMessageIsRefusedOrComesOutAsOneThatAnotherParserReads(
            @ForAll long seed, @ForAll int where, @ForAll byte by, @ForAll boolean cut) throws Exception {
        byte[] bytes = TestSchema.message(new Random(seed), 2, true).toByteArray();
        if (bytes.length == 0) {
            return;
        }
        int at = Math.floorMod(where, bytes.length);
        if (cut) {
            bytes = Arrays.copyOf(bytes, at);
        } else {
            bytes[at] ^= by;
        }
        byte[] out;
        try {
            out = edited(bytes, DROPPING);
        } catch (ProtobufFault e) {
            return;
        }
        DynamicMessage read = parsed(out);
        assertThat(TestSchema.edited(read)).as("nothing is left to do").isEqualTo(read);
        assertThat(edited(out, REFUSING)).isEqualTo(out);
    }

    @Test
    void whatIsNotChangedIsTheVeryArray() throws Exception {
        byte[] bytes = {0x0A, 2, 'h', 'i', 0x18, 1};
        assertThat(edited(bytes, REFUSING)).isSameAs(bytes);
        assertThat(edited(new byte[0], REFUSING)).isEmpty();
    }

    @Test
    void lengthsAroundAnEditAreWrittenAnewAtEveryLevel() throws Exception {
        byte[] message = TestSchema.MAIL.getBytes(StandardCharsets.UTF_8);
        message = lengthDelimited(1, message);
        for (int i = 0; i < 12; i++) {
            message = lengthDelimited(8, message);
        }
        DynamicMessage out = parsed(edited(message, REFUSING));
        assertThat(out).isEqualTo(TestSchema.edited(parsed(message)));
        assertThat(out.toString()).contains(TestSchema.INSTEAD).doesNotContain(TestSchema.MAIL);
    }

    private static byte[] lengthDelimited(int field, byte[] content) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        CodedOutputStream coded = CodedOutputStream.newInstance(out);
        coded.writeByteArray(field, content);
        coded.flush();
        return out.toByteArray();
    }

    @Test
    void whatParsersReadDifferentlyIsRefused() {
        assertThat(fault(0x0B, 0x0C)).as("a group").isEqualTo(Kind.Syntax);
        assertThat(fault(0x0E)).as("wire type 6").isEqualTo(Kind.Syntax);
        assertThat(fault(0x0F)).as("wire type 7").isEqualTo(Kind.Syntax);
        assertThat(fault(0x00, 0x00)).as("field 0").isEqualTo(Kind.Syntax);
        assertThat(fault(0x98, 0x80, 0x80, 0x80, 0x80, 0x00, 1))
                .as("a tag of six bytes")
                .isEqualTo(Kind.Syntax);
        assertThat(fault(0x98, 0x80, 0x80, 0x80, 0x10, 1))
                .as("a tag above 32 bits")
                .isEqualTo(Kind.Syntax);
        assertThat(fault(0x18, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0x02))
                .as("a number above 64 bits")
                .isEqualTo(Kind.Syntax);
        assertThat(fault(0x18, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x80, 0x00))
                .as("a number of eleven bytes")
                .isEqualTo(Kind.Syntax);
        assertThat(fault(0x0A, 2, 0xC3, 0x28)).isEqualTo(Kind.Encoding);
        assertThat(fault(0x0A, 1, 0xC3)).isEqualTo(Kind.Encoding);
        assertThat(fault(0x08, 1)).as("a text that is a number").isEqualTo(Kind.WrongType);
        assertThat(fault(0x1A, 1, 'x')).as("a number that is a text").isEqualTo(Kind.WrongType);
        assertThat(fault(0x2A, 3, 1, 2, 3)).as("part of a float").isEqualTo(Kind.Truncated);
        assertThat(fault(0x5A, 1, 0x80)).as("part of a number").isEqualTo(Kind.Truncated);
        assertThat(fault(REFUSING, 0xA2, 0x06, 0))
                .as("a field that is not known")
                .isEqualTo(Kind.UnknownField);
        assertThat(fault(REFUSING, 0x42, 3, 0x12, 1, 'x'))
                .as("bytes of which nothing says what they are")
                .isEqualTo(Kind.UnknownField);
        assertThat(fault(0x18, 1, 0x18, 2)).as("one value twice").isEqualTo(Kind.Duplicate);
        assertThat(fault(0x3A, 3, 0x0A, 1, 'k', 0x3A, 3, 0x0A, 1, 'k'))
                .as("two entries of one key")
                .isEqualTo(Kind.Duplicate);
        assertThat(fault(0x3A, 6, 0x0A, 1, 'k', 0x0A, 1, 'l'))
                .as("two keys of one entry")
                .isEqualTo(Kind.Duplicate);
        assertThat(fault(0x3A, 2, 0x18, 1)).as("neither key nor value").isEqualTo(Kind.WrongType);
    }

    @Test
    void whatEndsTooEarlyOrTooLateIsRefused() {
        assertThat(fault(0x0A)).isEqualTo(Kind.Truncated);
        assertThat(fault(0x0A, 3, 'x')).isEqualTo(Kind.Truncated);
        assertThat(fault(0x0A, 0xFF, 0xFF, 0xFF, 0xFF, 0x0F))
                .as("a length without a sign")
                .isEqualTo(Kind.Truncated);
        assertThat(fault(0x21, 1, 2, 3)).isEqualTo(Kind.Truncated);
        assertThat(fault(0x55, 1)).isEqualTo(Kind.Truncated);
        assertThat(fault(0x80)).isEqualTo(Kind.Truncated);
        assertThat(fault(0x42, 2, 0x0A, 2, 'h', 'i'))
                .as("beyond the message around it")
                .isEqualTo(Kind.Truncated);
    }

    @Test
    void nestingHasABound() throws Exception {
        byte[] message = {};
        for (int i = 0; i < 16; i++) {
            message = lengthDelimited(8, message);
            if (i < 15) {
                edited(message, REFUSING);
            }
        }
        byte[] deep = message;
        assertThatThrownBy(() -> edited(deep, REFUSING))
                .isInstanceOfSatisfying(
                        ProtobufFault.class, fault -> assertThat(fault.kind()).isEqualTo(Kind.Depth));
    }

    @Test
    void aSchemaThatNamesWhatIsNotThereIsNotTaken() {
        assertThatThrownBy(() -> resolve(1, "b B"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("B");
        assertThatThrownBy(() -> resolve(0, "a string")).isInstanceOf(IllegalArgumentException.class);
    }

    private static void resolve(int number, String field) {
        MessageShape.resolve(new Schema(Map.of("A", Map.of(number, SchemaField.valueOf(field)))));
    }
}
