package dev.redoubt.sidecar;

import static dev.redoubt.sidecar.Chat.event;
import static dev.redoubt.sidecar.Gzip.gzip;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.redoubt.policy.Bounds;
import dev.redoubt.policy.ExternalRecognizer.OnError;
import dev.redoubt.policy.GuardConfig;
import dev.redoubt.policy.Mode;
import dev.redoubt.sidecar.recognizer.StubAnalyzer;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Bodies in gzip whose texts somebody else judges come out as those that are not compressed. */
class JudgedCodingTest {
    private static final String ADD = GuardTest.COLLECTION + "/add";
    private static final String RECORD =
            "{\"ids\":[\"1\"],\"documents\":[\"zhāng wei, zh\\u0101ng wei of ann@example.com\"]}";
    private static final Random RANDOM = new Random(42);

    private final Vertx vertx = Vertx.vertx();
    private final StubAnalyzer stub = new StubAnalyzer(vertx);
    private final List<String> stored = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private GuardConfig chroma(Mode mode) {
        return Guards.judgedBy(
                stub.recognizer(OnError.Block, 10_000), Guards.chroma(mode, Bounds.DEFAULT, 10, List.of()));
    }

    private GuardFixture store(Mode mode, byte[] answer) throws Exception {
        return new GuardFixture(chroma(mode), request -> request.body().onSuccess(body -> {
            stored.add(body.toString());
            request.response()
                    .putHeader("content-type", "application/json")
                    .putHeader("content-encoding", "gzip")
                    .end(Buffer.buffer(answer));
        }));
    }

    private static HttpResponse<String> post(GuardFixture guard, String target, byte[] body) {
        return guard.send(guard.request(target, Guards.KEY)
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArrays(pieces(body)))
                .build());
    }

    /** Cut at random. */
    private static List<byte[]> pieces(byte[] body) {
        int[] cuts = IntStream.concat(RANDOM.ints(4, 0, body.length + 1), IntStream.of(0, body.length))
                .sorted()
                .distinct()
                .toArray();
        return IntStream.range(1, cuts.length)
                .mapToObj(i -> Arrays.copyOfRange(body, cuts[i - 1], cuts[i]))
                .toList();
    }

    @Test
    void requestsAndAnswersAreJudgedLikeUncompressedOnes() throws Exception {
        try (GuardFixture guard = store(Mode.Enforce, gzip(RECORD))) {
            guard.post(ADD, Guards.KEY, RECORD);
            for (int i = 0; i < 10; i++) {
                assertThat(post(guard, ADD, gzip(RECORD)).statusCode()).isEqualTo(200);
            }
            assertThat(stored).hasSize(11).allSatisfy(body -> assertThat(body)
                    .isEqualTo("{\"ids\":[\"1\"],\"documents\":[\"<PERSON>, <PERSON> of <EMAIL_ADDRESS>\"]}"));
            HttpResponse<String> answer = post(guard, GuardTest.COLLECTION + "/get", gzip("{\"ids\":[\"1\"]}"));
            assertThat(answer.body()).isEqualTo(stored.get(0));
        }
    }

    @Test
    void whileABodyIsJudgedItTakesMemoryForWhatItDecodesToAndNotForAllThatItCould() throws Exception {
        String documents = IntStream.range(0, 20)
                .mapToObj(i -> RANDOM.ints(10_000, 'a', 'z' + 1)
                        .mapToObj(Character::toString)
                        .collect(Collectors.joining("", "\"", "\"")))
                .collect(Collectors.joining(","));
        String record = "{\"ids\":[\"1\"],\"documents\":[" + documents + "]}";
        AtomicReference<String> metrics = new AtomicReference<>();
        try (GuardFixture guard = store(Mode.Enforce, gzip("true"))) {
            stub.does(request -> {
                metrics.set(guard.health("/metrics").body());
                request.response().setStatusCode(500).end();
            });
            assertThat(post(guard, ADD, gzip(record)).statusCode()).isEqualTo(503);
            assertThat(metrics.get()).isNotNull();
            double taken = metrics.get()
                    .lines()
                    .filter(line -> line.startsWith("redoubt_body_memory_bytes "))
                    .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
                    .sum();
            // as it came, decoded and judged, each twice
            assertThat(taken).isBetween(2.0 * record.length(), 6.0 * record.length());
        }
    }

    @Test
    void aBodyThatCannotBeDecodedIsRefusedAndNobodyIsAskedAboutIt() throws Exception {
        try (GuardFixture guard = store(Mode.Enforce, RECORD.getBytes(StandardCharsets.UTF_8))) {
            assertThat(post(guard, ADD, RECORD.getBytes(StandardCharsets.UTF_8)).statusCode())
                    .isEqualTo(400);
            assertThat(post(guard, GuardTest.COLLECTION + "/get", gzip("{\"ids\":[\"1\"]}"))
                            .statusCode())
                    .isEqualTo(502);
            assertThat(stub.asked).noneMatch(text -> text.contains("wei"));
        }
    }

    private GuardFixture model(Mode mode, byte[] stream) throws Exception {
        GuardConfig config =
                Guards.judgedBy(stub.recognizer(OnError.Block, 10_000), Guards.openAi(mode, Bounds.DEFAULT));
        return new GuardFixture(config, request -> {
            Chat.begin(request.response().putHeader("content-encoding", "gzip"));
            pieces(stream).forEach(piece -> request.response().write(Buffer.buffer(piece)));
            request.response().end();
        });
    }

    private static final String[] EVENTS = {
        event("I am zhā"), event("ng w"), event("ei, ann@exa"), event("mple.com"), Chat.LAST
    };

    @Test
    void aCompressedStreamIsHeldBackUntilItsEndAndJudgedAsAWhole() throws Exception {
        for (int i = 0; i < 5; i++) {
            try (GuardFixture guard = model(Mode.Enforce, gzip(EVENTS))) {
                HttpResponse<String> response = guard.post(Chat.PATH, Guards.KEY, Chat.QUESTION);
                assertThat(response.statusCode()).isEqualTo(200);
                assertThat(response.headers().firstValue("content-encoding")).isEmpty();
                assertThat(Chat.content(response.body())).isEqualTo("I am <PERSON>, <EMAIL_ADDRESS>");
                assertThat(response.body()).endsWith(Chat.LAST);
            }
        }
    }

    @Test
    void ofACompressedStreamThatIsCutNothingIsSent() throws Exception {
        byte[] stream = gzip(EVENTS);
        try (GuardFixture guard = model(Mode.Enforce, Arrays.copyOf(stream, stream.length - 4))) {
            HttpResponse<String> response = guard.post(Chat.PATH, Guards.KEY, Chat.QUESTION);
            assertThat(response.statusCode()).isEqualTo(502);
            assertThat(response.body()).doesNotContain("I am");
        }
    }

    @Test
    void observingCountsWhatOthersFindInCompressedRecordsAndPassesTheBytes() throws Exception {
        byte[] record = gzip(RECORD);
        try (GuardFixture guard = store(Mode.Observe, gzip("true"))) {
            assertThat(post(guard, ADD, record).statusCode()).isEqualTo(200);
            assertThat(stored.get(0)).isEqualTo(Buffer.buffer(record).toString());
            await().until(() -> !guard.audit().isEmpty());
            assertThat(guard.audit().get(0).at("/entities/Replace/PERSON").intValue())
                    .isEqualTo(2);
        }
    }
}
