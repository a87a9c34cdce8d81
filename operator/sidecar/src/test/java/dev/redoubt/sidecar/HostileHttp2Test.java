package dev.redoubt.sidecar;

import static dev.redoubt.sidecar.RawHttp2.CONTINUATION;
import static dev.redoubt.sidecar.RawHttp2.DATA;
import static dev.redoubt.sidecar.RawHttp2.END_HEADERS;
import static dev.redoubt.sidecar.RawHttp2.END_STREAM;
import static dev.redoubt.sidecar.RawHttp2.GOAWAY;
import static dev.redoubt.sidecar.RawHttp2.HEADERS;
import static dev.redoubt.sidecar.RawHttp2.RST_STREAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redoubt.sidecar.RawHttp2.Said;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no ordinary client of HTTP/2 sends, frame by frame, with the status or the error code that it gets. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileHttp2Test {
    private static final int PROTOCOL_ERROR = 1;
    private static final int NO_ERROR = 0;
    private static final int ENHANCE_YOUR_CALM = 11;
    private static final Timeouts TIMEOUTS = new Timeouts(
            Duration.ofSeconds(2),
            Duration.ofMillis(1500),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));
    private static final String QUERY = GuardTest.QUERY;

    private final AtomicInteger reached = new AtomicInteger();
    private GuardFixture guard;

    @BeforeAll
    void start() throws Exception {
        guard = new GuardFixture(Guards.chroma(), TIMEOUTS, request -> {
            reached.incrementAndGet();
            request.response().putHeader("content-type", "application/json").end("{}");
        });
    }

    @BeforeEach
    void forget() {
        reached.set(0);
    }

    @AfterAll
    void stop() throws Exception {
        guard.close();
    }

    private RawHttp2 open() throws Exception {
        return RawHttp2.open(guard.port());
    }

    private static String[] head(String method, String path, String... more) {
        List<String> fields =
                new ArrayList<>(List.of(":method", method, ":scheme", "http", ":path", path, ":authority", "a"));
        fields.addAll(List.of(more));
        return fields.toArray(String[]::new);
    }

    private static String[] query(String... more) {
        List<String> fields =
                new ArrayList<>(List.of("x-chroma-token", Guards.KEY, "content-type", "application/json"));
        fields.addAll(List.of(more));
        return head("POST", QUERY, fields.toArray(String[]::new));
    }

    private static Said ask(RawHttp2 http, String body, String... fields) throws Exception {
        int end = body == null ? END_STREAM : 0;
        http.frame(HEADERS, END_HEADERS | end, 1, RawHttp2.fields(fields));
        if (body != null) {
            http.frame(DATA, END_STREAM, 1, body.getBytes(StandardCharsets.UTF_8));
        }
        return http.said(1);
    }

    @Test
    void ordinaryRequestsAreAnsweredOverHttp2() throws Exception {
        try (RawHttp2 http = open()) {
            assertThat(ask(http, null, head("GET", "/api/v2/heartbeat"))).isEqualTo(new Said(HEADERS, 200));
        }
        try (RawHttp2 http = open()) {
            assertThat(ask(http, "{\"query_embeddings\":[[1]]}", query())).isEqualTo(new Said(HEADERS, 200));
        }
        assertThat(reached).hasValue(2);
    }

    @ParameterizedTest(name = "{0}: {3}")
    @CsvSource(
            delimiter = '|',
            value = {
                "an unknown route | GET | /api/v2/reset | 403",
                "a target that is no path | GET | api | 400",
                "a dot segment | GET | /api/v2/../v2/heartbeat | 400",
                "an encoded slash | GET | /api/v2%2fheartbeat | 400",
                "a fragment | GET | /api/v2/heartbeat#x | 400",
            })
    void targetsAreReadAsStrictlyAsThoseOfHttp11(String name, String method, String path, int status) throws Exception {
        try (RawHttp2 http = open()) {
            assertThat(ask(http, null, head(method, path))).isEqualTo(new Said(HEADERS, status));
        }
        assertThat(reached).hasValue(0);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"transfer-encoding, chunked", "connection, close", "upgrade, h2c", "Upper-Case, x"})
    void fieldsThatHttp2DoesNotHaveEndTheStream(String field, String value) throws Exception {
        try (RawHttp2 http = open()) {
            Said said = ask(http, "{}", query(field, value));
            assertThat(List.of(
                            new Said(RST_STREAM, PROTOCOL_ERROR),
                            new Said(GOAWAY, PROTOCOL_ERROR),
                            new Said(HEADERS, 400)))
                    .contains(said);
        }
        assertThat(reached).hasValue(0);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"2, '{\"query_embeddings\":[[1]]}'", "99, '{\"query_embeddings\":[[1]]}'"})
    void aLengthThatIsNotThatOfTheDataIs400(String length, String body) throws Exception {
        try (RawHttp2 http = open()) {
            assertThat(ask(http, body, query("content-length", length))).isEqualTo(new Said(HEADERS, 400));
        }
        assertThat(reached).hasValue(0);
    }

    @Test
    void aBodyWhereTheRouteTakesNoneIs400() throws Exception {
        try (RawHttp2 http = open()) {
            assertThat(ask(http, "{}", head("GET", "/api/v2/heartbeat"))).isEqualTo(new Said(HEADERS, 400));
        }
        assertThat(reached).hasValue(0);
    }

    @Test
    void aBodyWithoutATypeIs415() throws Exception {
        try (RawHttp2 http = open()) {
            assertThat(ask(http, "{}", head("POST", QUERY, "x-chroma-token", Guards.KEY)))
                    .isEqualTo(new Said(HEADERS, 415));
        }
        assertThat(reached).hasValue(0);
    }

    @Test
    void aBodyThatNeverEndsIs408AndTheConnectionGoesOn() throws Exception {
        try (RawHttp2 http = open()) {
            http.frame(HEADERS, END_HEADERS, 1, RawHttp2.fields(query()));
            http.frame(DATA, 0, 1, "{".getBytes(StandardCharsets.UTF_8));
            assertThat(http.said(1)).isEqualTo(new Said(HEADERS, 408));
            assertThat(http.said(1)).isEqualTo(new Said(RST_STREAM, NO_ERROR));
            http.frame(HEADERS, END_HEADERS | END_STREAM, 3, RawHttp2.fields(head("GET", "/api/v2/heartbeat")));
            assertThat(http.said(3)).isEqualTo(new Said(HEADERS, 200));
        }
    }

    @Test
    void aConnectionThatAsksForNothingIsClosed() throws Exception {
        try (RawHttp2 http = open()) {
            assertThat(http.said(1).type()).isIn(GOAWAY, -1);
        }
    }

    @Test
    void aPrefaceThatDripsIsReadOrClosed() throws Exception {
        try (RawHttp2 http = new RawHttp2(guard.port())) {
            for (byte b : RawHttp2.PREFACE.getBytes(StandardCharsets.US_ASCII)) {
                http.bytes(new byte[] {b});
            }
            http.frame(RawHttp2.SETTINGS, 0, 0, new byte[0]);
            assertThat(ask(http, null, head("GET", "/api/v2/heartbeat"))).isEqualTo(new Said(HEADERS, 200));
        }
        try (RawHttp2 http = new RawHttp2(guard.port())) {
            http.bytes("PRI * HT".getBytes(StandardCharsets.US_ASCII));
            assertThat(http.said(1)).isEqualTo(new Said(-1, -1));
        }
        try (RawSocket http1 = guard.raw()) {
            http1.send("P").send("OST /api/v2/heartbeat HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n");
            assertThat(http1.answer().status())
                    .as("what only begins like it is HTTP/1.1")
                    .isEqualTo(403);
        }
    }

    @Test
    void headersWithoutEndAreRefused() throws Exception {
        try (RawHttp2 http = open()) {
            http.frame(HEADERS, 0, 1, RawHttp2.fields(head("GET", "/api/v2/heartbeat")));
            byte[] more = RawHttp2.fields("x-more", "y".repeat(8000));
            Said said = null;
            for (int i = 0; i < 64 && said == null; i++) {
                try {
                    http.frame(CONTINUATION, 0, 1, more);
                } catch (java.net.SocketException e) {
                    break;
                }
            }
            said = http.said(1);
            assertThat(said.type()).isIn(GOAWAY, RST_STREAM, HEADERS, -1);
            assertThat(said.code()).isNotEqualTo(200);
        }
        assertThat(reached).hasValue(0);
    }

    @Test
    void whoOpensAndResetsStreamsWithoutEndLosesTheConnection() throws Exception {
        try (RawHttp2 http = open()) {
            byte[] head = RawHttp2.fields(head("GET", "/api/v2/heartbeat"));
            try {
                for (int stream = 1; stream < 2000; stream += 2) {
                    http.frame(HEADERS, END_HEADERS | END_STREAM, stream, head);
                    http.frame(RST_STREAM, 0, stream, new byte[] {0, 0, 0, 8});
                }
            } catch (java.net.SocketException e) {
                // closed already
            }
            Said said = http.said(Integer.MAX_VALUE);
            assertThat(List.of(new Said(GOAWAY, ENHANCE_YOUR_CALM), new Said(-1, -1)))
                    .contains(said);
        }
        await().untilAsserted(
                        () -> assertThat(guard.health("/metrics").body()).contains("redoubt_body_memory_bytes 0"));
    }
}
