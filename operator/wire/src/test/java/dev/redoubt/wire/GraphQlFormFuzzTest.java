package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static dev.redoubt.wire.Guarded.weaviate;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.charset.StandardCharsets;

/** Texts as the query of a request: refused, or sent on as one that is read again and has nothing left to do. */
class GraphQlFormFuzzTest {
    private static final RouteGuard GUARD = weaviate().route("POST", "/v1/graphql");

    @FuzzTest
    void ask(byte[] text) {
        String query = new String(text, StandardCharsets.UTF_8);
        byte[] body = Guarded.bytes(
                JsonNodeFactory.instance.objectNode().put("query", query).toString());
        if (!(GUARD.read(body).apply(CLOSED) instanceof Outcome.Forward first)) {
            return;
        }
        Outcome again = GUARD.read(first.body()).apply(CLOSED);
        assertThat(Guarded.forwarded(again)).isEqualTo(new String(first.body(), StandardCharsets.UTF_8));
        assertThat(again.report().limited()).isZero();
    }
}
