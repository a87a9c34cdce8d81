package dev.redoubt.sidecar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.vertx.core.Promise;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What no ordinary client sends, byte by byte, with the status that it gets; −1 is a connection that just ends. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileRequestTest {
    private static final Timeouts TIMEOUTS = new Timeouts(
            Duration.ofSeconds(2),
            Duration.ofMillis(500),
            Duration.ofSeconds(2),
            Duration.ofSeconds(30),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1));

    private final AtomicInteger reached = new AtomicInteger();
    private final Promise<Void> cancelled = Promise.promise();
    private GuardFixture guard;

    @BeforeAll
    void start() throws Exception {
        guard = new GuardFixture(Guards.chroma(), TIMEOUTS, request -> {
            if (request.path().endsWith("/count")) {
                request.connection().closeHandler(closed -> cancelled.tryComplete());
                return;
            }
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

    private static final String HEART = "/api/v2/heartbeat";
    private static final String GET = "GET " + HEART + " HTTP/1.1\r\nHost: a\r\n";
    private static final String POST = "POST " + GuardTest.QUERY + " HTTP/1.1\r\nHost: a\r\nX-Chroma-Token: "
            + Guards.KEY + "\r\nContent-Type: application/json\r\n";

    @ParameterizedTest(name = "{0}: {2}")
    @CsvSource(
            delimiter = '|',
            value = {
                "an ordinary request | GET /api/v2/heartbeat HTTP/1.1~Host: a~~ | 200",
                "HTTP/1.0 | GET /api/v2/heartbeat HTTP/1.0~~ | 200",
                "line feeds without carriage returns | GET /api/v2/heartbeat HTTP/1.1^Host: a^^ | 400",
                "obsolete folding | GET /api/v2/heartbeat HTTP/1.1~Host: a~X: 1~ 2~~ | 400",
                "folding of the first header | GET /api/v2/heartbeat HTTP/1.1~ Host: a~~ | 400",
                "folding with a tab | GET /api/v2/heartbeat HTTP/1.1~Host: a~X: 1~\t2~~ | 400",
                "space before the colon | GET /api/v2/heartbeat HTTP/1.1~Host : a~~ | 400",
                "header without a colon | GET /api/v2/heartbeat HTTP/1.1~Host: a~nonsense~~ | 400",
                "a control character in a header | GET /api/v2/heartbeat HTTP/1.1~Host: a~X: a\u0000b~~ | 400",
                "no Host | GET /api/v2/heartbeat HTTP/1.1~~ | 400",
                "two Hosts | GET /api/v2/heartbeat HTTP/1.1~Host: a~Host: b~~ | 400",
                "a version of the future | GET /api/v2/heartbeat HTTP/1.2~Host: a~~ | 505",
                "no version | GET /api/v2/heartbeat~Host: a~~ | 400",
                "a preface of HTTP/2 that goes astray | PRI * HTTP/2.0~~XX | 505",
                "absolute form | GET http://a/api/v2/heartbeat HTTP/1.1~Host: a~~ | 400",
                "asterisk form | OPTIONS * HTTP/1.1~Host: a~~ | 400",
                "authority form | CONNECT a:1 HTTP/1.1~Host: a~~ | 400",
                "a fragment | GET /api/v2/heartbeat#x HTTP/1.1~Host: a~~ | 400",
                "an empty segment | GET //api/v2/heartbeat HTTP/1.1~Host: a~~ | 400",
                "an empty segment in the middle | GET /api//v2/heartbeat HTTP/1.1~Host: a~~ | 400",
                "a dot segment | GET /api/v2/./heartbeat HTTP/1.1~Host: a~~ | 400",
                "two dots | GET /api/v2/x/../heartbeat HTTP/1.1~Host: a~~ | 400",
                "an encoded dot segment | GET /api/v2/%2e/heartbeat HTTP/1.1~Host: a~~ | 400",
                "an encoded slash | GET /api/v2/tenants/a%2fb HTTP/1.1~Host: a~~ | 400",
                "an encoded back slash | GET /api/v2/tenants/a%5cb HTTP/1.1~Host: a~~ | 400",
                "a double encoding | GET /api/v2/tenants/%252e HTTP/1.1~Host: a~~ | 400",
                "an encoded null | GET /api/v2/tenants/a%00 HTTP/1.1~Host: a~~ | 400",
                "a semicolon parameter | GET /api/v2/heartbeat;x=1 HTTP/1.1~Host: a~~ | 400",
                "an encoded literal | GET /api/v2/%68eartbeat HTTP/1.1~Host: a~~ | 403",
                "a trailing slash | GET /api/v2/heartbeat/ HTTP/1.1~Host: a~~ | 400",
                "an unknown query parameter | GET /api/v2/heartbeat?x=1 HTTP/1.1~Host: a~~ | 400",
                "an unknown route | GET /api/v2/reset HTTP/1.1~Host: a~~ | 403",
                "an unknown method | BREW /api/v2/heartbeat HTTP/1.1~Host: a~~ | 403",
                "another method | HEAD /api/v2/heartbeat HTTP/1.1~Host: a~~ | 403",
                "a method in lower case | get /api/v2/heartbeat HTTP/1.1~Host: a~~ | 403",
                "tracing | TRACE /api/v2/heartbeat HTTP/1.1~Host: a~~ | 403",
                "a body where there is none | GET /api/v2/heartbeat HTTP/1.1~Host: a~Content-Length: 2~~{} | 400",
                "an empty chunked body | GET /api/v2/heartbeat HTTP/1.1~Host: a~Transfer-Encoding: chunked~~0~~ | 400",
                "both lengths | GET /api/v2/heartbeat HTTP/1.1~Host: a~Content-Length: 3~Transfer-Encoding: chunked~~0~~ | 400",
                "both lengths the other way | GET /api/v2/heartbeat HTTP/1.1~Host: a~Transfer-Encoding: chunked~Content-Length: 3~~0~~ | 400",
                "two different lengths | GET /api/v2/heartbeat HTTP/1.1~Host: a~Content-Length: 1~Content-Length: 2~~{} | 400",
                "a list of lengths | GET /api/v2/heartbeat HTTP/1.1~Host: a~Content-Length: 1, 2~~{} | 400",
                "a negative length | GET /api/v2/heartbeat HTTP/1.1~Host: a~Content-Length: -1~~ | 400",
                "a signed length | GET /api/v2/heartbeat HTTP/1.1~Host: a~Content-Length: +2~~{} | 400",
                "an unknown transfer encoding | GET /api/v2/heartbeat HTTP/1.1~Host: a~Transfer-Encoding: xchunked~~ | 400",
                "two transfer encodings | GET /api/v2/heartbeat HTTP/1.1~Host: a~Transfer-Encoding: gzip, chunked~~0~~ | 400",
                "chunked twice | GET /api/v2/heartbeat HTTP/1.1~Host: a~Transfer-Encoding: chunked~Transfer-Encoding: chunked~~0~~ | 400",
                "chunks in HTTP/1.0 | GET /api/v2/heartbeat HTTP/1.0~Transfer-Encoding: chunked~~0~~ | 400",
                "a hidden body of eight bytes | GET /api/v2/heartbeat HTTP/1.1~Host: a~Sec-WebSocket-Key1: a~Sec-WebSocket-Key2: b~Upgrade: websocket~~12345678 | 400",
                "an unknown expectation | GET /api/v2/heartbeat HTTP/1.1~Host: a~Expect: wonders~~ | 417",
                "an upgrade to h2c is not made | GET /api/v2/heartbeat HTTP/1.1~Host: a~Connection: Upgrade, HTTP2-Settings~Upgrade: h2c~HTTP2-Settings: AAMAAABk~~ | 200",
                "an upgrade to WebSocket is not made | GET /api/v2/heartbeat HTTP/1.1~Host: a~Connection: Upgrade~Upgrade: websocket~Sec-WebSocket-Version: 13~Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==~~ | 200",
            })
    void answersWithTheStatus(String name, String bytes, int status) throws Exception {
        try (RawSocket socket = guard.raw()) {
            // the table writes line ends as marks; the trailing marks are trimmed by nobody
            socket.send(bytes.replace("~", "\r\n").replace("^", "\n"));
            RawSocket.Answer answer = socket.answer();
            assertThat(answer.status()).isEqualTo(status);
            assertThat(answer.complete()).isTrue();
            assertThat(reached.get()).isEqualTo(status == 200 ? 1 : 0);
        }
    }

    @Test
    void aHeaderThatIsTooLargeIs431AndATargetThatIsTooLongIs414() throws Exception {
        try (RawSocket socket = guard.raw()) {
            assertThat(socket.send(GET + "X: " + "x".repeat(40_000) + "\r\n\r\n")
                            .answer()
                            .status())
                    .isEqualTo(431);
        }
        try (RawSocket socket = guard.raw()) {
            assertThat(socket.send("GET /" + "x".repeat(10_000) + " HTTP/1.1\r\nHost: a\r\n\r\n")
                            .answer()
                            .status())
                    .isEqualTo(414);
        }
    }

    @Test
    void foldingIsSeenHoweverTheHeadIsCut() throws Exception {
        String head = GET + "X: 1\r\n 2\r\n\r\n";
        for (int cut = 1; cut < head.length(); cut += 3) {
            try (RawSocket socket = guard.raw()) {
                socket.send(head.substring(0, cut));
                socket.send(head.substring(cut));
                assertThat(socket.answer().status()).as("cut at %s", cut).isEqualTo(400);
            }
        }
    }

    @Test
    void whatWasSmuggledBehindARefusedMessageIsNeverARequest() throws Exception {
        try (RawSocket socket = guard.raw()) {
            socket.send(POST + "Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + GET + "\r\n");
            assertThat(socket.answer().status()).isEqualTo(400);
            assertThat(socket.isClosed()).isTrue();
            assertThat(reached.get()).isZero();
        }
    }

    @Test
    void aBrokenChunkIs400() throws Exception {
        try (RawSocket socket = guard.raw()) {
            socket.send(POST + "Transfer-Encoding: chunked\r\n\r\n2\r\n{}XX\r\n0\r\n\r\n");
            assertThat(socket.answer().status()).isEqualTo(400);
            assertThat(socket.isClosed()).isTrue();
            assertThat(reached.get()).isZero();
        }
        try (RawSocket socket = guard.raw()) {
            socket.send(POST + "Transfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n0\r\n\r\n");
            assertThat(socket.answer().status()).isEqualTo(400);
        }
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws Exception {
        try (RawSocket socket = guard.raw()) {
            socket.send(GET + "\r\n" + "GET /api/v2/reset HTTP/1.1\r\nHost: a\r\n\r\n" + GET + "\r\n");
            assertThat(socket.answer().status()).isEqualTo(200);
            assertThat(socket.answer().status()).isEqualTo(403);
            assertThat(socket.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void whoPipelinesWithoutEndLosesTheConnection() throws Exception {
        try (RawSocket socket = guard.raw()) {
            socket.send("GET " + GuardTest.COLLECTION + "/count HTTP/1.1\r\nHost: a\r\nX-Chroma-Token: " + Guards.KEY
                    + "\r\n\r\n" + (GET + "\r\n").repeat(100));
            assertThat(socket.isClosed()).isTrue();
        }
    }

    @Test
    void whoAsksBeforeSendingIsToldToGoOnOnlyWhenTheBodyIsWanted() throws Exception {
        try (RawSocket socket = guard.raw()) {
            socket.send(POST + "Expect: 100-continue\r\nContent-Length: " + GuardTest.QUESTION.length() + "\r\n\r\n");
            assertThat(socket.answer().status()).isEqualTo(100);
            assertThat(socket.send(GuardTest.QUESTION).answer().status()).isEqualTo(200);
        }
        try (RawSocket socket = guard.raw()) {
            socket.send(POST.replace(Guards.KEY, "wrong") + "Expect: 100-continue\r\nContent-Length: 10\r\n\r\n");
            assertThat(socket.answer().status()).isEqualTo(401);
        }
    }

    @Test
    void aBodyThatDripsIs408() throws Exception {
        try (RawSocket socket = guard.raw()) {
            socket.send(POST + "Content-Length: 100\r\n\r\n{");
            assertThat(socket.answer().status()).isEqualTo(408);
            assertThat(socket.isClosed()).isTrue();
            assertThat(reached.get()).isZero();
        }
    }

    @Test
    void aHeadThatDripsEndsTheConnection() throws Exception {
        try (RawSocket socket = guard.raw()) {
            socket.send("GET /api/v2/heartbeat HTT");
            assertThat(socket.isClosed()).isTrue();
        }
    }

    @Test
    void aBodyOfARefusedRequestIsReadSoThatTheAnswerIsSeen() throws Exception {
        int length = 3_000_000;
        try (RawSocket socket = guard.raw()) {
            socket.send(
                    POST.replace(Guards.KEY, "wrong") + "Content-Length: " + length + "\r\n\r\n" + "x".repeat(length));
            assertThat(socket.answer().status()).isEqualTo(401);
            assertThat(socket.isClosed()).isTrue();
        }
    }

    @Test
    void theConnectionOfASmallRefusedRequestIsKept() throws Exception {
        try (RawSocket socket = guard.raw()) {
            socket.send(POST.replace(Guards.KEY, "wrong") + "Content-Length: 2\r\n\r\n{}" + GET + "\r\n");
            assertThat(socket.answer().status()).isEqualTo(401);
            assertThat(socket.answer().status()).isEqualTo(200);
        }
    }

    @Test
    void whoGoesAwayCancelsWhatTheApplicationDoes() throws Exception {
        try (RawSocket socket = guard.raw()) {
            socket.send("GET " + GuardTest.COLLECTION + "/count HTTP/1.1\r\nHost: a\r\nX-Chroma-Token: " + Guards.KEY
                    + "\r\n\r\n");
            // a client that ends its half of the connection is taken for gone: nobody could tell the difference
            socket.finishWriting();
            assertThat(socket.isClosed()).isTrue();
        }
        await().until(() -> cancelled.future().isComplete());
        await().until(() -> guard.guard.services().metrics().inFlight() == 0);
    }

    @Test
    void aResetInTheMiddleOfABodyLeavesNothingBehind() throws Exception {
        try (RawSocket socket = guard.raw()) {
            socket.send(POST + "Content-Length: 1000\r\n\r\n" + "x".repeat(500));
            await().until(() -> guard.guard.services().metrics().inFlight() > 0);
            socket.reset();
        }
        await().until(() -> guard.guard.services().metrics().inFlight() == 0);
        assertThat(guard.guard.services().budget().used()).isZero();
        assertThat(guard.guard.services().audit().used()).isZero();
    }
}
