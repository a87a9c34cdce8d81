package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.chroma;
import static dev.redoubt.wire.Guarded.forwarded;
import static dev.redoubt.wire.Guarded.qdrant;
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
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

    private static final String POINTS = "/collections/people/points";

    private static JsonNode asked(String path, String body) {
        return tree(request(qdrant().protecting(Method.ScaleAndPerturb).route("POST", POINTS + path), body));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/query          | {'query':V}                                        | /query",
                "/query          | {'query':{'nearest':V,'mmr':{'diversity':0.5}}}    | /query/nearest",
                "/query          | {'query':[V,V]}                                    | /query/1",
                "/query          | {'query':{'recommend':{'positive':[1,V]}}}         | /query/recommend/positive/1",
                "/query          | {'query':{'recommend':{'negative':[V]}}}           | /query/recommend/negative/0",
                "/query          | {'query':{'discover':{'target':V,'context':[]}}}   | /query/discover/target",
                "/query          | {'query':{'context':[{'positive':V,'negative':1}]}} | /query/context/0/positive",
                "/query          | {'prefetch':{'prefetch':[{'query':V}]}}            | /prefetch/prefetch/0/query",
                "/query/batch    | {'searches':[{'query':V}]}                         | /searches/0/query",
                "/query/groups   | {'query':V,'group_by':'a'}                         | /query",
                "/search         | {'vector':V}                                       | /vector",
                "/search         | {'vector':{'name':'text','vector':V}}              | /vector/vector",
                "/recommend      | {'positive':[V]}                                   | /positive/0",
                "/discover       | {'target':V}                                       | /target",
            })
    void aVectorOfQdrantIsTheSameWhereverASearchHasIt(String path, String body, String place) {
        float[] stored = vector(tree(request(
                        qdrant().protecting(Method.ScaleAndPerturb).route("PUT", POINTS),
                        "{\"points\":[{\"id\":1,\"vector\":" + LIST + "}]}"))
                .at("/points/0/vector"));
        assertThat(stored).hasSize(4).isNotEqualTo(new float[] {1, 0, -0.25f, 0.125f});
        String sent = body.replace('\'', '"').replace("V", LIST);
        assertThat(vector(asked(path, sent).at(place))).isEqualTo(stored);
        assertThat(refused(request(
                        qdrant().protecting(Method.ScaleAndPerturb)
                                .byVector(Permission.Deny)
                                .route("POST", POINTS + path),
                        sent)))
                .isEqualTo(RefusalReason.QueryByVector);
        assertThat(refused(request(qdrant().byVector(Permission.Deny).route("POST", POINTS + path), sent)))
                .isEqualTo(RefusalReason.QueryByVector);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT  |               | {'points':[{'id':1,'vector':V}]}                          | /points/0/vector",
                "PUT  |               | {'points':[{'id':1,'vector':{'text':V}}]}                 | /points/0/vector/text",
                "PUT  |               | {'points':[{'id':1,'vector':{'colbert':[V,V]}}]}          | /points/0/vector/colbert/1",
                "PUT  |               | {'batch':{'ids':[1],'vectors':[V]}}                       | /batch/vectors/0",
                "PUT  |               | {'batch':{'ids':[1],'vectors':{'a':[V]}}}                 | /batch/vectors/a/0",
                "PUT  | /vectors      | {'points':[{'id':1,'vector':{'a':V}}]}                    | /points/0/vector/a",
                "POST | /batch        | {'operations':[{'upsert':{'points':[{'id':1,'vector':V}]}}]} | /operations/0/upsert/points/0/vector",
                "POST | /batch        | {'operations':[{'update_vectors':{'points':[{'id':1,'vector':V}]}}]} | /operations/0/update_vectors/points/0/vector",
            })
    void aVectorOfQdrantIsTheSameWhereverItIsStored(String method, String path, String body, String place) {
        float[] one = vector(asked("/query", "{\"query\":" + LIST + "}").at("/query"));
        JsonNode sent = tree(request(
                qdrant().protecting(Method.ScaleAndPerturb).route(method, POINTS + (path == null ? "" : path)),
                body.replace('\'', '"').replace("V", LIST)));
        assertThat(vector(sent.at(place))).isEqualTo(one);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "POST | /query | {'query':{'indices':[1,2],'values':[0.5,0.25]}}",
                "POST | /query | {'query':{'nearest':{'values':[0.5,0.25],'indices':[1,2]}}}",
                "POST | /search | {'vector':{'name':'s','vector':{'indices':[1],'values':[0.5]}}}",
                "PUT  | | {'points':[{'id':1,'vector':{'s':{'indices':[1],'values':[0.5]}}}]}",
                "PUT  | | {'points':[{'id':1,'vector':{'text':'embedded by the store','model':'m'}}]}",
            })
    void whatQdrantWouldStoreUnprotectedIsRefused(String method, String path, String body) {
        Outcome outcome = request(
                qdrant().protecting(Method.ScaleAndPerturb).route(method, POINTS + (path == null ? "" : path)),
                body.replace('\'', '"'));
        assertThat(refused(outcome)).isEqualTo(RefusalReason.UnprotectedVector);
    }

    private static final String SIXTEEN = "[0.5,-0.25,0.125,1,0,0.5,0.25,1.5,0.5,-0.25,0.125,1,0,0.5,0.25,1.5]";

    private static Guarded search(String engine) {
        return Guarded.of(engine).protecting(Method.ScaleAndPerturb);
    }

    @Test
    void aVectorInADocumentIsTheSameAsTheOneThatIsSearchedWith() {
        float[] stored = vector(tree(request(
                        search("OpenSearch").route("PUT", "/people/_doc/1"), "{\"text\":\"x\",\"v\":" + SIXTEEN + "}"))
                .get("v"));
        assertThat(stored).hasSize(16);
        float[] original = new float[16];
        JsonNode plain = tree("{\"v\":" + SIXTEEN + "}").get("v");
        IntStream.range(0, 16).forEach(i -> original[i] = plain.get(i).floatValue());
        assertThat(stored).isNotEqualTo(original);
        assertThat(vector(tree(request(
                                search("OpenSearch").route("POST", "/people/_search"),
                                "{\"query\":{\"bool\":{\"must\":[{\"knn\":{\"v\":{\"vector\":" + SIXTEEN
                                        + ",\"k\":3}}}]}}}"))
                        .at("/query/bool/must/0/knn/v/vector")))
                .isEqualTo(stored);
        assertThat(vector(tree(request(
                                search("Elasticsearch").route("POST", "/people/_search"),
                                "{\"knn\":{\"field\":\"v\",\"query_vector\":" + SIXTEEN + ",\"k\":3}}"))
                        .at("/knn/query_vector")))
                .isEqualTo(stored);
    }

    @Test
    void aVectorInAnotherEncodingThanTheGuardKnowsIsRefusedAndNotMadeNoise() {
        String hexadecimal = "0a1b2c3d".repeat(16);
        ByteBuffer bigEndian = ByteBuffer.allocate(64);
        for (int i = 0; i < 16; i++) {
            bigEndian.putFloat(0.37f + i);
        }
        for (String encoded : List.of(hexadecimal, Base64.getEncoder().encodeToString(bigEndian.array()))) {
            assertThat(refused(request(
                            search("Elasticsearch").route("POST", "/people/_search"),
                            "{\"knn\":{\"field\":\"v\",\"query_vector\":\"" + encoded + "\",\"k\":3}}")))
                    .isEqualTo(RefusalReason.UnprotectedVector);
        }
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
