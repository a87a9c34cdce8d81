package dev.redoubt.sidecar;

import dev.redoubt.wire.protobuf.Varint;
import dev.redoubt.wire.protobuf.WireType;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * How Milvus tells of a failure in an answer that went well for gRPC: its client raises MilvusException for it at once,
 * where it would repeat most calls that failed for a minute and more.
 *
 * <p>Source: {@code common.proto} (Status, ErrorCode) and Milvus's {@code pkg/util/merr}.
 *
 * @param httpStatus of the problem
 * @param reason for people
 */
record MilvusStatus(int httpStatus, String reason) {
    /** Type of the message itself; every other answer has it as its first field. */
    private static final String TYPE = "Status";

    private static final int ERROR_CODE = 1;
    private static final int REASON = 2;
    private static final int CODE = 3;
    private static final int STATUS = 1;

    /** The code of Milvus 2.3 and later. */
    static int code(int httpStatus) {
        return switch (httpStatus) {
            case 401 -> 1400;
            case 403 -> 1401;
            case 429 -> 8;
            case 503 -> 2;
            default -> httpStatus < 500 ? 1100 : 5;
        };
    }

    /** The code of older versions. */
    private int oldCode() {
        return switch (httpStatus) {
            case 401, 403 -> 3;
            case 429 -> 49;
            case 503 -> 56;
            default -> httpStatus < 500 ? 5 : 1;
        };
    }

    /** An answer that holds it and nothing else. */
    byte[] messageOf(String type) {
        ByteArrayOutputStream status = new ByteArrayOutputStream();
        number(status, ERROR_CODE, oldCode());
        bytes(status, REASON, reason.getBytes(StandardCharsets.UTF_8));
        number(status, CODE, code(httpStatus));
        if (type.equals(TYPE)) {
            return status.toByteArray();
        }
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        bytes(answer, STATUS, status.toByteArray());
        return answer.toByteArray();
    }

    private static void number(ByteArrayOutputStream out, int field, int number) {
        out.writeBytes(Varint.of(WireType.Varint.tag(field)));
        out.writeBytes(Varint.of(number));
    }

    private static void bytes(ByteArrayOutputStream out, int field, byte[] bytes) {
        out.writeBytes(Varint.of(WireType.Length.tag(field)));
        out.writeBytes(Varint.of(bytes.length));
        out.writeBytes(bytes);
    }
}
