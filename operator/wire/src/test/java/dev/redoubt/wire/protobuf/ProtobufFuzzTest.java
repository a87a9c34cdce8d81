package dev.redoubt.wire.protobuf;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.google.protobuf.DynamicMessage;
import com.google.protobuf.InvalidProtocolBufferException;

/** Bytes as a message: refused, or edited so that protobuf-java reads it and nothing is left to do. */
class ProtobufFuzzTest {
    @FuzzTest
    void edit(byte[] data) throws InvalidProtocolBufferException {
        byte[] out;
        try {
            out = TestSchema.edited(data, TestSchema.plan(true, 32));
        } catch (ProtobufFault e) {
            return;
        }
        DynamicMessage read = DynamicMessage.parseFrom(TestSchema.POINT, out);
        assertThat(TestSchema.edited(read)).isEqualTo(read);
        assertThat(read.getUnknownFields().asMap()).isEmpty();
        try {
            assertThat(TestSchema.edited(out, TestSchema.plan(false, 32))).isSameAs(out);
        } catch (ProtobufFault e) {
            throw new AssertionError("what was edited is refused", e);
        }
    }
}
