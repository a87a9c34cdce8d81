package dev.redoubt.wire;

import static dev.redoubt.wire.Guarded.CLOSED;
import static dev.redoubt.wire.Guarded.bytes;
import static dev.redoubt.wire.Guarded.chroma;
import static dev.redoubt.wire.Guarded.forwarded;
import static dev.redoubt.wire.Guarded.refused;
import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.policy.Bounds;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Documents that parsers read differently, or that are made to cost much. */
class HostileDocumentsTest {
    private static final RouteGuard GET = chroma().get();

    /** Latin-1 stands for bytes. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "nul",
                "\u00ef\u00bb\u00bf{}",
                "\u00ff\u00fe{\u0000}\u0000",
                "{} {}",
                "{}x",
                "{}\u0000",
                "{\"a\":NaN}",
                "{\"a\":Infinity}",
                "{\"a\":-Infinity}",
                "{\"a\":+1}",
                "{\"a\":01}",
                "{\"a\":.5}",
                "{\"a\":1.}",
                "{\"a\":1e}",
                "{\"a\":0x10}",
                "{\"a\":1_000}",
                "{\"a\":'x'}",
                "{a:1}",
                "{\"a\":1,}",
                "[1,]",
                "[,1]",
                "{\"a\" 1}",
                "{\"a\":1 \"b\":2}",
                "// x\n{}",
                "{}/* x */",
                "\u00a0{}",
                "\u000b{}",
                "{\"a\":\"\t\"}",
                "{\"a\":\"\n\"}",
                "{\"a\":\"\u007f\\x41\"}",
                "{\"a\":\"\\u12\"}",
                "{\"a\":\"\\uD800\"}",
                "{\"a\":\"\\uDC00\"}",
                "{\"a\":\"\\uD800\\uD800\"}",
                "{\"a\":\"\\uD800x\\uDC00\"}",
                "{\"\\uD800\":1}",
                "{\"a\":\"\u00c0\u00af\"}",
                "{\"a\":\"\u00c1\u0081\"}",
                "{\"a\":\"\u00e0\u0080\u00af\"}",
                "{\"a\":\"\u00ed\u00a0\u0080\"}",
                "{\"a\":\"\u00f0\u0080\u0080\u00af\"}",
                "{\"a\":\"\u00f5\u0080\u0080\u0080\"}",
                "{\"a\":\"\u0080\"}",
                "{\"a\":\"\u00c3\"}",
                "{\"a\":\"\u00e2\u0082\"}",
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"b\":{\"vector\":1,\"\\u0076ector\":2}}",
                "{\"ids\":[{\"x\":[{\"a\":null,\"a\":null}]}]}",
                "{\"a\":\"unfinished",
                "{\"a\":\"\\",
                "[[[[",
                "{\"a\":[}",
                "{\"a\":[1}",
                "\"",
                "tru",
                "-"
            })
    void whatTwoParsersMayReadDifferentlyIsRefusedBothWays(String latin1) {
        byte[] body = latin1.getBytes(StandardCharsets.ISO_8859_1);
        assertThat(refused(GET.read(body).apply(CLOSED))).isEqualTo(RefusalReason.MalformedBody);
        assertThat(refused(GET.response(body, CLOSED))).isEqualTo(RefusalReason.MalformedResponse);
        if (body.length > 0) {
            assertThat(refused(GET.error(body, CLOSED))).isEqualTo(RefusalReason.MalformedResponse);
        }
    }

    @Test
    void nestingHasABoundEverywhere() {
        for (String open : new String[] {"[", "{\"a\":", "{\"embeddings\":[", "{\"metadatas\":["}) {
            String close = open.endsWith("[") ? open.startsWith("{") ? "]}" : "]" : "}";
            String deep = open.repeat(40) + "null" + close.repeat(40);
            Bounds bounds = new Bounds(1 << 20, 1 << 20, 30);
            assertThat(refused(chroma().bounds(bounds).get().response(bytes(deep), CLOSED)))
                    .isEqualTo(RefusalReason.MalformedResponse);
            assertThat(GET.response(bytes(deep), CLOSED))
                    .as("within the bound of the others")
                    .isInstanceOf(
                            open.startsWith("{\"") && open.endsWith("[")
                                    ? Outcome.Refused.class
                                    : Outcome.Forward.class);
        }
        String endless = "[".repeat(1_000_000);
        assertThat(refused(chroma().bounds(new Bounds(1 << 21, 1 << 21, 1 << 20))
                        .get()
                        .response(bytes(endless), CLOSED)))
                .isEqualTo(RefusalReason.MalformedResponse);
    }

    @Test
    void sizesHaveBounds() {
        Bounds bounds = new Bounds(20, 30, 64);
        RouteGuard guard = chroma().bounds(bounds).get();
        assertThat(refused(guard.read(bytes("{\"ids\":[\"0123456789\"]}")).apply(CLOSED)))
                .isEqualTo(RefusalReason.BodyTooLarge);
        assertThat(refused(guard.response(bytes("{\"ids\":[\"01234567890123456789\"]}"), CLOSED)))
                .isEqualTo(RefusalReason.ResponseTooLarge);
        assertThat(RefusalReason.BodyTooLarge.status()).isEqualTo(413);
        assertThat(RefusalReason.ResponseTooLarge.status()).isEqualTo(502);
    }

    @Test
    void anObjectOfManyNamesIsReadInLinearTime() {
        StringBuilder body = new StringBuilder("{\"metadatas\":[{");
        for (int i = 0; i < 300_000; i++) {
            body.append(i == 0 ? "" : ",").append("\"n").append(i).append("\":null");
        }
        String open = body.toString();
        assertThat(forwarded(GET.response(bytes(open + "}]}"), CLOSED))).hasSize(open.length() + 3);
        assertThat(refused(GET.response(bytes(open + ",\"n77\":null}]}"), CLOSED)))
                .isEqualTo(RefusalReason.MalformedResponse);
    }

    @Test
    void numbersKeepEveryDigit() {
        String body =
                "{\"ids\":[\"a\"],\"metadatas\":[{\"a\":1.0000000000000000000001,\"b\":-0.0,\"c\":1E400,\"d\":123456789012345678}]}";
        assertThat(forwarded(chroma().withoutRedaction().get().response(bytes(body), CLOSED)))
                .isEqualTo(body);
    }

    @Test
    void aScoreOfNoOrdinarySizeIsNothing() {
        String body = "{\"distances\":[[1e999999999,-0.0,-1E-7,0.974,0.976,\"ann\",true]]}";
        assertThat(forwarded(chroma().query().response(bytes(body), CLOSED)))
                .isEqualTo("{\"distances\":[[null,0.00,0.00,0.95,1.00,null,null]]}");
    }
}
