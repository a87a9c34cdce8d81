package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static dev.redoubt.wire.Guarded.refused;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.CodedOutputStream;
import dev.redoubt.wire.protobuf.GrpcMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.junit.jupiter.api.Test;

/** Limits of Qdrant's calls, byte by byte; what the official client sees is shown by QdrantGrpcIT. */
class QdrantCallsTest {
    private static final int COLLECTION = 1;
    private static final int SEARCHES = 2;
    private static final int LIMIT = 8;
    private static final int FILTER = 5;

    /** Writes a message. */
    private interface Fields {
        void write(CodedOutputStream out) throws IOException;
    }

    private static byte[] message(Fields fields) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        try {
            fields.write(out);
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** A search; the empty filter at its end stands where what is added does. */
    private static byte[] search(Integer limit) {
        return message(out -> {
            out.writeString(COLLECTION, "people");
            out.writeByteArray(FILTER, new byte[0]);
            if (limit != null) {
                out.writeUInt64(LIMIT, limit);
            }
        });
    }

    private static byte[] batch(Integer... limits) {
        return message(out -> {
            out.writeString(COLLECTION, "people");
            for (Integer limit : limits) {
                out.writeByteArray(SEARCHES, search(limit));
            }
        });
    }

    private static Outcome outcome(int most, String method, byte[] message) {
        return Guarded.qdrant()
                .returning(most)
                .route("POST", "/qdrant.Points/" + method)
                .read(new GrpcMessage(message).framed())
                .apply(CLOSED);
    }

    private static byte[] sent(int most, String method, byte[] message) throws Exception {
        return GrpcMessage.only(((Outcome.Forward) outcome(most, method, message)).body())
                .data();
    }

    @Test
    void everySearchOfABatchHasALimitWithinTheMaximum() throws Exception {
        assertThat(sent(5, "QueryBatch", batch(null, 3, 100))).isEqualTo(batch(5, 3, 5));
        assertThat(sent(10, "QueryBatch", batch(null, 3))).isEqualTo(batch(null, 3));
        assertThat(refused(outcome(2, "QueryBatch", batch(1, 1, 1)))).isEqualTo(RefusalReason.TooMany);
    }

    @Test
    void aSearchOfItsOwnHasOneToo() throws Exception {
        assertThat(sent(5, "Query", search(null))).isEqualTo(search(5));
        assertThat(sent(5, "Query", search(100))).isEqualTo(search(5));
    }
}
