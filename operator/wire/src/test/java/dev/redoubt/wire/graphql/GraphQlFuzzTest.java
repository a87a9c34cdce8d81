package dev.redoubt.wire.graphql;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Bytes as the text of a GraphQL request: refused, or edited so that it is one still and nothing is left to do. */
class GraphQlFuzzTest {
    private static final GraphQlLimits LIMITS = new GraphQlLimits(8000, 2000, 12, 20, 200);

    @FuzzTest
    void edit(byte[] data) {
        GraphQlRequest request;
        try {
            request = GraphQlRequest.parse(new String(data, StandardCharsets.UTF_8), LIMITS);
        } catch (GraphQlFault e) {
            return;
        }
        String out = request.edit(GraphQlFuzzTest::edited);
        try {
            GraphQlRequest again = GraphQlRequest.parse(out, GraphQlLimits.DEFAULT);
            assertThat(again.operations()).hasSameSizeAs(request.operations());
            assertThat(again.edit(GraphQlFuzzTest::edited)).isSameAs(out);
        } catch (GraphQlFault e) {
            throw new AssertionError("what was edited is refused", e);
        }
    }

    /** Replaces every vowel, which any text may have. */
    private static byte[] edited(byte[] utf8) {
        String text = new String(utf8, StandardCharsets.UTF_8);
        String edited = text.replaceAll("[aeiou]", "\"\\\\\n");
        return edited.equals(text) ? null : edited.getBytes(StandardCharsets.UTF_8);
    }
}
