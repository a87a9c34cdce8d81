package dev.redoubt.wire.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;
import dev.redoubt.wire.protobuf.ProtobufWalk.Plan;
import dev.redoubt.wire.protobuf.ProtobufWalk.Unknown;

/** Bytes as a message: refused, or edited so that protobuf-java reads it and nothing is left to do. */
class ProtobufFuzzTest {
    @FuzzTest
    void edit(byte[] data) throws InvalidProtocolBufferException {
        byte[] out;
        try {
            out = edited(data, Unknown.Drop);
        } catch (ProtobufFault e) {
            return;
        }
        DynamicMessage read = DynamicMessage.parseFrom(TestSchema.POINT, out);
        assertThat(TestSchema.edited(read)).isEqualTo(read);
        assertThat(read.getUnknownFields().asMap()).isEmpty();
        try {
            assertThat(edited(out, Unknown.Refuse)).isSameAs(out);
        } catch (ProtobufFault e) {
            throw new AssertionError("what was edited is refused", e);
        }
    }

    private static byte[] edited(byte[] message, Unknown unknown) throws ProtobufFault {
        return ProtobufWalk.edit(message, new Plan(TestSchema.SHAPE, unknown, 32), TestSchema::edited)
                .message();
    }
}
