package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.redoubt.wire.json.JsonDocuments;

/** Bytes as a JSON body: refused, or edited so that Jackson reads what comes out and nothing is left to redact. */
class JsonFuzzTest {
    private static final Guarded GUARDED = Guarded.chroma().finding("EMAIL_ADDRESS");
    private static final RouteGuard GET = GUARDED.get();
    private static final RouteGuard ADD = GUARDED.add();

    @FuzzTest
    void body(byte[] data) {
        if (ADD.read(data).apply(CLOSED) instanceof Outcome.Forward forward) {
            requireJson(data);
            requireJson(forward.body());
            assertThat(ADD.read(forward.body()).apply(CLOSED))
                    .isInstanceOfSatisfying(Outcome.Forward.class, again -> assertThat(again.body())
                            .isSameAs(forward.body()));
        }
        if (GET.response(data, CLOSED) instanceof Outcome.Forward forward) {
            requireJson(forward.body());
            assertThat(GET.response(forward.body(), CLOSED))
                    .isInstanceOfSatisfying(Outcome.Forward.class, again -> assertThat(again.body())
                            .isEqualTo(forward.body()));
        }
    }

    private static void requireJson(byte[] body) {
        assertThat(JsonDocuments.tree(body)).isPresent();
    }
}
