package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.chroma;
import static dev.redoubt.wire.Guarded.forwarded;
import static dev.redoubt.wire.Guarded.refused;
import static dev.redoubt.wire.Guarded.request;
import static dev.redoubt.wire.Guarded.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.redoubt.policy.Permission;
import dev.redoubt.policy.VectorProtection.Method;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Vectors on their way into a store whose policy protects them. */
class ProtectedVectorsTest {
    private static final String LIST = "[1.0,0,-2.5e-1,0.125]";

    private static String base64(float... vector) {
        ByteBuffer bytes = ByteBuffer.allocate(vector.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(vector);
        return Base64.getEncoder().encodeToString(bytes.array());
    }

    private static float[] vector(JsonNode node) {
        if (node.isTextual()) {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(node.textValue()))
                    .order(ByteOrder.LITTLE_ENDIAN);
            float[] vector = new float[bytes.remaining() / Float.BYTES];
            bytes.asFloatBuffer().get(vector);
            return vector;
        }
        float[] vector = new float[node.size()];
        IntStream.range(0, vector.length).forEach(i -> vector[i] = node.get(i).floatValue());
        return vector;
    }

    private static JsonNode added(Method method, String vectors) {
        return tree(request(
                        chroma().protecting(method).add(),
                        "{\"ids\":[\"a\",\"b\"],\"embeddings\":" + vectors + ",\"documents\":[\"x\",null]}"))
                .get("embeddings");
    }

    @ParameterizedTest
    @EnumSource(Method.class)
    void aVectorIsTheSameInEveryEncodingWhetherStoredOrAskedFor(Method method) {
        String code = "\"" + base64(1, 0, -0.25f, 0.125f) + "\"";
        JsonNode stored = added(method, "[" + LIST + "," + code + "]");
        assertThat(stored.get(0).isArray()).isTrue();
        assertThat(stored.get(1).isTextual()).isTrue();
        float[] one = vector(stored.get(0));
        assertThat(vector(stored.get(1))).isEqualTo(one).isNotEqualTo(new float[] {1, 0, -0.25f, 0.125f});
        JsonNode asked = tree(request(
                chroma().protecting(method).query(),
                "{\"query_embeddings\":[" + code + ", [ 1 , 0.0,-25E-2,0.125 ]],\"n_results\":1}"));
        assertThat(vector(asked.at("/query_embeddings/0"))).isEqualTo(one);
        assertThat(vector(asked.at("/query_embeddings/1"))).isEqualTo(one);
    }

    @Test
    void everythingElseStaysByteForByte() {
        String before = "{ \"ids\":[\"a\"] ,\t\"documents\":[\"caf\\u00e9\"],\"embeddings\":[ ";
        String sent =
                forwarded(request(chroma().protecting(Method.Gaussian).add(), before + LIST + " ], \"uris\": null}"));
        assertThat(sent).startsWith(before + "[").endsWith("] ], \"uris\": null}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "[1,\"2\"]",
                "[1,null]",
                "{\"indices\":[1,2],\"values\":[0.5,0.5]}",
                "{\"in\\u0064ices\":[1,2]}",
                "\"AAAA\"",
                "\"no base64\"",
                "[1e39,0]",
                "true",
                "[[1,2],true]"
            })
    void whatCannotBeProtectedIsRefused(String vector) {
        Outcome outcome = request(
                chroma().protecting(Method.ScaleAndPerturb).add(), "{\"ids\":[\"a\"],\"embeddings\":[" + vector + "]}");
        assertThat(refused(outcome)).isEqualTo(RefusalReason.UnprotectedVector);
    }

    @Test
    void aRecordWithoutAVectorIsNoFault() {
        assertThat(added(Method.Gaussian, "null").isNull()).isTrue();
        assertThat(added(Method.Gaussian, "[null,null]")).hasSize(2);
        assertThat(added(Method.Gaussian, "[[],[[1,2],[3,4]]]").at("/1/1")).hasSize(2);
    }

    @Test
    void searchingByVectorIsStillRefusedWhereItIsDenied() {
        Outcome outcome = request(
                chroma().protecting(Method.Gaussian).byVector(Permission.Deny).query(),
                "{\"query_embeddings\":[[1,2]]}");
        assertThat(refused(outcome)).isEqualTo(RefusalReason.QueryByVector);
    }

    @Test
    void withoutKeysNothingIsProtectedAndNothingPasses() {
        assertThatThrownBy(() -> chroma().withoutRedaction()
                        .protecting(Method.Gaussian)
                        .keys(null)
                        .guard())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("key ring");
    }
}
